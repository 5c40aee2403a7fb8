-- The exposure ledger: every amount at risk, by credit account and stage.
--
-- Entries stand at the account that a document charges; balances are kept there and at every account
-- above it. Amounts stay in the currency of their document and are valued when somebody asks, so a
-- rate that moves leaves no residue.

create schema exposure;

-- No foreign keys to parties: an import that is undone takes its parties with it, the ledger stays.
create table exposure.account (
  party_id uuid not null,
  id uuid not null,
  level text not null check (level in ('segment', 'party', 'group')),
  segment text collate "C" not null default '' check ((segment <> '') = (level = 'segment')),
  currency char(3) not null,
  charged_party_id uuid not null,
  above_party_ids uuid[] not null default '{}',
  above_ids uuid[] not null default '{}',
  limit_minor bigint check (limit_minor >= 0),
  limit_from_on date,
  limit_to_on date check (limit_to_on >= limit_from_on),
  review_on date,
  terms text,
  limit_source text check (limit_source in ('policy', 'manual')),
  limit_reason text,
  limit_id uuid,
  tolerance_bps integer check (tolerance_bps between 0 and 10000),
  discount_bps integer check (discount_bps between 0 and 10000),
  status text not null default 'open' check (status in ('open', 'watch', 'blocked', 'frozen')),
  status_reason text,
  status_by text,
  status_at timestamptz,
  grade text,
  dunning_level integer not null default 0 check (dunning_level between 0 and 99),
  created_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint one_account_per_level unique (party_id, level, segment)
);
comment on table exposure.account is
  'A credit account: of a party, of one of its credit segments, or of the group that a party heads.';
comment on column exposure.account.charged_party_id is
  'Whose limit and conduct decide: the party itself, its payer, or what it was merged into.';
comment on column exposure.account.above_ids is
  'The accounts that count this one''s documents too, nearest first; above_party_ids are theirs.';
comment on column exposure.account.limit_minor is 'The standing limit; null: none was ever granted.';
comment on column exposure.account.limit_id is 'The decision in "limit".credit_limit behind it.';
comment on column exposure.account.grade is 'The latest rating''s grade, as scoring told it.';
create index accounts_in_order on exposure.account (id);
create index accounts_of_a_status on exposure.account (status, id) where status <> 'open';
create index accounts_charged_to_a_party on exposure.account (charged_party_id);
create index accounts_below_an_account on exposure.account using gin (above_ids);
select audit.watch('exposure.account');

create table exposure.temporary_limit (
  party_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  reason text not null,
  granted_by text not null,
  ended_on date,
  ended_by text,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table exposure.temporary_limit is 'An amount on top of the standing limit, for some days.';
create index temporary_limits_of_a_party on exposure.temporary_limit (party_id, to_on)
  where ended_on is null;
select audit.watch('exposure.temporary_limit');

create table exposure.balance (
  party_id uuid not null,
  account_id uuid not null,
  currency char(3) not null,
  order_minor bigint not null default 0,
  delivered_minor bigint not null default 0,
  invoiced_minor bigint not null default 0,
  bill_minor bigint not null default 0,
  prepayment_minor bigint not null default 0,
  letter_of_credit_minor bigint not null default 0,
  insured_minor bigint not null default 0,
  collateral_minor bigint not null default 0,
  open_holds integer not null default 0,
  primary key (party_id, account_id, currency)
) with (fillfactor = 50);
comment on table exposure.balance is
  'What stands at each stage now: the fold of the entries of the account and of those below it. '
  'The row of the account''s own currency is its lock.';
comment on column exposure.balance.open_holds is
  'Documents of the account that wait for room: what lowers its exposure has them looked at again.';

create table exposure.ship_day (
  party_id uuid not null,
  account_id uuid not null,
  currency char(3) not null,
  ship_on date not null,
  order_minor bigint not null,
  primary key (party_id, account_id, currency, ship_on)
);
comment on table exposure.ship_day is
  'The part of order_minor that is to be shipped on a day, for horizons: bounded by days.';

create table exposure.position (
  party_id uuid not null,
  document_id uuid not null,
  stage text not null check (stage in ('order', 'delivered')),
  account_id uuid not null,
  document_kind text not null check (document_kind in ('order', 'delivery', 'reservation')),
  number text collate "C" not null,
  order_number text collate "C",
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  ship_on date,
  expires_at timestamptz,
  primary key (party_id, document_id, stage)
);
comment on table exposure.position is
  'What an order, delivery or reservation counts with now: the fold of its entries. Invoices and '
  'credits count with what is open of them in receivable.';
create index positions_of_an_order on exposure.position (party_id, order_number)
  where order_number is not null;
create index reservations_by_their_end on exposure.position (expires_at)
  where expires_at is not null;

create table exposure.entry (
  party_id uuid not null,
  account_id uuid not null,
  id uuid not null,
  stage text not null check (stage in ('order', 'delivered', 'invoiced', 'bill', 'prepayment',
    'letter-of-credit', 'insured', 'collateral')),
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor <> 0),
  document_kind text not null,
  document_id uuid not null,
  number text not null,
  cause text not null,
  effective_on date not null,
  decision_id uuid,
  recorded_at timestamptz not null default now(),
  primary key (party_id, account_id, id)
);
comment on table exposure.entry is
  'The ledger: what came to a stage of an account, or left it (negative). Never changed. An import '
  'is one entry per account, stage and currency.';
