-- Policies: versioned documents that business people write.

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
