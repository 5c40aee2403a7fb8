-- Policies: versioned documents that business people write, and the decisions made under them.

create schema policy;

create table policy.version (
  id uuid primary key,
  kind text not null check (kind in ('scorecard', 'rating-scale', 'limit-policy')),
  number integer not null check (number > 0),
  state text not null check (state in ('draft', 'published', 'retired')),
  title text not null,
  document jsonb not null,
  hash bytea not null,
  note text,
  created_by text not null,
  created_at timestamptz not null default now(),
  published_by text,
  published_at timestamptz,
  retired_at timestamptz,
  constraint policy_version_once unique (kind, number)
);
comment on table policy.version is 'One version of one policy; a published one never changes.';
comment on column policy.version.hash is 'SHA-256 of the document''s canonical text.';
create unique index one_published_version on policy.version (kind) where state = 'published';
create unique index one_draft on policy.version (kind) where state = 'draft';
select audit.watch('policy.version');

create table policy.decision (
  party_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('rating', 'limit')),
  as_of_on date not null,
  policy_ids uuid[] not null,
  engine text not null,
  inputs text not null,
  outcome text not null,
  hash bytea not null,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table policy.decision is
  'What was decided, from which inputs, under which policy versions: enough to decide it again.';
comment on column policy.decision.inputs is 'Canonical text of the facts that the policy read.';
comment on column policy.decision.outcome is 'Canonical text of the result with its reasons.';
comment on column policy.decision.hash is 'SHA-256 of kind, policies, inputs and outcome.';
select audit.watch('policy.decision');
