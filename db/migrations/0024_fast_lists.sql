-- Lists and ageing of a large book: sums that stay whole, and an index for each order of customers.

create aggregate platform.sum_minor(bigint) (
  sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe
);
comment on aggregate platform.sum_minor(bigint) is
  'Sum of minor units: a bigint, where sum() makes a numeric for each group; too much for one is an error.';

create index lines_by_short_name on customer.line (short_name, party_id) where short_name is not null;
create index lines_by_industry on customer.line (industry, party_id) where industry is not null;
create index lines_by_region on customer.line (region, party_id) where region is not null;
create index lines_by_department on customer.line (department, party_id) where department is not null;
create index lines_by_salesperson on customer.line (salesperson, party_id)
  where salesperson is not null;
create index lines_by_grade on customer.line (grade, party_id);
create index lines_by_status on customer.line (status, party_id) where status <> 'open';
create index lines_by_score on customer.line (score_hundredths, party_id)
  where score_hundredths is not null;
create index lines_by_open_holds on customer.line (open_holds, party_id) where open_holds > 0;
create index lines_by_rating_day on customer.line (rated_on, party_id) where rated_on is not null;
create index lines_by_end_of_limit on customer.line (limit_to_on, party_id)
  where limit_to_on is not null;
create index lines_by_closing_day on customer.line (closed_on, party_id) where closed_on is not null;
create index lines_by_limit on customer.line (base_limit_minor, party_id)
  where base_limit_minor is not null;
create index lines_by_headroom on customer.line (base_available_minor, party_id)
  where base_available_minor is not null;
create index lines_by_utilisation on customer.line (utilisation_bps, party_id)
  where utilisation_bps is not null;
create index lines_by_open_items on customer.line (base_open_minor, party_id)
  where base_open_minor is not null;
create index lines_by_days_overdue on customer.line ((date '9999-12-31' - overdue_since_on), party_id)
  where overdue_since_on is not null;
create index lines_by_currency on customer.line ((currency::text), party_id);
