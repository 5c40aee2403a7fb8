-- Ratings and credit limits: decisions with all that it takes to decide them again.

create schema scoring;

create table scoring.rating (
  party_id uuid not null,
  id uuid not null,
  as_of_on date not null,
  grade text not null,
  score_hundredths integer not null check (score_hundredths between 0 and 10000),
  snapshot_id uuid not null,
  override_id uuid,
  scorecard_id uuid not null,
  scale_id uuid not null,
  engine text not null,
  points smallint[] not null,
  reasons smallint[] not null,
  adjustments text,
  hash bytea not null,
  decided_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (party_id, as_of_on, id)
);
comment on table scoring.rating is
  'The grade of a party as of a day and how it came about; of one day the latest recorded counts. '
  'No foreign keys: see receivable.';
comment on column scoring.rating.snapshot_id is 'The indicators that the scorecard read.';
comment on column scoring.rating.override_id is 'The override that was there, in force or expired.';
comment on column scoring.rating.scorecard_id is 'Version of the scorecard, in policy.version.';
comment on column scoring.rating.engine is 'Version of the code that decided.';
comment on column scoring.rating.points is 'Hundredths given, in the order of the scorecard.';
comment on column scoring.rating.reasons is
  'Positions in points of what lost points, most lost first.';
comment on column scoring.rating.adjustments is
  'Canonical text of the floors, requirements and knock-outs that fired; null for none.';
comment on column scoring.rating.hash is
  'SHA-256 over policies, engine and the canonical texts of inputs and outcome.';
select audit.watch('scoring.rating');

create table scoring.override (
  party_id uuid not null references party.party,
  id uuid not null,
  grade text not null,
  reason text not null,
  from_on date not null,
  expires_on date not null check (expires_on >= from_on),
  decided_by text not null,
  ended_on date,
  ended_by text,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table scoring.override is 'A person''s grade in place of the card''s, for a time.';
create unique index one_override_in_force on scoring.override (party_id) where ended_on is null;
select audit.watch('scoring.override');

create schema "limit";

create table "limit".credit_limit (
  party_id uuid not null,
  id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor >= 0),
  terms text not null,
  granted_on date not null,
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  review_on date not null,
  policy_ids uuid[] not null,
  engine text not null,
  inputs text not null,
  outcome text not null,
  hash bytea not null,
  decided_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (party_id, from_on, id)
);
comment on table "limit".credit_limit is
  'A limit that holds from a day on and how it came about; the latest that has begun counts, and '
  'of one day the latest recorded. No foreign keys: see receivable.';
comment on column "limit".credit_limit.granted_on is 'Since when the amount is what it is.';
comment on column "limit".credit_limit.policy_ids is 'Versions of limit policy and rating scale.';
comment on column "limit".credit_limit.hash is 'SHA-256 of policies, engine, inputs and outcome.';
select audit.watch('"limit".credit_limit');
