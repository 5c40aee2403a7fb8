-- The company that this database belongs to, and the exchange rates it uses.

create schema company;

create table company.company (
  id uuid primary key,
  name text not null,
  base_currency char(3) not null,
  base_currency_chosen boolean not null default false,
  time_zone text not null,
  created_at timestamptz not null default now()
);
comment on table company.company is 'The company group this database belongs to: exactly one row.';
comment on column company.company.base_currency_chosen is
  'False until somebody or the first import says it; then a later import never changes it.';
create unique index one_company on company.company ((true));
select audit.watch('company.company');

create table company.exchange_rate (
  id uuid primary key,
  from_currency char(3) not null,
  to_currency char(3) not null check (to_currency <> from_currency),
  rate_on date not null,
  rate numeric(24, 12) not null check (rate > 0),
  source text not null,
  recorded_at timestamptz not null default now(),
  constraint one_rate_per_day_and_source unique (from_currency, to_currency, rate_on, source)
);
comment on table company.exchange_rate is 'How many units of to_currency one of from_currency is.';
select audit.watch('company.exchange_rate');
