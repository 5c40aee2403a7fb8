-- Indicators that business people define by formulas: their versions, their values, who used them.

alter table policy.version drop constraint version_kind_check,
  add constraint version_kind_check check (
    kind in ('scorecard', 'rating-scale', 'limit-policy', 'check-rules', 'indicators'));

alter table indicator.snapshot
  add column definitions_id uuid,
  add column custom jsonb;
comment on column indicator.snapshot.definitions_id is
  'Version of the formulas that gave custom, in policy.version; null where none was published.';
comment on column indicator.snapshot.custom is
  'Values of the indicators that formulas define, by id: decimals and texts, null where missing.';

alter table scoring.rating add column definitions_id uuid;
comment on column scoring.rating.definitions_id is
  'Version of the indicator formulas that the scorecard was read with; null where none was published.';
