-- The list of customers: what all rooms know of a party in one row, found, sorted and summed at once.

create unlogged table platform.touched_party (
  party_id uuid not null,
  position bigint generated always as identity,
  primary key (party_id, position)
);
comment on table platform.touched_party is
  'Parties of which something changed, for those who keep figures of them: written by triggers in the transaction of the change, taken away by who reckons anew. Unlogged: when its row of zeros is gone, the database crashed and all parties count as touched.';
comment on column platform.touched_party.party_id is
  'Zeros: the mark of a life without a crash. Zeros and a one: a rate or the base currency changed.';

create function platform.touch_parties() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into platform.touched_party (party_id) select distinct party_id from old_rows;
  else
    insert into platform.touched_party (party_id) select distinct party_id from new_rows;
  end if;
  return null;
end $$;

create function platform.touch_owners() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    insert into platform.touched_party (party_id) select id from old_rows;
  else
    insert into platform.touched_party (party_id) select id from new_rows;
  end if;
  return null;
end $$;

create function platform.touch_valued() returns trigger language plpgsql as $$
begin
  insert into platform.touched_party (party_id) values ('00000000-0000-0000-0000-000000000001');
  return null;
end $$;

create function platform.tell_of_touched(relation regclass, teller regproc) returns void
language plpgsql as $$
begin
  execute format('create trigger touch_insert after insert on %s referencing new table as new_rows
    for each statement execute function %s()', relation, teller);
  execute format('create trigger touch_update after update on %s referencing new table as new_rows
    for each statement execute function %s()', relation, teller);
  execute format('create trigger touch_delete after delete on %s referencing old table as old_rows
    for each statement execute function %s()', relation, teller);
end $$;
comment on function platform.tell_of_touched(regclass, regproc) is
  'Has the parties of changed rows noted in platform.touched_party.';

select platform.tell_of_touched('party.party', 'platform.touch_owners');
select platform.tell_of_touched('party.merge', 'platform.touch_parties');
select platform.tell_of_touched('party.name_index', 'platform.touch_parties');
select platform.tell_of_touched('exposure.account', 'platform.touch_parties');
select platform.tell_of_touched('exposure.balance', 'platform.touch_parties');
select platform.tell_of_touched('exposure.temporary_limit', 'platform.touch_parties');
select platform.tell_of_touched('receivable.invoice', 'platform.touch_parties');
select platform.tell_of_touched('scoring.rating', 'platform.touch_parties');
select platform.tell_of_touched('"check".hold', 'platform.touch_parties');

create trigger touch_valued after insert or update or delete on company.exchange_rate
  for each statement execute function platform.touch_valued();
create trigger touch_valued after update on company.company
  for each statement execute function platform.touch_valued();

alter table party.name_index add column sort_name text collate "C";
comment on column party.name_index.sort_name is
  'The name as Chinese people sort it, by its pinyin; null until it was spelled.';
create index names_to_spell on party.name_index (party_id) where sort_name is null;

create table party.search_key (
  party_id uuid not null references party.party (id) on delete cascade,
  kind text not null check (kind in ('name', 'initials', 'pinyin')),
  key text collate "C" not null,
  primary key (party_id, kind, key)
);
comment on table party.search_key is
  'How a party may be typed from the beginning: its names with and without region, their pinyin and its initials; derived, so not watched.';
create index parties_by_what_is_typed on party.search_key (key, party_id) include (kind);

create index orders_by_number on "order".sales_order (number collate "C", id);

create index open_holds_of_a_party on "check".hold (party_id) where state in ('open', 'asked');

-- With what its totals add up, so that they need not read the invoices themselves.
drop index receivable.open_invoices_by_due_date;
create index open_invoices_by_due_date on receivable.invoice (due_on, id)
  include (currency, amount_minor, open_minor) where open_minor > 0;
create index paid_invoices_by_due_date on receivable.invoice (due_on, id) where open_minor = 0;
create index open_invoices_by_amount on receivable.invoice (open_minor, id) where open_minor > 0;
create index open_disputes on receivable.dispute (party_id, invoice_id) where closed_on is null;
create index credits_by_number on receivable.credit (number, id);
create index orders_of_a_state on "order".sales_order (state, ordered_on, id);

create schema customer;

create table customer.line (
  party_id uuid primary key,
  code text collate "C" not null,
  name text not null,
  sort_name text collate "C" not null,
  short_name text,
  roles text[] not null,
  industry text collate "C",
  region text collate "C",
  department text collate "C",
  salesperson text collate "C",
  closed_on date,
  grade text collate "C",
  score_hundredths integer,
  rated_on date,
  status text not null,
  open_holds integer not null,
  currency character(3) not null,
  limit_minor bigint,
  limit_to_on date,
  exposure_minor bigint,
  available_minor bigint,
  utilisation_bps bigint,
  open_minor bigint,
  overdue_minor bigint,
  overdue_since_on date,
  base_currency character(3) not null,
  base_limit_minor bigint,
  base_exposure_minor bigint,
  base_available_minor bigint,
  base_open_minor bigint,
  base_overdue_minor bigint,
  uses_rates boolean not null,
  changes_on date,
  reckoned_at timestamptz not null default now()
);
comment on table customer.line is
  'A party as the list of customers shows it: what the rooms below know of it, reckoned anew whenever one of them changes something, proved by customer verify. Merged duplicates count to their survivor.';
comment on column customer.line.exposure_minor is 'Of its own account; null where a rate is missing.';
comment on column customer.line.available_minor is 'The limit with temporary ones, less the exposure.';
comment on column customer.line.overdue_since_on is 'The earliest due day that has passed with something open.';
comment on column customer.line.uses_rates is 'Whether another rate changes it.';
comment on column customer.line.changes_on is
  'The day from which on other figures hold although nothing happens: something falls due, a rate or temporary limit turns.';
create index lines_by_code on customer.line (code, party_id);
create index lines_by_name on customer.line (sort_name, party_id);
create index lines_by_exposure on customer.line ((coalesce(base_exposure_minor, -1)), party_id);
create index lines_by_overdue on customer.line ((coalesce(base_overdue_minor, -1)), party_id);
create index lines_that_change on customer.line (changes_on) where changes_on is not null;

create table customer.saved_view (
  id uuid primary key,
  person_id text not null,
  person_name text not null,
  page text not null,
  name text not null,
  query text not null,
  is_shared boolean not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  unique (person_id, page, name)
);
comment on table customer.saved_view is 'A list as somebody wants to see it again: the query of its URL under a name.';
create index shared_views on customer.saved_view (page, name) where is_shared;
select audit.watch('customer.saved_view');
