-- Signing in: second factors, sessions that end by themselves, narrow keys, another house's sign-in.

alter table "user".person add language text check (language in ('zh-CN', 'en'));
comment on column "user".person.language is 'The language chosen for the pages; null: the browser''s.';

alter table "user".session
  add method text check (method in ('password', 'oidc')),
  add second_factor text check (second_factor in ('totp', 'recovery', 'provider'));
comment on column "user".session.method is 'How it was opened; null: before there was a choice.';
comment on column "user".session.second_factor is
  'What proved the person beside the password; null: nothing yet.';

create table "user".session_use (
  session_id uuid primary key references "user".session,
  seen_at timestamptz not null
);
comment on table "user".session_use is 'When a session was last seen, to the minute.';

alter table "user".api_key add permissions text[];
comment on column "user".api_key.permissions is 'Exactly what it may; null: what its roles may.';

create table "user".api_key_use (
  api_key_id uuid primary key references "user".api_key,
  used_at timestamptz not null
);
comment on table "user".api_key_use is 'When a key was last used, to the minute.';

create table "user".second_factor (
  id uuid primary key,
  person_id uuid not null references "user".person,
  secret bytea not null,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  last_step bigint
);
comment on table "user".second_factor is 'What the authenticator app of a person was given (RFC 6238).';
comment on column "user".second_factor.secret is 'Encrypted under the key of the installation.';
comment on column "user".second_factor.confirmed_at is 'Null until a first code proved that it works.';
comment on column "user".second_factor.last_step is
  'The 30 seconds whose code was used last: no code is taken twice.';
create unique index one_second_factor_per_person on "user".second_factor (person_id);
select audit.watch('"user".second_factor');

create table "user".recovery_code (
  id uuid primary key,
  person_id uuid not null references "user".person,
  code_hash bytea not null,
  used_at timestamptz
);
comment on table "user".recovery_code is
  'Codes for the day the phone is gone: each works once, and is kept as SHA-256.';
create unique index one_recovery_code_per_hash on "user".recovery_code (person_id, code_hash);
select audit.watch('"user".recovery_code');

create table "user".sign_in_settings (
  id uuid primary key,
  second_factor_demanded boolean not null,
  session_idle_minutes integer not null check (session_idle_minutes between 5 and 10080),
  session_hours integer not null check (session_hours between 1 and 720)
);
comment on table "user".sign_in_settings is 'How the company wants its people to sign in: one row.';
create unique index one_sign_in_settings on "user".sign_in_settings ((true));
select audit.watch('"user".sign_in_settings');

create table "user".oidc_settings (
  id uuid primary key,
  enabled boolean not null,
  label text not null,
  issuer text not null,
  client_id text not null,
  client_secret bytea,
  match_by text not null check (match_by in ('email', 'login')),
  login_claim text not null,
  emails_trusted boolean not null,
  second_factor_trusted boolean not null,
  create_with_role text
);
comment on table "user".oidc_settings is 'The OpenID Connect provider of the company: one row.';
comment on column "user".oidc_settings.client_secret is
  'Encrypted under the key of the installation; null: a public client.';
comment on column "user".oidc_settings.emails_trusted is
  'Its addresses count as proved where it does not say that they are.';
comment on column "user".oidc_settings.second_factor_trusted is
  'It asks for a second factor itself, so that we do not.';
comment on column "user".oidc_settings.create_with_role is
  'Who is unknown becomes a person with this role; null: is turned away.';
create unique index one_oidc_settings on "user".oidc_settings ((true));
select audit.watch('"user".oidc_settings');

create table "user".identity (
  id uuid primary key,
  person_id uuid not null references "user".person,
  issuer text not null,
  subject text not null,
  created_at timestamptz not null default now()
);
comment on table "user".identity is
  'Who a person is at a provider. It holds from the first sign-in on, whatever address moves there.';
create unique index one_person_per_subject on "user".identity (issuer, subject);
create unique index one_subject_per_person on "user".identity (person_id, issuer);
select audit.watch('"user".identity');
