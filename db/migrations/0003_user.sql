-- People, sessions and keys.

create schema "user";

create table "user".person (
  id uuid primary key,
  login text not null,
  name text not null,
  password_hash text not null,
  password_is_initial boolean not null default false,
  roles text[] not null check (roles <@ array[
    'admin', 'credit-manager', 'sales', 'accountant', 'viewer', 'integrator']),
  department text,
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
comment on table "user".person is 'Who may sign in.';
comment on column "user".person.password_hash is 'scrypt: parameters, salt and key.';
create unique index one_person_per_login on "user".person (lower(login));
select audit.watch('"user".person');

create table "user".session (
  id uuid primary key,
  person_id uuid not null references "user".person,
  token_hash bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz,
  address text,
  agent text
);
comment on table "user".session is 'A browser signed in; the cookie''s secret is kept as SHA-256.';
create unique index session_of_a_token on "user".session (token_hash);
create index sessions_of_a_person on "user".session (person_id, created_at desc);
select audit.watch('"user".session');

create table "user".api_key (
  id uuid primary key,
  name text not null,
  token_hash bytea not null,
  token_start text not null,
  roles text[] not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
comment on table "user".api_key is 'A key of a program; shown once, kept as SHA-256.';
comment on column "user".api_key.token_start is 'The first characters, so that people can tell keys.';
create unique index key_of_a_token on "user".api_key (token_hash);
select audit.watch('"user".api_key');
