-- Files brought in: what was in them, what became of it.

create schema import;

create table import.batch (
  id uuid primary key,
  kind text not null check (kind in ('parties', 'invoices', 'receipts', 'statements')),
  file_name text not null,
  file_hash bytea not null,
  file_bytes bigint not null,
  state text not null check (state in ('checked', 'applied', 'undone', 'abandoned')),
  reading jsonb not null,
  counts jsonb not null,
  notes jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  undone_at timestamptz,
  undone_by text
);
comment on table import.batch is 'One file that was checked and, perhaps, taken.';
comment on column import.batch.reading is 'How it was read: encoding, delimiter, columns, dates.';
create index latest_batches on import.batch (created_at desc, id);
create index batches_of_a_file on import.batch (file_hash);
select audit.watch('import.batch');

create table import.rejected_row (
  batch_id uuid not null references import.batch,
  row_number bigint not null,
  cells jsonb not null,
  problems jsonb not null,
  primary key (batch_id, row_number)
);
comment on table import.rejected_row is 'Rows that were not taken, as they were, with the reasons.';

create table import.mapping (
  id uuid primary key,
  kind text not null,
  headers_hash bytea not null,
  columns jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  constraint one_mapping_per_layout unique (kind, headers_hash)
);
comment on table import.mapping is 'Columns as a person named them, for the next file like it.';
select audit.watch('import.mapping');