comment on column exposure.entry.decision_id is 'The credit check that let it in, in "check".decision.';
create trigger append_only before update or delete or truncate on exposure.entry
  for each statement execute function audit.refuse();
select audit.watch('exposure.entry');

create table exposure.relief (
  party_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  document_id uuid not null,
  document_kind text not null check (document_kind in ('order', 'delivery', 'reservation')),
  stage text not null check (stage in ('order', 'delivered')),
  number text not null,
  order_number text not null,
  segment text not null,
  currency char(3) not null,
  amount_minor bigint not null check (amount_minor > 0),
  ship_on date,
  reversed_on date,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id)
);
comment on table exposure.relief is
  'What an invoice took over from the deliveries and orders it bills; given back when it is voided.';
comment on column exposure.relief.invoice_id is 'The invoice, or the import that brought several.';
create index reliefs_by_an_invoice on exposure.relief (party_id, invoice_id);
select audit.watch('exposure.relief');

create table exposure.security (
  party_id uuid not null references party.party,
  id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('letter-of-credit', 'insured', 'collateral')),
  number text not null,
  issuer text,
  currency char(3) not null,
  face_minor bigint not null check (face_minor > 0),
  share_bps integer not null check (share_bps between 1 and 10000),
  counted_minor bigint not null check (counted_minor > 0),
  from_on date not null,
  to_on date not null check (to_on >= from_on),
  note text,
  counts_since_on date,
  ended_on date,
  end_reason text,
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  primary key (party_id, id),
  constraint security_number_once unique (party_id, kind, number)
);
comment on table exposure.security is
  'What covers a part of the exposure: a confirmed letter of credit, insured cover, collateral.';
comment on column exposure.security.share_bps is
  'What of the face amount counts: the insured percentage, or what the haircut leaves.';
comment on column exposure.security.counts_since_on is 'Null until from_on has come.';
create index securities_in_force on exposure.security (to_on) where ended_on is null;
select audit.watch('exposure.security');

alter table policy.version drop constraint version_kind_check,
  add constraint version_kind_check
    check (kind in ('scorecard', 'rating-scale', 'limit-policy', 'check-rules'));

-- Bills of exchange are credits that settle an invoice and still wait to be collected.
alter table receivable.credit drop constraint credit_kind_check,
  add constraint credit_kind_check check (kind in ('receipt', 'credit-note', 'write-off', 'bill')),
  add column due_on date,
  add column collected_on date,
  add column void_cause text check (void_cause in ('mistake', 'returned'));
comment on column receivable.credit.due_on is 'Bills only: the day on which it falls due.';
comment on column receivable.credit.collected_on is 'Bills only: the day on which it was paid.';
comment on column receivable.credit.void_cause is
  'Returned: the payment bounced, the bill was dishonoured. Null counts as a mistake.';
alter table receivable.invoice add column segment text;
comment on column receivable.invoice.segment is 'The credit segment whose account it counts to.';
create index open_invoices_of_a_party on receivable.invoice (party_id, due_on) where open_minor > 0;
create index returned_payments on receivable.credit (party_id, voided_on)
  where void_cause = 'returned';
