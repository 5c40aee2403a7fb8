-- A policy may hold otherwise for some customers: a rating names the variant of the scorecard.

alter table scoring.rating add column variant text;
comment on column scoring.rating.variant is
  'Id of the scorecard''s variant that the customer was under; null: the card itself.';
