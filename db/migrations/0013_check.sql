-- The gate: credit checks, reservations, holds and releases.
--
-- No foreign keys on decisions: see receivable.

create schema "check";

create table "check".decision (
  party_id uuid not null,
  id uuid not null,
  mode text not null check (mode in ('check', 'reserve')),
  checkpoint text not null check (checkpoint in ('order', 'delivery')),
  outcome text not null check (outcome in ('approved', 'warned', 'held')),
  document_id uuid,
  number text,
  currency char(3) not null,
  amount_minor bigint not null,
  policy_id uuid not null,
  engine text not null,
  inputs text not null,
  result text not null,
  hash bytea not null,
  decided_for text not null,
  request_id text,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
-- Compressing these texts costs more than the space that it saves.
alter table "check".decision alter inputs set storage external, alter result set storage external;
comment on table "check".decision is
  'A credit check and all that it was made from; made again it gives the same bytes. party_id is '
  'who buys.';
comment on column "check".decision.hash is 'SHA-256 of policy, engine, inputs and result.';
comment on column "check".decision.decided_for is 'Who asked.';
create index decisions_about_a_document on "check".decision (document_id, id)
  where document_id is not null;
select audit.watch('"check".decision');

create table "check".reservation (
  party_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  segment text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  committed_minor bigint check (committed_minor between 0 and amount_minor),
  state text not null check (state in ('held', 'open', 'committed', 'released', 'expired')),
  requested_on date,
  expires_at timestamptz,
  decision_id uuid,
  recorded_at timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (party_id, id)
);
comment on table "check".reservation is
  'What became of room kept for a document of another system. One that is simply open has no row: '
  'it is the position of its document in exposure.';
comment on column "check".reservation.id is
  'Made of the party and the number of the document, so that a document has one reservation.';
select audit.watch('"check".reservation');

create table "check".hold (
  party_id uuid not null,
  id uuid not null,
  document_kind text not null check (document_kind in ('order', 'reservation')),
  document_id uuid not null,
  number text not null,
  checkpoint text not null check (checkpoint in ('order', 'delivery')),
  decision_id uuid not null,
  account_party_id uuid not null,
  account_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null,
  rules text[] not null,
  priority integer not null default 5 check (priority between 1 and 9),
  owner text not null,
  requested_by text not null,
  salesperson text,
  state text not null
    check (state in ('open', 'asked', 'released', 'rejected', 'withdrawn', 'superseded')),
  question text,
  answer text,
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by text,
  close_reason text,
  primary key (party_id, id)
);
comment on table "check".hold is 'A document that must wait, from its check to its end.';
comment on column "check".hold.account_id is
  'The charged account, of account_party_id: what frees room there has the hold looked at again.';
comment on column "check".hold.owner is 'Who is to deal with it: a role or a person''s name.';
create unique index one_open_hold_per_document on "check".hold (document_id, checkpoint)
  where state in ('open', 'asked');
create index open_holds_of_an_account on "check".hold (account_id, priority, opened_at)
  where state in ('open', 'asked');
create index open_holds on "check".hold (opened_at, id) where state in ('open', 'asked');
create index holds_of_a_document on "check".hold (document_id, opened_at);
select audit.watch('"check".hold');

create table "check".release (
  party_id uuid not null,
  id uuid not null,
  hold_id uuid not null,
  document_id uuid not null,
  currency char(3) not null,
  up_to_minor bigint not null check (up_to_minor > 0),
  until_on date,
  reason text not null,
  cause text not null check (cause in ('person', 'room')),
  released_by text not null,
  authority text not null,
  ended_on date,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table "check".release is
  'Lets a document pass up to an amount, once or until a day, although rules fired.';
comment on column "check".release.until_on is 'Null: for this one time.';
comment on column "check".release.authority is 'By what right: the role and its amount.';
create index releases_of_a_document on "check".release (document_id) where ended_on is null;
select audit.watch('"check".release');
