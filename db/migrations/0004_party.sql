-- The credit file: who a party is.

create schema party;

create sequence party.code_number;
comment on sequence party.code_number is 'Codes of parties that came without one: P000001.';

-- Codes and names sort and match by their characters, so that a prefix finds its place in an index.
create table party.party (
  id uuid primary key,
  code text collate "C" not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  short_name text,
  roles text[] not null check (roles <@ array[
    'customer', 'supplier', 'channel-partner', 'platform-user'] and cardinality(roles) > 0),
  industry text,
  region text,
  country char(2),
  department text,
  salesperson text,
  currency char(3),
  terms text,
  since_on date,
  founded_on date,
  group_parent_id uuid references party.party deferrable initially deferred,
  payer_id uuid references party.party deferrable initially deferred,
  merged_into_id uuid references party.party,
  closed_on date,
  note text,
  import_batch_id uuid,
  created_at timestamptz not null default now(),
  constraint not_its_own_parent check (group_parent_id <> id),
  constraint not_merged_into_itself check (merged_into_id <> id)
);
comment on table party.party is
  'A customer, supplier, channel partner or platform user: one row for one company or person.';
comment on column party.party.code is 'The company''s own number for it, unique.';
comment on column party.party.name_key is 'The name reduced to what tells companies apart.';
comment on column party.party.currency is 'Account currency; null: that of its ledger, else base.';
comment on column party.party.terms is 'Agreed payment terms as a terms code, such as net-30.';
comment on column party.party.payer_id is 'Who pays and whose account is charged; null: itself.';
comment on column party.party.merged_into_id is
  'The party that this duplicate was merged into; its rows stay its own, so a merge can be undone.';
create unique index one_party_per_code on party.party (code);
create index parties_by_name on party.party (name, id);
create index parties_by_name_key on party.party (name_key);
create index parties_of_a_salesperson on party.party (salesperson, code);
create index parties_of_a_department on party.party (department, code);
create index parties_of_an_industry on party.party (industry, code);
create index parties_of_a_region on party.party (region, code);
create index suppliers on party.party (code) where 'supplier' = any(roles);
create index channel_partners on party.party (code) where 'channel-partner' = any(roles);
create index platform_users on party.party (code) where 'platform-user' = any(roles);
create index members_of_a_group on party.party (group_parent_id) where group_parent_id is not null;
create index parties_paid_for on party.party (payer_id) where payer_id is not null;
create index merged_duplicates on party.party (merged_into_id) where merged_into_id is not null;
select audit.watch('party.party');

create table party.name_index (
  party_id uuid primary key references party.party on delete cascade,
  grams integer[] not null,
  blocks integer[] not null
);
comment on table party.name_index is
  'Where a party is found by its names, former names included; derived, so not watched.';
comment on column party.name_index.grams is
  'Hashes of the pieces of two or three characters of its names: any part of a name finds it.';
comment on column party.name_index.blocks is
  'Hashes of the keys under which names are filed so that duplicates meet.';
create index parties_by_parts_of_names on party.name_index using gin (grams, blocks);

create table party.identifier (
  party_id uuid not null references party.party,
  id uuid not null,
  scheme text not null,
  value text collate "C" not null,
  is_valid boolean not null,
  import_batch_id uuid,
  created_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint identifier_once unique (party_id, scheme, value)
);
comment on table party.identifier is 'Credit codes, LEI, DUNS, tax numbers: scheme and value.';
comment on column party.identifier.is_valid is 'Whether the check character fits, where it has one.';
create index party_of_an_identifier on party.identifier (value, scheme);
create index credit_code_around_an_organisation_code on party.identifier (substr(value, 9, 9))
  where scheme = 'uscc';
select audit.watch('party.identifier');

create table party.other_name (
  party_id uuid not null references party.party,
  id uuid not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  kind text not null check (kind in ('former', 'alias')),
  until_on date,
  import_batch_id uuid,
  created_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint other_name_once unique (party_id, name)
);
comment on table party.other_name is 'Former names, and spellings under which it was met.';
create index parties_by_other_name_key on party.other_name (name_key);
select audit.watch('party.other_name');

create table party.contact (
  party_id uuid not null references party.party,
  id uuid not null,
  name text not null,
  title text,
  phone text,
  email text,
  is_for_dunning boolean not null default false,
  import_batch_id uuid,
  created_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table party.contact is 'People to talk to.';
select audit.watch('party.contact');

create table party.bank_account (
  party_id uuid not null references party.party,
  id uuid not null,
  account_number text not null,
  bank_name text,
  holder_name text,
  import_batch_id uuid,
  created_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint account_once unique (party_id, account_number)
);
comment on table party.bank_account is 'Accounts that it pays from or is paid to.';
create index party_of_a_bank_account on party.bank_account (account_number);
select audit.watch('party.bank_account');

create table party.merge (
  party_id uuid not null references party.party,
  id uuid not null,
  duplicate_id uuid not null references party.party,
  reason text not null,
  merged_by text not null,
  merged_at timestamptz not null default now(),
  undone_by text,
  undone_at timestamptz,
  primary key (party_id, id)
);
comment on table party.merge is 'A duplicate merged into party_id, until it is undone.';
create unique index merged_once on party.merge (duplicate_id) where undone_at is null;
create index merges_of_a_duplicate on party.merge (duplicate_id);
select audit.watch('party.merge');
