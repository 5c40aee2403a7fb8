-- Facts about parties as named quantities, with when they held and when we knew.

create schema indicator;

create table indicator.fact (
  party_id uuid not null references party.party,
  id uuid not null,
  indicator text not null,
  value text,
  currency char(3),
  effective_on date not null,
  recorded_at timestamptz not null default now(),
  source text not null,
  recorded_by text not null,
  primary key (party_id, id)
);
comment on table indicator.fact is
  'Single values that people or outside sources told: as of a day the latest effective one, and of '
  'equals the latest recorded one, counts.';
comment on column indicator.fact.value is 'A decimal or a text; null: known to be unknown again.';
create index fact_as_of_a_day on indicator.fact (party_id, indicator, effective_on desc, recorded_at desc);
select audit.watch('indicator.fact');

create table indicator.statement (
  party_id uuid not null references party.party,
  id uuid not null,
  closed_on date not null,
  months smallint not null check (months between 1 and 18),
  currency char(3) not null,
  lines jsonb not null,
  known_on date not null check (known_on >= closed_on),
  source text not null,
  import_batch_id uuid,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table indicator.statement is
  'Financial statements; a later record of the same period replaces an earlier one.';
comment on column indicator.statement.lines is 'Line id to whole minor units as text.';
comment on column indicator.statement.known_on is 'The day we came to have it: not used before.';
create index statement_of_a_period on indicator.statement (party_id, closed_on desc, recorded_at desc);
select audit.watch('indicator.statement');

create table indicator.snapshot (
  party_id uuid not null,
  id uuid not null,
  as_of_on date not null,
  currency char(3) not null,
  recorded_at timestamptz not null default now(),
  overdue_days_now bigint,
  worst_overdue_days_12m bigint,
  overdue_days_weighted_now bigint,
  late_share_12m bigint,
  late_share_amount_12m bigint,
  late_share_smoothed bigint,
  average_days_late bigint,
  last_5_late_share bigint,
  judged_invoice_count bigint,
  days_beyond_terms_6m bigint,
  days_beyond_terms_trend bigint,
  days_to_pay_12m bigint,
  payments_count_6m bigint,
  receipts_6m bigint,
  balance_now bigint,
  overdue_amount_now bigint,
  unapplied_credits_now bigint,
  overdue_share_now bigint,
  overdue_share_over_60 bigint,
  limit_utilisation_now bigint,
  limit_utilisation_peak_3m bigint,
  sales_3m bigint,
  sales_12m bigint,
  sales_trend bigint,
  average_monthly_sales_12m bigint,
  largest_invoice_12m bigint,
  concentration_12m bigint,
  invoice_count_12m bigint,
  order_count_12m bigint,
  returns_rate_12m bigint,
  credit_notes_share_12m bigint,
  write_offs_24m bigint,
  relationship_months bigint,
  months_since_last_sale bigint,
  disputes_per_100_invoices_12m bigint,
  open_disputes_now bigint,
  broken_promises_12m bigint,
  amounts_without_rate bigint,
  current_ratio bigint,
  quick_ratio bigint,
  debt_to_assets bigint,
  gross_margin bigint,
  net_margin bigint,
  return_on_assets bigint,
  interest_cover bigint,
  operating_cash_to_current_liabilities bigint,
  revenue_growth bigint,
  equity bigint,
  altman_z2 bigint,
  altman_z2_zone text,
  zmijewski bigint,
  zmijewski_zone text,
  years_in_business bigint,
  registered_capital bigint,
  dishonest_debtor bigint,
  business_status_abnormal bigint,
  bankruptcy_filed bigint,
  primary key (party_id, as_of_on, id)
);
comment on table indicator.snapshot is
  'All indicators of a party as of a day, whole numbers of the smallest unit each indicator names '
  '(kernel/indicator); money in the account currency beside it. The latest recorded one counts.';
select audit.watch('indicator.snapshot');
