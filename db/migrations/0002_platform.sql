-- What every room stands on: idempotency keys, events, jobs.

create schema platform;

create table platform.idempotency_key (
  actor_id text not null,
  key text not null check (length(key) between 1 and 255),
  command text not null,
  input_hash bytea not null,
  reply jsonb,
  created_at timestamptz not null default now(),
  primary key (actor_id, key)
);
comment on table platform.idempotency_key is
  'The reply to a command that carried a key; the same key with the same input gets it again.';
create index keys_by_age on platform.idempotency_key (created_at);

create table platform.event (
  id uuid primary key,
  kind text not null,
  party_id uuid,
  facts jsonb not null,
  entry_id uuid not null,
  occurred_at timestamptz not null default clock_timestamp()
);
comment on table platform.event is 'Domain events, written in the transaction that caused them.';
create index events_in_order on platform.event (occurred_at, id);

create table platform.job (
  id uuid primary key,
  kind text not null,
  input jsonb not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  steps_done bigint not null default 0,
  steps_total bigint,
  message text,
  result jsonb,
  cancel_requested_at timestamptz,
  requested_by text not null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
comment on table platform.job is 'Long work that a person started or a clock: progress and outcome.';
create index latest_jobs on platform.job (created_at desc, id);
