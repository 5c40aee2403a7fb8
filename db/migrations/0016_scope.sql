-- Departments, and whose customers a person or a key sees.

create table "user".department (
  id uuid primary key,
  name text not null,
  parent_id uuid references "user".department,
  former_names text[] not null default '{}',
  created_at timestamptz not null default now(),
  constraint not_its_own_department check (parent_id <> id),
  constraint department_once unique nulls not distinct (parent_id, name)
);
comment on table "user".department is 'A department of the company, below another one or at the top.';
comment on column "user".department.former_names is
  'Names that it had: credit files that still bear one are its own.';
select audit.watch('"user".department');

alter table "user".person
  add column department_id uuid references "user".department,
  add column data_scope text check (data_scope in ('own', 'department', 'all'));
comment on column "user".person.data_scope is
  'Whose customers they see: their own, those of their department and below, or all; null: all.';
create index persons_of_a_department on "user".person (department_id)
  where department_id is not null;

alter table "user".api_key
  add column department_id uuid references "user".department,
  add column data_scope text check (data_scope in ('department', 'all'));
comment on column "user".api_key.data_scope is
  'Whose customers it sees: those of a department and below, or all; null: all.';

-- Names of people are looked for when a scope is read: who else bears one.
create index persons_of_a_name on "user".person (name);
