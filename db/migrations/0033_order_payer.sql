-- An order that another party pays: it counts at the payer's account and is invoiced to them.

alter table "order".sales_order add column bill_to_id uuid references party.party;
comment on column "order".sales_order.bill_to_id is
  'Who pays instead of who buys: charged and invoiced; null: who buys.';
-- Invoices find the order that they bill by its number among what the payer is charged with.
create unique index one_order_of_a_number_per_payer
  on "order".sales_order ((coalesce(bill_to_id, party_id)), number);
create index orders_billed_to_another on "order".sales_order (bill_to_id)
  where bill_to_id is not null;
