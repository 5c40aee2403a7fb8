-- How the scorecard that counts keeps up with the customers that it rates.

create schema model;

create table model.monitoring (
  id uuid primary key,
  as_of_on date not null,
  result jsonb not null,
  recorded_at timestamptz not null default now()
);
comment on table model.monitoring is
  'Once a month, or when somebody asks: who falls where now and then, what was told and what came, '
  'and what people overrule.';
create index monitoring_by_day on model.monitoring (as_of_on desc, recorded_at desc);
select audit.watch('model.monitoring');
