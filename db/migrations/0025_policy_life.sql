-- The life of a change of a policy: drafted, submitted, approved by a second person, published when it
-- is due. Examples are its tests.

alter table policy.version
  drop constraint version_state_check,
  add constraint version_state_check check (
    state in ('draft', 'submitted', 'approved', 'published', 'retired')),
  add column created_by_id text,
  add column submitted_by text,
  add column submitted_by_id text,
  add column submitted_at timestamptz,
  add column approved_by text,
  add column approved_by_id text,
  add column approved_at timestamptz,
  add column approval_note text,
  add column publish_at timestamptz,
  add column publication_note text,
  add column rejected_by text,
  add column rejected_at timestamptz,
  add column rejection text,
  add column impact jsonb;
comment on column policy.version.created_by_id is 'Who drafted it, so that another one approves it.';
comment on column policy.version.publish_at is 'When an approved version is to count; null: at once.';
comment on column policy.version.publication_note is 'Why an earlier version was published again.';
comment on column policy.version.rejection is 'Why it went back to be a draft: by a person, or by what was published meanwhile.';
comment on column policy.version.impact is 'What it was expected to change when it was submitted.';

drop index policy.one_draft;
create unique index one_open_change on policy.version (kind)
  where state in ('draft', 'submitted', 'approved');

create table policy.example (
  id uuid primary key,
  kind text not null,
  name text not null,
  given jsonb not null,
  expected jsonb not null,
  taken_from_id uuid,
  created_by text not null,
  created_at timestamptz not null default now(),
  constraint example_kind_check check (kind in ('scorecard', 'limit-policy', 'check-rules')),
  constraint one_example_of_a_name unique (kind, name)
);
comment on table policy.example is
  'A case with what a policy must say to it: no version of the kind is submitted or published that says otherwise.';
comment on column policy.example.given is 'Values of indicators by id, or the stored inputs of a check.';
comment on column policy.example.taken_from_id is 'The customer or the document''s customer that it was taken from.';

select audit.watch('policy.example');
