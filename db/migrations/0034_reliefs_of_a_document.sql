-- An order says anew, with each of its acts, which invoice bills what of it.
create index reliefs_of_a_document on exposure.relief (party_id, document_id)
  where reversed_on is null;

-- What was settled without an invoice is no longer taken for billed once its order is taken up again.
alter table "order".delivery add column settled_minor bigint not null default 0
  check (settled_minor >= 0);
comment on column "order".delivery.settled_minor is
  'What will never be invoiced, as whoever closed the order said.';
