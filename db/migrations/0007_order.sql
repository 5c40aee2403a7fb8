-- Orders and deliveries as facts of the relationship.

create schema "order";

create table "order".sales_order (
  party_id uuid not null references party.party,
  id uuid not null,
  number text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  ordered_on date not null,
  requested_on date,
  cancelled_on date,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint order_number_once unique (party_id, number)
);
comment on table "order".sales_order is 'What a customer ordered.';
select audit.watch('"order".sales_order');

create table "order".delivery (
  party_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  delivered_on date not null,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id),
  foreign key (party_id, order_id) references "order".sales_order
);
comment on table "order".delivery is 'What was shipped of an order, valued at its price.';
create index deliveries_of_an_order on "order".delivery (party_id, order_id);
select audit.watch('"order".delivery');
