-- What the page Today and the figures with their trend are read from.

create schema report;

create table report.figure_day (
  day_on date primary key,
  told_on date not null,
  currency char(3) not null,
  receivable_minor bigint not null,
  not_due_minor bigint not null,
  overdue_minor bigint not null,
  sales_12m_minor bigint not null,
  written_off_12m_minor bigint not null,
  dso_hundredths bigint,
  dso_by text check (dso_by in ('count-back', 'year')),
  limit_minor bigint not null,
  exposure_minor bigint,
  holds_waiting bigint not null,
  holds_opened_30d bigint not null,
  holds_ended_30d bigint not null,
  hold_hours_median_tenths bigint,
  hold_hours_p90_tenths bigint,
  unvalued_currencies text[] not null,
  recorded_at timestamptz not null default now()
);
comment on table report.figure_day is
  'What the figures of a day are made of, in the base currency, as the book said on told_on. Derived, so not watched.';
comment on column report.figure_day.dso_by is
  'Counted back month by month, or over a year''s sales where two years of them do not reach.';
comment on column report.figure_day.exposure_minor is
  'Of the exposure ledger, orders included, kept from the day itself; null for days before figures were kept.';
comment on column report.figure_day.unvalued_currencies is
  'Currencies without a rate on that day: their amounts are missing from this row.';

create table report.near_limit (
  party_id uuid not null,
  account_id uuid not null,
  share_bps bigint not null,
  noted_at timestamptz not null default now(),
  primary key (party_id, account_id)
);
comment on table report.near_limit is
  'Credit accounts that use most of their limit, as of some minutes ago: where Today looks first. Derived, so not watched.';
create index accounts_nearest_to_their_limit on report.near_limit (share_bps desc, account_id);

create index accounts_to_review on exposure.account (least(review_on, limit_to_on), id)
  where limit_minor is not null;
create index overrides_by_their_end on scoring.override (expires_on, id) where ended_on is null;
create index promises_by_day on receivable.promise (promised_on, id);
create index write_offs_by_day on receivable.credit (effective_on) where kind = 'write-off';
create index holds_by_opening on "check".hold (opened_at);
create index holds_by_their_end on "check".hold (closed_at) where closed_at is not null;
create index rating_changes_by_day on platform.event ((facts ->> 'asOf'), id)
  where kind = 'rating.changed';

alter table notice.preference add column in_digest boolean;
comment on column notice.preference.in_digest is
  'By e-mail too, once a day together with the rest; null: not.';
create index digests_of_a_person on notice.notice (person_id, id) where kind = 'digest';
