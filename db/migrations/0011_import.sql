-- Files brought in: what was in them, what became of it.

create schema import;

create table import.batch (
  id uuid primary key,
  kind text not null check (kind in ('parties', 'invoices', 'receipts', 'statements')),
  file_name text not null,
  file_hash bytea not null,
  file_bytes bigint not null,
  options jsonb not null,
  staged_rows bigint not null default 0,
  state text not null check (state in ('checked', 'applied', 'undone', 'abandoned')),
  reading jsonb not null,
  counts jsonb not null,
  sums jsonb not null,
  notes jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  applied_at timestamptz,
  undone_at timestamptz,
  undone_by text
);
comment on table import.batch is 'One file that was checked and, perhaps, taken.';
comment on column import.batch.options is 'What the person said about the file: columns, currency.';
comment on column import.batch.staged_rows is
  'Lines in its staging table; fewer there mean that a crash emptied it.';
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

create table import.replaced_party (
  batch_id uuid not null references import.batch,
  party_id uuid not null,
  before jsonb not null,
  after jsonb not null,
  primary key (batch_id, party_id)
);
comment on table import.replaced_party is
  'What a list of parties changed in one that was there, so that the batch can be undone.';

-- Patterns of the unlogged tables that hold a file between its check and its taking. Each batch has
-- its own copies, dropped when it is taken or abandoned; these stay empty. A crash of the database
-- empties unlogged tables, so a batch also knows how many rows it staged.

create table import.staged_party (
  ref integer not null,
  first_row bigint not null,
  code text collate "C",
  name text collate "C",
  name_key text collate "C",
  credit_code text collate "C",
  owner integer,
  party_id uuid,
  is_new boolean,
  found_code text,
  terms text,
  problem text,
  facts jsonb
);
comment on table import.staged_party is 'Every way in which a file names a customer, once.';
comment on column import.staged_party.owner is 'The same number for all names of one customer.';
comment on column import.staged_party.found_code is 'The code of the party that was found.';
comment on column import.staged_party.terms is 'The agreed terms in the credit file.';

create table import.staged_invoice (
  row_number bigint not null,
  ref integer,
  code text collate "C",
  name text collate "C",
  name_key text collate "C",
  credit_code text collate "C",
  is_credit_note boolean,
  number text collate "C",
  currency char(3),
  amount_minor bigint,
  settled_minor bigint,
  settled_on date,
  issued_on date,
  due_on date,
  due_from text,
  terms text,
  disputed boolean,
  order_number text,
  department text,
  salesperson text,
  note text,
  cells jsonb,
  problems jsonb
);
comment on table import.staged_invoice is
  'Rows of a file of invoices. Bad ones have problems; one below 0 introduces a customer by ref.';
comment on column import.staged_invoice.settled_minor is
  'How much of it the file says is paid; null where it says nothing.';

create table import.staged_receipt (
  row_number bigint not null,
  ref integer,
  code text collate "C",
  name text collate "C",
  name_key text collate "C",
  credit_code text collate "C",
  number text collate "C",
  currency char(3),
  amount_minor bigint,
  received_on date,
  invoice_numbers text[],
  note text,
  cells jsonb,
  problems jsonb
);
comment on table import.staged_receipt is 'Rows of a file of receipts, laid out as staged_invoice.';

create table import.staged_record (
  row_number bigint not null,
  ref integer,
  code text collate "C",
  name text collate "C",
  name_key text collate "C",
  credit_code text collate "C",
  cells jsonb,
  problems jsonb,
  record jsonb
);
comment on table import.staged_record is
  'Rows of a file of parties or statements: what names the party, and what is kept as a record.';

create table import.verdict (
  row_number bigint not null,
  kind text not null check (kind in ('repeated', 'unchanged', 'update', 'bad')),
  target_id uuid,
  code text,
  facts jsonb
);
comment on table import.verdict is
  'Rows that are not simply new: said already, there already, there and changed since, or bad.';
comment on column import.verdict.target_id is 'The row of the ledger that it agrees with.';
comment on column import.verdict.code is 'What is wrong with a bad row; facts fill the sentence.';
