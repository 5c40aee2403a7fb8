-- Lists as somebody sees them who sees a part of the customers: the index of each order bears whose
-- a row is, and that of salespeople and departments which customers are theirs, so that a page is
-- found without looking at rows that are not shown.

drop index party.parties_of_a_salesperson;
create index parties_of_a_salesperson on party.party (salesperson, code) include (id, merged_into_id);
drop index party.parties_of_a_department;
create index parties_of_a_department on party.party (department, code) include (id, merged_into_id);

drop index receivable.invoices_by_due_date;
create index invoices_by_due_date on receivable.invoice (due_on, id) include (party_id);
drop index receivable.open_invoices_by_due_date;
create index open_invoices_by_due_date on receivable.invoice (due_on, id)
  include (currency, amount_minor, open_minor, party_id) where open_minor > 0;
drop index receivable.paid_invoices_by_due_date;
create index paid_invoices_by_due_date on receivable.invoice (due_on, id) include (party_id)
  where open_minor = 0;
drop index receivable.invoices_by_number;
create index invoices_by_number on receivable.invoice (number, id) include (party_id);
drop index receivable.open_invoices_by_amount;
create index open_invoices_by_amount on receivable.invoice (open_minor, id) include (party_id)
  where open_minor > 0;
drop index receivable.credits_by_day;
create index credits_by_day on receivable.credit (effective_on, id) include (party_id);
drop index "order".orders_by_day;
create index orders_by_day on "order".sales_order (ordered_on, id) include (party_id);
drop index "order".orders_to_deliver;
create index orders_to_deliver on "order".sales_order (requested_on, id) include (party_id)
  where state = 'confirmed' and completed_on is null;
drop index exposure.accounts_in_order;
create index accounts_in_order on exposure.account (id) include (party_id);
