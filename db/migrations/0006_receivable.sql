-- Who owes what since when.
--
-- These tables carry no foreign keys: each costs as much per row as the insert itself, and a party
-- is never deleted but with everything that an import brought. `xinheng receivable verify` finds orphans.

create schema receivable;

create table receivable.invoice (
  party_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  open_minor bigint not null check (open_minor between 0 and amount_minor),
  issued_on date not null,
  due_on date not null check (due_on >= issued_on),
  terms text,
  order_number text,
  department text,
  salesperson text,
  note text,
  voided_on date,
  import_batch_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint invoice_number_once unique (party_id, number)
);
comment on table receivable.invoice is 'What a customer was billed; amounts in minor units.';
comment on column receivable.invoice.open_minor is
  'Amount less all allocations in force; the fold of receivable.allocation, kept by the same store.';
create index open_invoices_by_due_date on receivable.invoice (due_on, id) where open_minor > 0;
create index invoices_by_due_date on receivable.invoice (due_on, id);
create index invoices_by_number on receivable.invoice (number, id);
create index voided_invoices on receivable.invoice (voided_on) where voided_on is not null;
select audit.watch('receivable.invoice');

create table receivable.credit (
  party_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('receipt', 'credit-note', 'write-off')),
  number text collate "C" not null,
  reason text check (reason in ('return', 'price', 'discount', 'other')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  unapplied_minor bigint not null check (unapplied_minor between 0 and amount_minor),
  effective_on date not null,
  note text,
  voided_on date,
  import_batch_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint credit_number_once unique (party_id, kind, number)
);
comment on table receivable.credit is 'What reduces a balance: receipts, credit notes, write-offs.';
comment on column receivable.credit.unapplied_minor is
  'Amount less all allocations in force; the fold of receivable.allocation, kept by the same store.';
create index unapplied_credits on receivable.credit (effective_on, id) where unapplied_minor > 0;
create index credits_by_day on receivable.credit (effective_on, id);
create index voided_credits on receivable.credit (voided_on) where voided_on is not null;
select audit.watch('receivable.credit');

create table receivable.allocation (
  party_id uuid not null,
  id uuid not null,
  credit_id uuid not null,
  invoice_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  effective_on date not null,
  reversed_on date check (reversed_on >= effective_on),
  reversal_reason text,
  import_batch_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table receivable.allocation is 'Which credit settles which invoice, and by how much.';
comment on column receivable.allocation.effective_on is
  'Never before the invoice''s or the credit''s own day, so that both are there while it is.';
create index allocations_of_an_invoice on receivable.allocation (party_id, invoice_id);
create index allocations_of_a_credit on receivable.allocation (party_id, credit_id);
-- The balance of a past day is today's less what came after it, which these two find.
create index allocations_by_day on receivable.allocation (effective_on);
create index reversed_allocations on receivable.allocation (reversed_on)
  where reversed_on is not null;
select audit.watch('receivable.allocation');

create table receivable.dispute (
  party_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  reason text,
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  import_batch_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table receivable.dispute is 'A customer contests an invoice, from one day to another.';
create index disputes_of_an_invoice on receivable.dispute (party_id, invoice_id);
select audit.watch('receivable.dispute');

create table receivable.promise (
  party_id uuid not null,
  id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  made_on date not null,
  promised_on date not null check (promised_on >= made_on),
  note text,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table receivable.promise is 'A promise to pay: kept when that much came in by that day.';
select audit.watch('receivable.promise');
