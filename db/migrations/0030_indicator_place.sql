-- Formulas and scorecards may ask for the industry, department and region of a customer.

alter table indicator.snapshot
  add column industry text, add column department text, add column region text;
