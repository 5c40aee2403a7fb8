-- The credit file: notes and documents of a party, and the order in which its events are told.

create schema file;

create table file.note (
  party_id uuid not null references party.party,
  id uuid not null,
  body text not null check (length(body) between 1 and 4000),
  audience text not null check (audience in ('all', 'credit')),
  mentioned_ids uuid[] not null,
  author_id text not null,
  author_name text not null,
  recorded_at timestamptz not null default now(),
  edited_at timestamptz,
  removed_at timestamptz,
  removed_by text,
  primary key (party_id, id)
);
comment on table file.note is 'What people tell each other about a party. A removed one keeps its row; its words stay in the audit trail only.';
comment on column file.note.audience is 'credit: only who decides on credit, and its author, reads it.';
comment on column file.note.mentioned_ids is 'The persons named in it by @login.';
comment on column file.note.author_id is 'A person or an API key.';
create index notes_of_a_party on file.note (party_id, recorded_at) where removed_at is null;
select audit.watch('file.note');

create table file.document (
  party_id uuid not null references party.party,
  id uuid not null,
  category text not null check (category in ('licence', 'contract', 'statement', 'other')),
  title text not null check (length(title) between 1 and 200),
  valid_to_on date,
  file_name text not null,
  media_type text not null,
  bytes bigint not null check (bytes > 0),
  sha256 bytea not null,
  uploaded_by text not null,
  recorded_at timestamptz not null default now(),
  removed_at timestamptz,
  removed_by text,
  remove_reason text,
  primary key (party_id, id)
);
comment on table file.document is 'A licence, contract, statement or other paper. A removed one keeps its row and hash, not its bytes.';
comment on column file.document.media_type is 'As its content shows, whatever its name says.';
create index documents_of_a_party on file.document (party_id, recorded_at) where removed_at is null;
select audit.watch('file.document');

create table file.document_part (
  party_id uuid not null,
  document_id uuid not null,
  number integer not null,
  bytes bytea not null,
  primary key (party_id, document_id, number),
  foreign key (party_id, document_id) references file.document
);
alter table file.document_part alter bytes set storage external;
comment on table file.document_part is 'The content of a document in pieces, proved by its hash; so one backup holds everything and no crash leaves half a file.';

-- Each kind of event is found latest first, a page at a time, however many a party has.
create index invoices_of_a_party_by_issue on receivable.invoice (party_id, issued_on);
create index credits_of_a_party_by_day on receivable.credit (party_id, effective_on);
create index disputes_of_a_party_by_opening on receivable.dispute (party_id, opened_on);
create index promises_of_a_party_by_day on receivable.promise (party_id, made_on);
create index orders_of_a_party_by_day on "order".sales_order (party_id, ordered_on);
create index deliveries_of_a_party_by_day on "order".delivery (party_id, delivered_on);
create index holds_of_a_party_by_opening on "check".hold (party_id, opened_at);
create index releases_of_a_party on "check".release (party_id, recorded_at);

-- Payment behaviour of some months is found by the day on which the money came in.
create index allocations_of_a_party_by_day on receivable.allocation (party_id, effective_on);

create index acts_told_about_a_party on audit.entry (subject, recorded_at)
  where subject is not null and command in (
    'party.create',
    'party.change',
    'party.add-identifier',
    'party.remove-identifier',
    'party.add-name',
    'party.remove-name',
    'party.add-contact',
    'party.change-contact',
    'party.remove-contact',
    'party.add-bank-account',
    'party.remove-bank-account',
    'party.merge',
    'party.undo-merge',
    'rating.override',
    'rating.lift-override',
    'credit-account.open',
    'credit-account.change',
    'credit-account.set-limit',
    'credit-account.set-status',
    'credit-account.grant-temporary-limit',
    'credit-account.end-temporary-limit',
    'security.register',
    'security.end',
    'hold.ask',
    'hold.answer',
    'hold.reject',
    'order.amend',
    'order.cancel',
    'order.close',
    'order.confirm',
    'order.reopen',
    'order.return',
    'contract.record',
    'contract.change',
    'invoice.void',
    'credit.void',
    'bill.collect',
    'dispute.close',
    'indicator.record-facts',
    'indicator.record-statement',
    'document.remove');
