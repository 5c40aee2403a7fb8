-- Tables that models are trained on beside the own ledger: what they are; their rows are kept as files.

create table model.training_table (
  id uuid primary key,
  file_name text not null,
  file_hash bytea not null,
  rows integer not null check (rows > 0),
  columns jsonb not null,
  uploaded_by text not null,
  recorded_at timestamptz not null default now()
);
comment on table model.training_table is
  'A table that somebody uploaded to train a model on. Its rows are kept for a month.';
comment on column model.training_table.file_hash is 'SHA-256 of the file as it came.';
comment on column model.training_table.columns is 'Name, kind and some values of each column.';
create index training_tables_by_time on model.training_table (recorded_at desc, id);
select audit.watch('model.training_table');
