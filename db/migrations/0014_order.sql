-- Contracts, and orders with lines from draft to closed.
--
-- What an order counts with against a limit stands in exposure; here is what was agreed, delivered
-- and sent back.

create table "order".contract (
  party_id uuid not null references party.party,
  id uuid not null,
  number text collate "C" not null,
  title text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  signed_on date not null,
  from_on date not null,
  to_on date check (to_on >= from_on),
  terms text,
  note text,
  ended_on date,
  end_reason text,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint contract_number_once unique (party_id, number)
);
comment on table "order".contract is
  'What was agreed for a time and is called off by orders. ended_on null: it is open.';
create unique index contract_by_id on "order".contract (id);
create index contracts_by_signing on "order".contract (signed_on, id);
select audit.watch('"order".contract');

-- Null where an order was kept before it had them, as a fact of the relationship.
alter table "order".sales_order
  add column state text
    check (state in ('draft', 'checked', 'held', 'confirmed', 'closed', 'cancelled')),
  add column terms text,
  add column discount_bps integer check (discount_bps between 0 and 9999),
  add column segment text collate "C",
  add column salesperson text,
  add column department text,
  add column priority integer check (priority between 1 and 9),
  add column contract_id uuid,
  add column over_delivery_bps integer check (over_delivery_bps between 0 and 10000),
  add column note text,
  add column confirmed_on date,
  add column completed_on date,
  add column counted_minor bigint check (counted_minor >= 0),
  add column cash boolean,
  add column payer_id uuid,
  add column pending jsonb,
  add column reminded_on date;
comment on column "order".sales_order.state is
  'Null: kept as history before orders had states; it reads as cancelled or closed.';
comment on column "order".sales_order.completed_on is
  'From when on nothing of it is to be delivered: all of it came, or the rest was ended.';
comment on column "order".sales_order.counted_minor is
  'What it was last set to count with at the stage order; what its position lacks of this was '
  'invoiced ahead of its delivery.';
comment on column "order".sales_order.cash is
  'When it was last let pass it was paid in cash, and so it counts with nothing.';
comment on column "order".sales_order.payer_id is
  'Who was to pay when it was last confirmed: another payer since then is a changed field.';
comment on column "order".sales_order.pending is
  'An amendment that waits for the release of its hold.';
create unique index order_by_id on "order".sales_order (id);
create index orders_by_day on "order".sales_order (ordered_on, id);
create index orders_to_deliver on "order".sales_order (requested_on, id)
  where state = 'confirmed' and completed_on is null;
create index orders_of_a_contract on "order".sales_order (contract_id)
  where contract_id is not null;

-- What of an order is invoiced.
create index invoices_of_an_order on receivable.invoice (party_id, order_number)
  where order_number is not null;

create table "order".order_line (
  party_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line integer not null check (line between 1 and 9999),
  item text not null,
  description text,
  quantity_thousandths bigint not null check (quantity_thousandths > 0),
  unit text not null,
  unit_price_e4 bigint not null check (unit_price_e4 >= 0),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  requested_on date,
  primary key (party_id, id),
  constraint line_number_once unique (party_id, order_id, line),
  foreign key (party_id, order_id) references "order".sales_order
);
comment on table "order".order_line is
  'What is ordered, by item. The amount is quantity times price less the discount of the order.';
comment on column "order".order_line.unit_price_e4 is 'In ten-thousandths of the currency''s unit.';
select audit.watch('"order".order_line');

-- A delivery of samples is worth nothing.
alter table "order".delivery
  drop constraint delivery_amount_minor_check,
  add constraint delivery_amount_minor_check check (amount_minor >= 0),
  add column number text,
  add column note text;
comment on column "order".delivery.amount_minor is
  'What was delivered at the price of the order; returns stand beside it.';

create table "order".delivery_line (
  party_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  line_id uuid not null,
  quantity_thousandths bigint not null check (quantity_thousandths > 0),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  primary key (party_id, id),
  constraint line_once_per_delivery unique (party_id, delivery_id, line_id),
  foreign key (party_id, delivery_id) references "order".delivery,
  foreign key (party_id, line_id) references "order".order_line
);
comment on table "order".delivery_line is 'How much of which line was shipped by a delivery.';
create index deliveries_of_a_line on "order".delivery_line (party_id, line_id);
select audit.watch('"order".delivery_line');

create table "order".goods_return (
  party_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  delivery_id uuid not null,
  line_id uuid,
  quantity_thousandths bigint check (quantity_thousandths > 0),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  again boolean not null,
  returned_on date not null,
  reason text not null,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint returned_quantity_of_a_line check ((line_id is null) = (quantity_thousandths is null)),
  foreign key (party_id, delivery_id) references "order".delivery
);
comment on table "order".goods_return is
  'Goods of a delivery that came back before they were invoiced; after that it is a credit note.';
comment on column "order".goods_return.again is 'Whether they are to be delivered once more.';
create index returns_of_an_order on "order".goods_return (party_id, order_id);
select audit.watch('"order".goods_return');
