-- Ratings and credit limits that follow from decisions.

create schema scoring;

create table scoring.rating (
  party_id uuid not null,
  id uuid not null,
  as_of_on date not null,
  grade text not null,
  score_hundredths integer not null check (score_hundredths between 0 and 10000),
  decision_id uuid not null,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table scoring.rating is 'The grade of a party as of a day; the latest recorded one counts.';
create index rating_as_of_a_day on scoring.rating (party_id, as_of_on desc, recorded_at desc);
select audit.watch('scoring.rating');

create table scoring.override (
  party_id uuid not null references party.party,
  id uuid not null,
  grade text not null,
  reason text not null,
  from_on date not null,
  expires_on date not null check (expires_on >= from_on),
  decided_by text not null,
  ended_at timestamptz,
  ended_by text,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table scoring.override is 'A person''s grade in place of the card''s, for a time.';
create unique index one_override_in_force on scoring.override (party_id) where ended_at is null;
select audit.watch('scoring.override');

create schema "limit";

create table "limit".credit_limit (
  party_id uuid not null references party.party,
  id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  terms text not null,
  from_on date not null,
  to_on date,
  review_on date,
  decision_id uuid,
  import_batch_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table "limit".credit_limit is
  'A limit granted from a day on; the latest recorded one that has begun counts.';
comment on column "limit".credit_limit.decision_id is 'Null for limits brought from elsewhere.';
create index limit_as_of_a_day on "limit".credit_limit (party_id, from_on desc, recorded_at desc);
select audit.watch('"limit".credit_limit');
