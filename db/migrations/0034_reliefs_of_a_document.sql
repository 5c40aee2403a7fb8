-- An order says anew, with each of its acts, which invoice bills what of it.
create index reliefs_of_a_document on exposure.relief (party_id, document_id)
  where reversed_on is null;
