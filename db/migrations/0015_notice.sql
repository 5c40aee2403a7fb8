-- Telling people: notices, what each wants to be told, and mail that carries them.

alter table "user".person add email text;
comment on column "user".person.email is 'Where notices are mailed to; null: nowhere.';

create schema notice;

create table notice.notice (
  id uuid primary key,
  person_id uuid not null references "user".person,
  kind text not null,
  about_party_id uuid,
  subject_zh text not null,
  subject_en text not null,
  body_zh text not null,
  body_en text not null,
  path text,
  in_app boolean not null,
  created_at timestamptz not null default now(),
  read_at timestamptz
);
comment on table notice.notice is 'What one person was told, once per person and occasion.';
comment on column notice.notice.in_app is 'False: told by mail alone, as the person prefers.';
create index notices_of_a_person on notice.notice (person_id, id) where in_app;
create index unread_notices_of_a_person on notice.notice (person_id, id)
  where in_app and read_at is null;

create table notice.preference (
  id uuid not null,
  person_id uuid not null references "user".person,
  kind text not null,
  in_app boolean not null,
  by_email boolean not null,
  primary key (person_id, kind)
);
comment on table notice.preference is
  'Where a kind of notice reaches a person; a kind without a row reaches them in both ways.';
select audit.watch('notice.preference');

create table notice.mail (
  id uuid primary key,
  notice_id uuid not null references notice.notice,
  to_address text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
comment on table notice.mail is
  'Mail with a notice, queued in the transaction that tells it, sent after that has been committed.';
create index unsent_mail on notice.mail (id) where state <> 'sent';
