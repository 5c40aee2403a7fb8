-- Written by `npm run schema` from what the migrations give; a test proves that they agree.
-- To change the schema add a file to db/migrations. "-- watched" stands for the triggers of
-- audit.watch, which record every change of the table.

create schema audit;

create table audit.change (
  "position" bigint generated always as identity not null,
  entry_id uuid not null,
  relation text not null,
  operation text not null,
  row_ids uuid[] not null,
  digests bytea,
  differences jsonb,
  constraint change_pkey PRIMARY KEY ("position"),
  constraint change_operation_check CHECK ((operation = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text])))
);
comment on table audit.change is 'The rows of one table that one statement touched, with the digest that each row then had.';
comment on column audit.change."position" is 'Grows in the order of the changes of any single row, since its lock is held meanwhile.';
comment on column audit.change.digests is 'SHA-256 of each row''s text, 32 bytes a row in the order of row_ids; null for deletions.';
comment on column audit.change.differences is 'Updates only: per row id the changed columns with the value before and after.';
alter table audit.change alter row_ids set storage external;
alter table audit.change alter digests set storage external;
CREATE INDEX changes_of_an_entry ON audit.change USING btree (entry_id, "position");
CREATE INDEX history_of_a_row ON audit.change USING gin (row_ids) WHERE (operation <> 'insert'::text);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.change FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

create table audit.entry (
  id uuid not null,
  recorded_at timestamptz default clock_timestamp() not null,
  written_by xid8 default pg_current_xact_id() not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  command text not null,
  subject text,
  input_hash bytea not null,
  details jsonb not null,
  request_id text,
  constraint entry_pkey PRIMARY KEY (id),
  constraint entry_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['person'::text, 'key'::text, 'operator'::text, 'system'::text])))
);
comment on table audit.entry is 'One row per command that changed something; never updated.';
comment on column audit.entry.written_by is 'The transaction; a seal covers all entries of transactions below its own mark.';
comment on column audit.entry.subject is 'What the command was about, such as a party''s id.';
comment on column audit.entry.input_hash is 'SHA-256 of the canonical input.';
CREATE INDEX acts_told_about_a_party ON audit.entry USING btree (subject, recorded_at) WHERE ((subject IS NOT NULL) AND (command = ANY (ARRAY['party.create'::text, 'party.change'::text, 'party.add-identifier'::text, 'party.remove-identifier'::text, 'party.add-name'::text, 'party.remove-name'::text, 'party.add-contact'::text, 'party.change-contact'::text, 'party.remove-contact'::text, 'party.add-bank-account'::text, 'party.remove-bank-account'::text, 'party.merge'::text, 'party.undo-merge'::text, 'rating.override'::text, 'rating.lift-override'::text, 'credit-account.open'::text, 'credit-account.change'::text, 'credit-account.set-limit'::text, 'credit-account.set-status'::text, 'credit-account.grant-temporary-limit'::text, 'credit-account.end-temporary-limit'::text, 'security.register'::text, 'security.end'::text, 'hold.ask'::text, 'hold.answer'::text, 'hold.reject'::text, 'order.amend'::text, 'order.cancel'::text, 'order.close'::text, 'order.confirm'::text, 'order.reopen'::text, 'order.return'::text, 'contract.record'::text, 'contract.change'::text, 'invoice.void'::text, 'credit.void'::text, 'bill.collect'::text, 'dispute.close'::text, 'indicator.record-facts'::text, 'indicator.record-statement'::text, 'document.remove'::text])));
CREATE INDEX entries_about_a_subject ON audit.entry USING btree (subject, recorded_at DESC) WHERE (subject IS NOT NULL);
CREATE INDEX entries_waiting_for_a_seal ON audit.entry USING btree (written_by);
CREATE INDEX latest_entries ON audit.entry USING btree (recorded_at DESC, id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

create table audit.seal (
  number bigint not null,
  sealed_at timestamptz not null,
  below xid8 not null,
  previous_hash bytea not null,
  entry_ids uuid[] not null,
  entry_hashes bytea[] not null,
  hash bytea not null,
  constraint seal_pkey PRIMARY KEY (number)
);
comment on table audit.seal is 'A batch of entries chained to the batch before it: hash = SHA-256(number, time, mark, previous hash, entry hashes).';
comment on column audit.seal.below is 'Every entry written by a transaction below this mark is in this seal or an earlier one.';
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit.seal FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

create table audit.watched (
  relation text not null,
  constraint watched_pkey PRIMARY KEY (relation)
);
comment on table audit.watched is 'The tables whose every change is recorded; each has a uuid id.';

CREATE OR REPLACE FUNCTION audit.current_entry()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  if coalesce(current_setting('xinheng.entry', true), '') = '' then
    raise exception 'a write outside a command'
      using hint = 'Every write passes through runCommand, which names the audit entry.';
  end if;
  return current_setting('xinheng.entry')::uuid;
end $function$;

CREATE OR REPLACE FUNCTION audit.digest_of(row_text text)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN sha256(convert_to(rtrim(row_text, ',)'::text), 'UTF8'::name));

CREATE OR REPLACE FUNCTION audit.entry_hash(entry audit.entry)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
AS $function$
  select sha256(
    convert_to(audit.text_of(entry::text), 'UTF8') || coalesce((
      select string_agg(audit.digest_of(c::text), ''::bytea order by c.position)
      from audit.change c where c.entry_id = entry.id), ''::bytea))
$function$;

CREATE OR REPLACE FUNCTION audit.record_delete()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into audit.change (entry_id, relation, operation, row_ids)
  select audit.current_entry(), tg_table_schema || '.' || tg_table_name, 'delete', array_agg(id)
  from old_rows having count(*) > 0;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION audit.record_insert()
 RETURNS trigger
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
AS $function$
begin
  insert into audit.change (entry_id, relation, operation, row_ids, digests)
  select audit.current_entry(), tg_table_schema || '.' || tg_table_name, 'insert',
    array_agg(id), string_agg(audit.digest_of(r::text), ''::bytea)
  from new_rows r having count(*) > 0;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION audit.record_update()
 RETURNS trigger
 LANGUAGE plpgsql
 SET "TimeZone" TO 'UTC'
 SET "DateStyle" TO 'ISO'
AS $function$
begin
  insert into audit.change (entry_id, relation, operation, row_ids, digests, differences)
  select audit.current_entry(), tg_table_schema || '.' || tg_table_name, 'update',
    array_agg(id), string_agg(digest, ''::bytea), jsonb_object_agg(id, difference)
  from (
    select n.id, audit.digest_of(n::text) as digest,
      (
        select coalesce(jsonb_object_agg(key, jsonb_build_array(before.value, after.value)), '{}')
        from jsonb_each(to_jsonb(o)) before join jsonb_each(to_jsonb(n)) after using (key)
        where before.value is distinct from after.value
      ) as difference,
      (row_number() over () - 1) / 10000 as part
    from new_rows n join old_rows o using (id)
  ) rows_with_digest
  group by part order by part;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION audit.refuse()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_schema || '.' || tg_table_name;
end $function$;

CREATE OR REPLACE FUNCTION audit.text_of(row_text text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN rtrim(row_text, ',)'::text);

CREATE OR REPLACE FUNCTION audit.watch(relation regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create trigger audit_insert after insert on %s referencing new table as new_rows
    for each statement execute function audit.record_insert()', relation);
  execute format('create trigger audit_update after update on %s referencing old table as old_rows
    new table as new_rows for each statement execute function audit.record_update()', relation);
  execute format('create trigger audit_delete after delete on %s referencing old table as old_rows
    for each statement execute function audit.record_delete()', relation);
  execute format('create trigger audit_truncate before truncate on %s
    for each statement execute function audit.refuse()', relation);
  insert into audit.watched values (
    (select nspname || '.' || relname from pg_class join pg_namespace n on n.oid = relnamespace
     where pg_class.oid = relation));
end $function$;
comment on function audit.watch(regclass) is 'Has every change of a table recorded, and none made unseen.';

create schema "check";

create table "check".decision (
  party_id uuid not null,
  id uuid not null,
  mode text not null,
  checkpoint text not null,
  outcome text not null,
  document_id uuid,
  number text,
  currency character(3) not null,
  amount_minor bigint not null,
  policy_id uuid not null,
  engine text not null,
  inputs text not null,
  result text not null,
  hash bytea not null,
  decided_for text not null,
  request_id text,
  recorded_at timestamptz default now() not null,
  constraint decision_pkey PRIMARY KEY (party_id, id),
  constraint decision_checkpoint_check CHECK ((checkpoint = ANY (ARRAY['order'::text, 'delivery'::text]))),
  constraint decision_mode_check CHECK ((mode = ANY (ARRAY['check'::text, 'reserve'::text]))),
  constraint decision_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'warned'::text, 'held'::text])))
);
-- watched
comment on table "check".decision is 'A credit check and all that it was made from; made again it gives the same bytes. party_id is who buys.';
comment on column "check".decision.hash is 'SHA-256 of policy, engine, inputs and result.';
comment on column "check".decision.decided_for is 'Who asked.';
alter table "check".decision alter inputs set storage external;
alter table "check".decision alter result set storage external;
CREATE INDEX decisions_about_a_document ON "check".decision USING btree (document_id, id) WHERE (document_id IS NOT NULL);

create table "check".hold (
  party_id uuid not null,
  id uuid not null,
  document_kind text not null,
  document_id uuid not null,
  number text not null,
  checkpoint text not null,
  decision_id uuid not null,
  account_party_id uuid not null,
  account_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  rules text[] not null,
  priority integer default 5 not null,
  owner text not null,
  requested_by text not null,
  salesperson text,
  state text not null,
  question text,
  answer text,
  opened_at timestamptz default now() not null,
  closed_at timestamptz,
  closed_by text,
  close_reason text,
  asked_by text,
  asked_at timestamptz,
  answered_by text,
  answered_at timestamptz,
  constraint hold_pkey PRIMARY KEY (party_id, id),
  constraint hold_checkpoint_check CHECK ((checkpoint = ANY (ARRAY['order'::text, 'delivery'::text]))),
  constraint hold_document_kind_check CHECK ((document_kind = ANY (ARRAY['order'::text, 'reservation'::text]))),
  constraint hold_priority_check CHECK (((priority >= 1) AND (priority <= 9))),
  constraint hold_state_check CHECK ((state = ANY (ARRAY['open'::text, 'asked'::text, 'released'::text, 'rejected'::text, 'withdrawn'::text, 'superseded'::text])))
);
-- watched
comment on table "check".hold is 'A document that must wait, from its check to its end.';
comment on column "check".hold.account_id is 'The charged account, of account_party_id: what frees room there has the hold looked at again.';
comment on column "check".hold.owner is 'Who is to deal with it: a role or a person''s name.';
CREATE INDEX holds_by_opening ON "check".hold USING btree (opened_at);
CREATE INDEX holds_by_their_end ON "check".hold USING btree (closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX holds_of_a_document ON "check".hold USING btree (document_id, opened_at);
CREATE INDEX holds_of_a_party_by_opening ON "check".hold USING btree (party_id, opened_at);
CREATE UNIQUE INDEX one_open_hold_per_document ON "check".hold USING btree (document_id, checkpoint) WHERE (state = ANY (ARRAY['open'::text, 'asked'::text]));
CREATE INDEX open_holds ON "check".hold USING btree (opened_at, id) WHERE (state = ANY (ARRAY['open'::text, 'asked'::text]));
CREATE INDEX open_holds_of_a_party ON "check".hold USING btree (party_id) WHERE (state = ANY (ARRAY['open'::text, 'asked'::text]));
CREATE INDEX open_holds_of_an_account ON "check".hold USING btree (account_id, priority, opened_at) WHERE (state = ANY (ARRAY['open'::text, 'asked'::text]));
CREATE TRIGGER touch_delete AFTER DELETE ON "check".hold REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON "check".hold REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON "check".hold REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create table "check".release (
  party_id uuid not null,
  id uuid not null,
  hold_id uuid not null,
  document_id uuid not null,
  currency character(3) not null,
  up_to_minor bigint not null,
  until_on date,
  reason text not null,
  cause text not null,
  released_by text not null,
  authority text not null,
  ended_on date,
  recorded_at timestamptz default now() not null,
  recalled_at timestamptz,
  recalled_by text,
  recall_reason text,
  constraint release_pkey PRIMARY KEY (party_id, id),
  constraint release_cause_check CHECK ((cause = ANY (ARRAY['person'::text, 'room'::text]))),
  constraint release_recalled_whole CHECK ((((recalled_at IS NULL) = (recalled_by IS NULL)) AND ((recalled_at IS NULL) = (recall_reason IS NULL)))),
  constraint release_up_to_minor_check CHECK ((up_to_minor > 0))
);
-- watched
comment on table "check".release is 'Lets a document pass up to an amount, once or until a day, although rules fired.';
comment on column "check".release.until_on is 'Null: for this one time.';
comment on column "check".release.authority is 'By what right: the role and its amount.';
comment on column "check".release.recalled_at is 'It was taken back then, and the document waits again; null for others, ended or not.';
CREATE INDEX recalled_releases_of_a_party ON "check".release USING btree (party_id, recalled_at) WHERE (recalled_at IS NOT NULL);
CREATE INDEX releases_of_a_document ON "check".release USING btree (document_id) WHERE (ended_on IS NULL);
CREATE INDEX releases_of_a_party ON "check".release USING btree (party_id, recorded_at);

create table "check".reservation (
  party_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  segment text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  committed_minor bigint,
  state text not null,
  requested_on date,
  expires_at timestamptz,
  decision_id uuid,
  recorded_at timestamptz default now() not null,
  resolved_at timestamptz,
  constraint reservation_pkey PRIMARY KEY (party_id, id),
  constraint reservation_amount_minor_check CHECK ((amount_minor > 0)),
  constraint reservation_check CHECK (((committed_minor >= 0) AND (committed_minor <= amount_minor))),
  constraint reservation_state_check CHECK ((state = ANY (ARRAY['held'::text, 'open'::text, 'committed'::text, 'released'::text, 'expired'::text])))
);
-- watched
comment on table "check".reservation is 'What became of room kept for a document of another system. One that is simply open has no row: it is the position of its document in exposure.';
comment on column "check".reservation.id is 'Made of the party and the number of the document, so that a document has one reservation.';

create schema company;

create table company.company (
  id uuid not null,
  name text not null,
  base_currency character(3) not null,
  base_currency_chosen boolean default false not null,
  time_zone text not null,
  created_at timestamptz default now() not null,
  constraint company_pkey PRIMARY KEY (id)
);
-- watched
comment on table company.company is 'The company group this database belongs to: exactly one row.';
comment on column company.company.base_currency_chosen is 'False until somebody or the first import says it; then a later import never changes it.';
CREATE UNIQUE INDEX one_company ON company.company USING btree ((true));
CREATE TRIGGER touch_valued AFTER UPDATE ON company.company FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_valued();

create table company.exchange_rate (
  id uuid not null,
  from_currency character(3) not null,
  to_currency character(3) not null,
  rate_on date not null,
  rate numeric(24,12) not null,
  source text not null,
  recorded_at timestamptz default now() not null,
  constraint exchange_rate_pkey PRIMARY KEY (id),
  constraint one_rate_per_day_and_source UNIQUE (from_currency, to_currency, rate_on, source),
  constraint exchange_rate_check CHECK ((to_currency <> from_currency)),
  constraint exchange_rate_rate_check CHECK ((rate > (0)::numeric))
);
-- watched
comment on table company.exchange_rate is 'How many units of to_currency one of from_currency is.';
CREATE TRIGGER touch_valued AFTER INSERT OR DELETE OR UPDATE ON company.exchange_rate FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_valued();

create schema customer;

create table customer.line (
  party_id uuid not null,
  code text collate "C" not null,
  name text not null,
  sort_name text collate "C" not null,
  short_name text,
  roles text[] not null,
  industry text collate "C",
  region text collate "C",
  department text collate "C",
  salesperson text collate "C",
  closed_on date,
  grade text collate "C",
  score_hundredths integer,
  rated_on date,
  status text not null,
  open_holds integer not null,
  currency character(3) not null,
  limit_minor bigint,
  limit_to_on date,
  exposure_minor bigint,
  available_minor bigint,
  utilisation_bps bigint,
  open_minor bigint,
  overdue_minor bigint,
  overdue_since_on date,
  base_currency character(3) not null,
  base_limit_minor bigint,
  base_exposure_minor bigint,
  base_available_minor bigint,
  base_open_minor bigint,
  base_overdue_minor bigint,
  uses_rates boolean not null,
  changes_on date,
  reckoned_at timestamptz default now() not null,
  constraint line_pkey PRIMARY KEY (party_id)
);
comment on table customer.line is 'A party as the list of customers shows it: what the rooms below know of it, reckoned anew whenever one of them changes something, proved by customer verify. Merged duplicates count to their survivor.';
comment on column customer.line.exposure_minor is 'Of its own account; null where a rate is missing.';
comment on column customer.line.available_minor is 'The limit with temporary ones, less the exposure.';
comment on column customer.line.overdue_since_on is 'The earliest due day that has passed with something open.';
comment on column customer.line.uses_rates is 'Whether another rate changes it.';
comment on column customer.line.changes_on is 'The day from which on other figures hold although nothing happens: something falls due, a rate or temporary limit turns.';
CREATE INDEX lines_by_closing_day ON customer.line USING btree (closed_on, party_id) WHERE (closed_on IS NOT NULL);
CREATE INDEX lines_by_code ON customer.line USING btree (code, party_id);
CREATE INDEX lines_by_currency ON customer.line USING btree (((currency)::text), party_id);
CREATE INDEX lines_by_days_overdue ON customer.line USING btree ((('9999-12-31'::date - overdue_since_on)), party_id) WHERE (overdue_since_on IS NOT NULL);
CREATE INDEX lines_by_department ON customer.line USING btree (department, party_id) WHERE (department IS NOT NULL);
CREATE INDEX lines_by_end_of_limit ON customer.line USING btree (limit_to_on, party_id) WHERE (limit_to_on IS NOT NULL);
CREATE INDEX lines_by_exposure ON customer.line USING btree (COALESCE(base_exposure_minor, ('-1'::integer)::bigint), party_id);
CREATE INDEX lines_by_grade ON customer.line USING btree (grade, party_id);
CREATE INDEX lines_by_headroom ON customer.line USING btree (base_available_minor, party_id) WHERE (base_available_minor IS NOT NULL);
CREATE INDEX lines_by_industry ON customer.line USING btree (industry, party_id) WHERE (industry IS NOT NULL);
CREATE INDEX lines_by_limit ON customer.line USING btree (base_limit_minor, party_id) WHERE (base_limit_minor IS NOT NULL);
CREATE INDEX lines_by_name ON customer.line USING btree (sort_name, party_id);
CREATE INDEX lines_by_open_holds ON customer.line USING btree (open_holds, party_id) WHERE (open_holds > 0);
CREATE INDEX lines_by_open_items ON customer.line USING btree (base_open_minor, party_id) WHERE (base_open_minor IS NOT NULL);
CREATE INDEX lines_by_overdue ON customer.line USING btree (COALESCE(base_overdue_minor, ('-1'::integer)::bigint), party_id);
CREATE INDEX lines_by_rating_day ON customer.line USING btree (rated_on, party_id) WHERE (rated_on IS NOT NULL);
CREATE INDEX lines_by_region ON customer.line USING btree (region, party_id) WHERE (region IS NOT NULL);
CREATE INDEX lines_by_salesperson ON customer.line USING btree (salesperson, party_id) WHERE (salesperson IS NOT NULL);
CREATE INDEX lines_by_score ON customer.line USING btree (score_hundredths, party_id) WHERE (score_hundredths IS NOT NULL);
CREATE INDEX lines_by_short_name ON customer.line USING btree (short_name, party_id) WHERE (short_name IS NOT NULL);
CREATE INDEX lines_by_status ON customer.line USING btree (status, party_id) WHERE (status <> 'open'::text);
CREATE INDEX lines_by_utilisation ON customer.line USING btree (utilisation_bps, party_id) WHERE (utilisation_bps IS NOT NULL);
CREATE INDEX lines_that_change ON customer.line USING btree (changes_on) WHERE (changes_on IS NOT NULL);

create table customer.saved_view (
  id uuid not null,
  person_id text not null,
  person_name text not null,
  page text not null,
  name text not null,
  query text not null,
  is_shared boolean not null,
  created_at timestamptz default now() not null,
  changed_at timestamptz default now() not null,
  constraint saved_view_pkey PRIMARY KEY (id),
  constraint saved_view_person_id_page_name_key UNIQUE (person_id, page, name)
);
-- watched
comment on table customer.saved_view is 'A list as somebody wants to see it again: the query of its URL under a name.';
CREATE INDEX shared_views ON customer.saved_view USING btree (page, name) WHERE is_shared;

create schema exposure;

create table exposure.account (
  party_id uuid not null,
  id uuid not null,
  level text not null,
  segment text collate "C" default ''::text not null,
  currency character(3) not null,
  charged_party_id uuid not null,
  above_party_ids uuid[] default '{}'::uuid[] not null,
  above_ids uuid[] default '{}'::uuid[] not null,
  limit_minor bigint,
  limit_from_on date,
  limit_to_on date,
  review_on date,
  terms text,
  limit_source text,
  limit_reason text,
  limit_id uuid,
  tolerance_bps integer,
  discount_bps integer,
  status text default 'open'::text not null,
  status_reason text,
  status_by text,
  status_at timestamptz,
  grade text,
  dunning_level integer default 0 not null,
  created_at timestamptz default now() not null,
  constraint account_pkey PRIMARY KEY (party_id, id),
  constraint one_account_per_level UNIQUE (party_id, level, segment),
  constraint account_check CHECK (((segment <> ''::text) = (level = 'segment'::text))),
  constraint account_check1 CHECK ((limit_to_on >= limit_from_on)),
  constraint account_discount_bps_check CHECK (((discount_bps >= 0) AND (discount_bps <= 10000))),
  constraint account_dunning_level_check CHECK (((dunning_level >= 0) AND (dunning_level <= 99))),
  constraint account_level_check CHECK ((level = ANY (ARRAY['segment'::text, 'party'::text, 'group'::text]))),
  constraint account_limit_minor_check CHECK ((limit_minor >= 0)),
  constraint account_limit_source_check CHECK ((limit_source = ANY (ARRAY['policy'::text, 'manual'::text]))),
  constraint account_status_check CHECK ((status = ANY (ARRAY['open'::text, 'watch'::text, 'blocked'::text, 'frozen'::text]))),
  constraint account_tolerance_bps_check CHECK (((tolerance_bps >= 0) AND (tolerance_bps <= 10000)))
);
-- watched
comment on table exposure.account is 'A credit account: of a party, of one of its credit segments, or of the group that a party heads.';
comment on column exposure.account.charged_party_id is 'Whose limit and conduct decide: the party itself, its payer, or what it was merged into.';
comment on column exposure.account.above_ids is 'The accounts that count this one''s documents too, nearest first; above_party_ids are theirs.';
comment on column exposure.account.limit_minor is 'The standing limit; null: none was ever granted.';
comment on column exposure.account.limit_id is 'The decision in "limit".credit_limit behind it.';
comment on column exposure.account.grade is 'The latest rating''s grade, as scoring told it.';
CREATE INDEX accounts_below_an_account ON exposure.account USING gin (above_ids);
CREATE INDEX accounts_charged_to_a_party ON exposure.account USING btree (charged_party_id);
CREATE INDEX accounts_in_order ON exposure.account USING btree (id) INCLUDE (party_id);
CREATE INDEX accounts_of_a_status ON exposure.account USING btree (status, id) WHERE (status <> 'open'::text);
CREATE INDEX accounts_to_review ON exposure.account USING btree (LEAST(review_on, limit_to_on), id) WHERE (limit_minor IS NOT NULL);
CREATE TRIGGER touch_delete AFTER DELETE ON exposure.account REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON exposure.account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON exposure.account REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create table exposure.balance (
  party_id uuid not null,
  account_id uuid not null,
  currency character(3) not null,
  order_minor bigint default 0 not null,
  delivered_minor bigint default 0 not null,
  invoiced_minor bigint default 0 not null,
  bill_minor bigint default 0 not null,
  prepayment_minor bigint default 0 not null,
  letter_of_credit_minor bigint default 0 not null,
  insured_minor bigint default 0 not null,
  collateral_minor bigint default 0 not null,
  open_holds integer default 0 not null,
  constraint balance_pkey PRIMARY KEY (party_id, account_id, currency)
) with (fillfactor=50);
comment on table exposure.balance is 'What stands at each stage now: the fold of the entries of the account and of those below it. The row of the account''s own currency is its lock.';
comment on column exposure.balance.open_holds is 'Documents of the account that wait for room: what lowers its exposure has them looked at again.';
CREATE TRIGGER touch_delete AFTER DELETE ON exposure.balance REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON exposure.balance REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON exposure.balance REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create table exposure.entry (
  party_id uuid not null,
  account_id uuid not null,
  id uuid not null,
  stage text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  document_kind text not null,
  document_id uuid not null,
  number text not null,
  cause text not null,
  effective_on date not null,
  decision_id uuid,
  recorded_at timestamptz default now() not null,
  constraint entry_pkey PRIMARY KEY (party_id, account_id, id),
  constraint entry_amount_minor_check CHECK ((amount_minor <> 0)),
  constraint entry_stage_check CHECK ((stage = ANY (ARRAY['order'::text, 'delivered'::text, 'invoiced'::text, 'bill'::text, 'prepayment'::text, 'letter-of-credit'::text, 'insured'::text, 'collateral'::text])))
);
-- watched
comment on table exposure.entry is 'The ledger: what came to a stage of an account, or left it (negative). Never changed. An import is one entry per account, stage and currency.';
comment on column exposure.entry.decision_id is 'The credit check that let it in, in "check".decision.';
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON exposure.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

create table exposure."position" (
  party_id uuid not null,
  document_id uuid not null,
  stage text not null,
  account_id uuid not null,
  document_kind text not null,
  number text collate "C" not null,
  order_number text collate "C",
  currency character(3) not null,
  amount_minor bigint not null,
  ship_on date,
  expires_at timestamptz,
  constraint position_pkey PRIMARY KEY (party_id, document_id, stage),
  constraint position_amount_minor_check CHECK ((amount_minor > 0)),
  constraint position_document_kind_check CHECK ((document_kind = ANY (ARRAY['order'::text, 'delivery'::text, 'reservation'::text]))),
  constraint position_stage_check CHECK ((stage = ANY (ARRAY['order'::text, 'delivered'::text])))
);
comment on table exposure."position" is 'What an order, delivery or reservation counts with now: the fold of its entries. Invoices and credits count with what is open of them in receivable.';
CREATE INDEX positions_of_an_order ON exposure."position" USING btree (party_id, order_number) WHERE (order_number IS NOT NULL);
CREATE INDEX reservations_by_their_end ON exposure."position" USING btree (expires_at) WHERE (expires_at IS NOT NULL);

create table exposure.relief (
  party_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  document_id uuid not null,
  document_kind text not null,
  stage text not null,
  number text not null,
  order_number text not null,
  segment text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  ship_on date,
  reversed_on date,
  recorded_at timestamptz default now() not null,
  constraint relief_pkey PRIMARY KEY (party_id, id),
  constraint relief_amount_minor_check CHECK ((amount_minor > 0)),
  constraint relief_document_kind_check CHECK ((document_kind = ANY (ARRAY['order'::text, 'delivery'::text, 'reservation'::text]))),
  constraint relief_stage_check CHECK ((stage = ANY (ARRAY['order'::text, 'delivered'::text])))
);
-- watched
comment on table exposure.relief is 'What an invoice took over from the deliveries and orders it bills; given back when it is voided.';
comment on column exposure.relief.invoice_id is 'The invoice, or the import that brought several.';
CREATE INDEX reliefs_by_an_invoice ON exposure.relief USING btree (party_id, invoice_id);
CREATE INDEX reliefs_of_a_document ON exposure.relief USING btree (party_id, document_id) WHERE (reversed_on IS NULL);

create table exposure.security (
  party_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  kind text not null,
  number text not null,
  issuer text,
  currency character(3) not null,
  face_minor bigint not null,
  share_bps integer not null,
  counted_minor bigint not null,
  from_on date not null,
  to_on date not null,
  note text,
  counts_since_on date,
  ended_on date,
  end_reason text,
  recorded_by text not null,
  recorded_at timestamptz default now() not null,
  constraint security_pkey PRIMARY KEY (party_id, id),
  constraint security_number_once UNIQUE (party_id, kind, number),
  constraint security_check CHECK ((to_on >= from_on)),
  constraint security_counted_minor_check CHECK ((counted_minor > 0)),
  constraint security_face_minor_check CHECK ((face_minor > 0)),
  constraint security_kind_check CHECK ((kind = ANY (ARRAY['letter-of-credit'::text, 'insured'::text, 'collateral'::text]))),
  constraint security_share_bps_check CHECK (((share_bps >= 1) AND (share_bps <= 10000))),
  constraint security_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table exposure.security is 'What covers a part of the exposure: a confirmed letter of credit, insured cover, collateral.';
comment on column exposure.security.share_bps is 'What of the face amount counts: the insured percentage, or what the haircut leaves.';
comment on column exposure.security.counts_since_on is 'Null until from_on has come.';
CREATE INDEX securities_in_force ON exposure.security USING btree (to_on) WHERE (ended_on IS NULL);

create table exposure.ship_day (
  party_id uuid not null,
  account_id uuid not null,
  currency character(3) not null,
  ship_on date not null,
  order_minor bigint not null,
  constraint ship_day_pkey PRIMARY KEY (party_id, account_id, currency, ship_on)
);
comment on table exposure.ship_day is 'The part of order_minor that is to be shipped on a day, for horizons: bounded by days.';

create table exposure.temporary_limit (
  party_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  from_on date not null,
  to_on date not null,
  reason text not null,
  granted_by text not null,
  ended_on date,
  ended_by text,
  recorded_at timestamptz default now() not null,
  constraint temporary_limit_pkey PRIMARY KEY (party_id, id),
  constraint temporary_limit_amount_minor_check CHECK ((amount_minor > 0)),
  constraint temporary_limit_check CHECK ((to_on >= from_on))
);
-- watched
comment on table exposure.temporary_limit is 'An amount on top of the standing limit, for some days.';
CREATE INDEX temporary_limits_of_a_party ON exposure.temporary_limit USING btree (party_id, to_on) WHERE (ended_on IS NULL);
CREATE TRIGGER touch_delete AFTER DELETE ON exposure.temporary_limit REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON exposure.temporary_limit REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON exposure.temporary_limit REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create schema file;

create table file.document (
  party_id uuid not null,
  id uuid not null,
  category text not null,
  title text not null,
  valid_to_on date,
  file_name text not null,
  media_type text not null,
  bytes bigint not null,
  sha256 bytea not null,
  uploaded_by text not null,
  recorded_at timestamptz default now() not null,
  removed_at timestamptz,
  removed_by text,
  remove_reason text,
  constraint document_pkey PRIMARY KEY (party_id, id),
  constraint document_bytes_check CHECK ((bytes > 0)),
  constraint document_category_check CHECK ((category = ANY (ARRAY['licence'::text, 'contract'::text, 'statement'::text, 'other'::text]))),
  constraint document_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200))),
  constraint document_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table file.document is 'A licence, contract, statement or other paper. A removed one keeps its row and hash, not its bytes.';
comment on column file.document.media_type is 'As its content shows, whatever its name says.';
CREATE INDEX documents_of_a_party ON file.document USING btree (party_id, recorded_at) WHERE (removed_at IS NULL);

create table file.document_part (
  party_id uuid not null,
  document_id uuid not null,
  number integer not null,
  bytes bytea not null,
  constraint document_part_pkey PRIMARY KEY (party_id, document_id, number),
  constraint document_part_party_id_document_id_fkey FOREIGN KEY (party_id, document_id) REFERENCES file.document(party_id, id)
);
comment on table file.document_part is 'The content of a document in pieces, proved by its hash; so one backup holds everything and no crash leaves half a file.';
alter table file.document_part alter bytes set storage external;

create table file.note (
  party_id uuid not null,
  id uuid not null,
  body text not null,
  audience text not null,
  mentioned_ids uuid[] not null,
  author_id text not null,
  author_name text not null,
  recorded_at timestamptz default now() not null,
  edited_at timestamptz,
  removed_at timestamptz,
  removed_by text,
  constraint note_pkey PRIMARY KEY (party_id, id),
  constraint note_audience_check CHECK ((audience = ANY (ARRAY['all'::text, 'credit'::text]))),
  constraint note_body_check CHECK (((length(body) >= 1) AND (length(body) <= 4000))),
  constraint note_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table file.note is 'What people tell each other about a party. A removed one keeps its row; its words stay in the audit trail only.';
comment on column file.note.audience is 'credit: only who decides on credit, and its author, reads it.';
comment on column file.note.mentioned_ids is 'The persons named in it by @login.';
comment on column file.note.author_id is 'A person or an API key.';
CREATE INDEX notes_of_a_party ON file.note USING btree (party_id, recorded_at) WHERE (removed_at IS NULL);

create schema import;

create table import.batch (
  id uuid not null,
  kind text not null,
  file_name text not null,
  file_hash bytea not null,
  file_bytes bigint not null,
  options jsonb not null,
  staged_rows bigint default 0 not null,
  state text not null,
  reading jsonb not null,
  counts jsonb not null,
  sums jsonb not null,
  notes jsonb not null,
  created_by text not null,
  created_at timestamptz default now() not null,
  applied_at timestamptz,
  undone_at timestamptz,
  undone_by text,
  problems jsonb,
  job_id uuid,
  constraint batch_pkey PRIMARY KEY (id),
  constraint batch_kind_check CHECK ((kind = ANY (ARRAY['parties'::text, 'invoices'::text, 'receipts'::text, 'statements'::text]))),
  constraint batch_state_check CHECK ((state = ANY (ARRAY['uploaded'::text, 'checked'::text, 'applied'::text, 'undone'::text, 'abandoned'::text])))
);
-- watched
comment on table import.batch is 'One file that was checked and, perhaps, taken.';
comment on column import.batch.options is 'What the person said about the file: columns, currency.';
comment on column import.batch.staged_rows is 'Lines in its staging table; fewer there mean that a crash emptied it.';
comment on column import.batch.reading is 'How it was read: encoding, delimiter, columns, dates.';
comment on column import.batch.problems is 'Its bad rows by what is wrong with them.';
comment on column import.batch.job_id is 'The job that checks or checked it, where one did.';
CREATE INDEX batches_of_a_file ON import.batch USING btree (file_hash);
CREATE INDEX latest_batches ON import.batch USING btree (created_at DESC, id);

create table import.mapping (
  id uuid not null,
  kind text not null,
  headers_hash bytea not null,
  columns jsonb not null,
  created_by text not null,
  created_at timestamptz default now() not null,
  constraint mapping_pkey PRIMARY KEY (id),
  constraint one_mapping_per_layout UNIQUE (kind, headers_hash)
);
-- watched
comment on table import.mapping is 'Columns as a person named them, for the next file like it.';

create table import.rejected_row (
  batch_id uuid not null,
  row_number bigint not null,
  cells jsonb not null,
  problems jsonb not null,
  constraint rejected_row_pkey PRIMARY KEY (batch_id, row_number),
  constraint rejected_row_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import.batch(id)
);
comment on table import.rejected_row is 'Rows that were not taken, as they were, with the reasons.';

create table import.replaced_party (
  batch_id uuid not null,
  party_id uuid not null,
  before jsonb not null,
  after jsonb not null,
  constraint replaced_party_pkey PRIMARY KEY (batch_id, party_id),
  constraint replaced_party_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import.batch(id)
);
comment on table import.replaced_party is 'What a list of parties changed in one that was there, so that the batch can be undone.';

create table import.staged_invoice (
  row_number bigint not null,
  ref integer,
  code text collate "C",
  name text collate "C",
  name_key text collate "C",
  credit_code text collate "C",
  is_credit_note boolean,
  number text collate "C",
  currency character(3),
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
comment on table import.staged_invoice is 'Rows of a file of invoices. Bad ones have problems; one below 0 introduces a customer by ref.';
comment on column import.staged_invoice.settled_minor is 'How much of it the file says is paid; null where it says nothing.';

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

create table import.staged_receipt (
  row_number bigint not null,
  ref integer,
  code text collate "C",
  name text collate "C",
  name_key text collate "C",
  credit_code text collate "C",
  number text collate "C",
  currency character(3),
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
comment on table import.staged_record is 'Rows of a file of parties or statements: what names the party, and what is kept as a record.';

create table import.verdict (
  row_number bigint not null,
  kind text not null,
  target_id uuid,
  code text,
  facts jsonb,
  constraint verdict_kind_check CHECK ((kind = ANY (ARRAY['repeated'::text, 'unchanged'::text, 'update'::text, 'bad'::text])))
);
comment on table import.verdict is 'Rows that are not simply new: said already, there already, there and changed since, or bad.';
comment on column import.verdict.target_id is 'The row of the ledger that it agrees with.';
comment on column import.verdict.code is 'What is wrong with a bad row; facts fill the sentence.';

create schema indicator;

create table indicator.fact (
  party_id uuid not null,
  id uuid not null,
  indicator text not null,
  value text,
  currency character(3),
  effective_on date not null,
  recorded_at timestamptz default now() not null,
  source text not null,
  recorded_by text not null,
  constraint fact_pkey PRIMARY KEY (party_id, id),
  constraint fact_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table indicator.fact is 'Single values that people or outside sources told: as of a day the latest effective one, and of equals the latest recorded one, counts.';
comment on column indicator.fact.value is 'A decimal or a text; null: known to be unknown again.';
CREATE INDEX fact_as_of_a_day ON indicator.fact USING btree (party_id, indicator, effective_on DESC, recorded_at DESC);

create table indicator.snapshot (
  party_id uuid not null,
  id uuid not null,
  as_of_on date not null,
  currency character(3) not null,
  recorded_at timestamptz default now() not null,
  overdue_days_now bigint,
  worst_overdue_days_12m bigint,
  overdue_days_weighted_now bigint,
  late_share_12m bigint,
  late_share_amount_12m bigint,
  late_share_smoothed bigint,
  average_days_late bigint,
  last_5_late_share bigint,
  judged_invoice_count bigint,
  days_beyond_terms_6m bigint,
  days_beyond_terms_trend bigint,
  days_to_pay_12m bigint,
  payments_count_6m bigint,
  receipts_6m bigint,
  balance_now bigint,
  overdue_amount_now bigint,
  unapplied_credits_now bigint,
  overdue_share_now bigint,
  overdue_share_over_60 bigint,
  limit_utilisation_now bigint,
  limit_utilisation_peak_3m bigint,
  sales_3m bigint,
  sales_12m bigint,
  sales_trend bigint,
  average_monthly_sales_12m bigint,
  largest_invoice_12m bigint,
  concentration_12m bigint,
  invoice_count_12m bigint,
  order_count_12m bigint,
  returns_rate_12m bigint,
  credit_notes_share_12m bigint,
  write_offs_24m bigint,
  relationship_months bigint,
  months_since_last_sale bigint,
  disputes_per_100_invoices_12m bigint,
  open_disputes_now bigint,
  broken_promises_12m bigint,
  amounts_without_rate bigint,
  current_ratio bigint,
  quick_ratio bigint,
  debt_to_assets bigint,
  gross_margin bigint,
  net_margin bigint,
  return_on_assets bigint,
  interest_cover bigint,
  operating_cash_to_current_liabilities bigint,
  revenue_growth bigint,
  equity bigint,
  altman_z2 bigint,
  altman_z2_zone text,
  zmijewski bigint,
  zmijewski_zone text,
  years_in_business bigint,
  registered_capital bigint,
  dishonest_debtor bigint,
  business_status_abnormal bigint,
  bankruptcy_filed bigint,
  definitions_id uuid,
  custom jsonb,
  industry text,
  department text,
  region text,
  constraint snapshot_pkey PRIMARY KEY (party_id, as_of_on, id)
);
-- watched
comment on table indicator.snapshot is 'All indicators of a party as of a day, whole numbers of the smallest unit each indicator names (kernel/indicator); money in the account currency beside it. The latest recorded one counts.';
comment on column indicator.snapshot.definitions_id is 'Version of the formulas that gave custom, in policy.version; null where none was published.';
comment on column indicator.snapshot.custom is 'Values of the indicators that formulas define, by id: decimals and texts, null where missing.';

create table indicator.statement (
  party_id uuid not null,
  id uuid not null,
  closed_on date not null,
  months smallint not null,
  currency character(3) not null,
  lines jsonb not null,
  known_on date not null,
  source text not null,
  import_batch_id uuid,
  recorded_by text not null,
  recorded_at timestamptz default now() not null,
  constraint statement_pkey PRIMARY KEY (party_id, id),
  constraint statement_check CHECK ((known_on >= closed_on)),
  constraint statement_months_check CHECK (((months >= 1) AND (months <= 18))),
  constraint statement_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table indicator.statement is 'Financial statements; a later record of the same period replaces an earlier one.';
comment on column indicator.statement.lines is 'Line id to whole minor units as text.';
comment on column indicator.statement.known_on is 'The day we came to have it: not used before.';
CREATE INDEX statement_of_a_period ON indicator.statement USING btree (party_id, closed_on DESC, recorded_at DESC);

create schema "limit";

create table "limit".credit_limit (
  party_id uuid not null,
  id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  terms text not null,
  granted_on date not null,
  from_on date not null,
  to_on date not null,
  review_on date not null,
  policy_ids uuid[] not null,
  engine text not null,
  inputs text not null,
  outcome text not null,
  hash bytea not null,
  decided_by text not null,
  recorded_at timestamptz default now() not null,
  constraint credit_limit_pkey PRIMARY KEY (party_id, from_on, id),
  constraint credit_limit_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint credit_limit_check CHECK ((to_on >= from_on))
);
-- watched
comment on table "limit".credit_limit is 'A limit that holds from a day on and how it came about; the latest that has begun counts, and of one day the latest recorded. No foreign keys: see receivable.';
comment on column "limit".credit_limit.granted_on is 'Since when the amount is what it is.';
comment on column "limit".credit_limit.policy_ids is 'Versions of limit policy and rating scale.';
comment on column "limit".credit_limit.hash is 'SHA-256 of policies, engine, inputs and outcome.';

create schema model;

create table model.monitoring (
  id uuid not null,
  as_of_on date not null,
  result jsonb not null,
  recorded_at timestamptz default now() not null,
  constraint monitoring_pkey PRIMARY KEY (id)
);
-- watched
comment on table model.monitoring is 'Once a month, or when somebody asks: who falls where now and then, what was told and what came, and what people overrule.';
CREATE INDEX monitoring_by_day ON model.monitoring USING btree (as_of_on DESC, recorded_at DESC);

create table model.training_table (
  id uuid not null,
  file_name text not null,
  file_hash bytea not null,
  rows integer not null,
  columns jsonb not null,
  uploaded_by text not null,
  recorded_at timestamptz default now() not null,
  constraint training_table_pkey PRIMARY KEY (id),
  constraint training_table_rows_check CHECK ((rows > 0))
);
-- watched
comment on table model.training_table is 'A table that somebody uploaded to train a model on. Its rows are kept for a month.';
comment on column model.training_table.file_hash is 'SHA-256 of the file as it came.';
comment on column model.training_table.columns is 'Name, kind and some values of each column.';
CREATE INDEX training_tables_by_time ON model.training_table USING btree (recorded_at DESC, id);

create schema notice;

create table notice.mail (
  id uuid not null,
  notice_id uuid not null,
  to_address text not null,
  state text default 'waiting'::text not null,
  attempts integer default 0 not null,
  last_error text,
  created_at timestamptz default now() not null,
  sent_at timestamptz,
  constraint mail_pkey PRIMARY KEY (id),
  constraint mail_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'failed'::text]))),
  constraint mail_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice.notice(id)
);
comment on table notice.mail is 'Mail with a notice, queued in the transaction that tells it, sent after that has been committed.';
CREATE INDEX unsent_mail ON notice.mail USING btree (id) WHERE (state <> 'sent'::text);

create table notice.notice (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  about_party_id uuid,
  subject_zh text not null,
  subject_en text not null,
  body_zh text not null,
  body_en text not null,
  path text,
  in_app boolean not null,
  created_at timestamptz default now() not null,
  read_at timestamptz,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_person_id_fkey FOREIGN KEY (person_id) REFERENCES "user".person(id)
);
comment on table notice.notice is 'What one person was told, once per person and occasion.';
comment on column notice.notice.in_app is 'False: told by mail alone, as the person prefers.';
CREATE INDEX digests_of_a_person ON notice.notice USING btree (person_id, id) WHERE (kind = 'digest'::text);
CREATE INDEX notices_of_a_person ON notice.notice USING btree (person_id, id) WHERE in_app;
CREATE INDEX unread_notices_of_a_person ON notice.notice USING btree (person_id, id) WHERE (in_app AND (read_at IS NULL));

create table notice.preference (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  in_app boolean not null,
  by_email boolean not null,
  in_digest boolean,
  constraint preference_pkey PRIMARY KEY (person_id, kind),
  constraint preference_person_id_fkey FOREIGN KEY (person_id) REFERENCES "user".person(id)
);
-- watched
comment on table notice.preference is 'Where a kind of notice reaches a person; a kind without a row reaches them in both ways.';
comment on column notice.preference.in_digest is 'By e-mail too, once a day together with the rest; null: not.';

create schema "order";

create table "order".contract (
  party_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  title text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  signed_on date not null,
  from_on date not null,
  to_on date,
  terms text,
  note text,
  ended_on date,
  end_reason text,
  recorded_at timestamptz default now() not null,
  constraint contract_pkey PRIMARY KEY (party_id, id),
  constraint contract_number_once UNIQUE (party_id, number),
  constraint contract_amount_minor_check CHECK ((amount_minor > 0)),
  constraint contract_check CHECK ((to_on >= from_on)),
  constraint contract_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table "order".contract is 'What was agreed for a time and is called off by orders. ended_on null: it is open.';
CREATE UNIQUE INDEX contract_by_id ON "order".contract USING btree (id);
CREATE INDEX contracts_by_signing ON "order".contract USING btree (signed_on, id);

create table "order".delivery (
  party_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  amount_minor bigint not null,
  delivered_on date not null,
  recorded_at timestamptz default now() not null,
  number text,
  note text,
  settled_minor bigint default 0 not null,
  constraint delivery_pkey PRIMARY KEY (party_id, id),
  constraint delivery_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint delivery_settled_minor_check CHECK ((settled_minor >= 0)),
  constraint delivery_party_id_order_id_fkey FOREIGN KEY (party_id, order_id) REFERENCES "order".sales_order(party_id, id)
);
-- watched
comment on table "order".delivery is 'What was shipped of an order, valued at its price.';
comment on column "order".delivery.amount_minor is 'What was delivered at the price of the order; returns stand beside it.';
comment on column "order".delivery.settled_minor is 'What will never be invoiced, as whoever closed the order said.';
CREATE INDEX deliveries_of_a_party_by_day ON "order".delivery USING btree (party_id, delivered_on);
CREATE INDEX deliveries_of_an_order ON "order".delivery USING btree (party_id, order_id);

create table "order".delivery_line (
  party_id uuid not null,
  id uuid not null,
  delivery_id uuid not null,
  line_id uuid not null,
  quantity_thousandths bigint not null,
  currency character(3) not null,
  amount_minor bigint not null,
  constraint delivery_line_pkey PRIMARY KEY (party_id, id),
  constraint line_once_per_delivery UNIQUE (party_id, delivery_id, line_id),
  constraint delivery_line_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint delivery_line_quantity_thousandths_check CHECK ((quantity_thousandths > 0)),
  constraint delivery_line_party_id_delivery_id_fkey FOREIGN KEY (party_id, delivery_id) REFERENCES "order".delivery(party_id, id),
  constraint delivery_line_party_id_line_id_fkey FOREIGN KEY (party_id, line_id) REFERENCES "order".order_line(party_id, id)
);
-- watched
comment on table "order".delivery_line is 'How much of which line was shipped by a delivery.';
CREATE INDEX deliveries_of_a_line ON "order".delivery_line USING btree (party_id, line_id);

create table "order".goods_return (
  party_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  delivery_id uuid not null,
  line_id uuid,
  quantity_thousandths bigint,
  currency character(3) not null,
  amount_minor bigint not null,
  again boolean not null,
  returned_on date not null,
  reason text not null,
  recorded_at timestamptz default now() not null,
  constraint goods_return_pkey PRIMARY KEY (party_id, id),
  constraint goods_return_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint goods_return_quantity_thousandths_check CHECK ((quantity_thousandths > 0)),
  constraint returned_quantity_of_a_line CHECK (((line_id IS NULL) = (quantity_thousandths IS NULL))),
  constraint goods_return_party_id_delivery_id_fkey FOREIGN KEY (party_id, delivery_id) REFERENCES "order".delivery(party_id, id)
);
-- watched
comment on table "order".goods_return is 'Goods of a delivery that came back before they were invoiced; after that it is a credit note.';
comment on column "order".goods_return.again is 'Whether they are to be delivered once more.';
CREATE INDEX returns_of_an_order ON "order".goods_return USING btree (party_id, order_id);

create table "order".order_line (
  party_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line integer not null,
  item text not null,
  description text,
  quantity_thousandths bigint not null,
  unit text not null,
  unit_price_e4 bigint not null,
  currency character(3) not null,
  amount_minor bigint not null,
  requested_on date,
  constraint order_line_pkey PRIMARY KEY (party_id, id),
  constraint line_number_once UNIQUE (party_id, order_id, line),
  constraint order_line_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint order_line_line_check CHECK (((line >= 1) AND (line <= 9999))),
  constraint order_line_quantity_thousandths_check CHECK ((quantity_thousandths > 0)),
  constraint order_line_unit_price_e4_check CHECK ((unit_price_e4 >= 0)),
  constraint order_line_party_id_order_id_fkey FOREIGN KEY (party_id, order_id) REFERENCES "order".sales_order(party_id, id)
);
-- watched
comment on table "order".order_line is 'What is ordered, by item. The amount is quantity times price less the discount of the order.';
comment on column "order".order_line.unit_price_e4 is 'In ten-thousandths of the currency''s unit.';

create table "order".sales_order (
  party_id uuid not null,
  id uuid not null,
  number text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  ordered_on date not null,
  requested_on date,
  cancelled_on date,
  recorded_at timestamptz default now() not null,
  state text,
  terms text,
  discount_bps integer,
  segment text collate "C",
  salesperson text,
  department text,
  priority integer,
  contract_id uuid,
  over_delivery_bps integer,
  note text,
  confirmed_on date,
  completed_on date,
  counted_minor bigint,
  cash boolean,
  payer_id uuid,
  pending jsonb,
  reminded_on date,
  bill_to_id uuid,
  constraint sales_order_pkey PRIMARY KEY (party_id, id),
  constraint order_number_once UNIQUE (party_id, number),
  constraint sales_order_amount_minor_check CHECK ((amount_minor > 0)),
  constraint sales_order_counted_minor_check CHECK ((counted_minor >= 0)),
  constraint sales_order_discount_bps_check CHECK (((discount_bps >= 0) AND (discount_bps <= 9999))),
  constraint sales_order_over_delivery_bps_check CHECK (((over_delivery_bps >= 0) AND (over_delivery_bps <= 10000))),
  constraint sales_order_priority_check CHECK (((priority >= 1) AND (priority <= 9))),
  constraint sales_order_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'checked'::text, 'held'::text, 'confirmed'::text, 'closed'::text, 'cancelled'::text]))),
  constraint sales_order_bill_to_id_fkey FOREIGN KEY (bill_to_id) REFERENCES party.party(id),
  constraint sales_order_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table "order".sales_order is 'What a customer ordered.';
comment on column "order".sales_order.state is 'Null: kept as history before orders had states; it reads as cancelled or closed.';
comment on column "order".sales_order.completed_on is 'From when on nothing of it is to be delivered: all of it came, or the rest was ended.';
comment on column "order".sales_order.counted_minor is 'What it was last set to count with at the stage order; what its position lacks of this was invoiced ahead of its delivery.';
comment on column "order".sales_order.cash is 'When it was last let pass it was paid in cash, and so it counts with nothing.';
comment on column "order".sales_order.payer_id is 'Who was to pay when it was last confirmed: another payer since then is a changed field.';
comment on column "order".sales_order.pending is 'An amendment that waits for the release of its hold.';
comment on column "order".sales_order.bill_to_id is 'Who pays instead of who buys: charged and invoiced; null: who buys.';
CREATE UNIQUE INDEX one_order_of_a_number_per_payer ON "order".sales_order USING btree (COALESCE(bill_to_id, party_id), number);
CREATE UNIQUE INDEX order_by_id ON "order".sales_order USING btree (id);
CREATE INDEX orders_billed_to_another ON "order".sales_order USING btree (bill_to_id) WHERE (bill_to_id IS NOT NULL);
CREATE INDEX orders_by_day ON "order".sales_order USING btree (ordered_on, id) INCLUDE (party_id);
CREATE INDEX orders_by_number ON "order".sales_order USING btree (number COLLATE "C", id);
CREATE INDEX orders_of_a_contract ON "order".sales_order USING btree (contract_id) WHERE (contract_id IS NOT NULL);
CREATE INDEX orders_of_a_party_by_day ON "order".sales_order USING btree (party_id, ordered_on);
CREATE INDEX orders_of_a_state ON "order".sales_order USING btree (state, ordered_on, id);
CREATE INDEX orders_to_deliver ON "order".sales_order USING btree (requested_on, id) INCLUDE (party_id) WHERE ((state = 'confirmed'::text) AND (completed_on IS NULL));

create schema party;

create sequence party.code_number;
comment on sequence party.code_number is 'Codes of parties that came without one: P000001.';

create table party.bank_account (
  party_id uuid not null,
  id uuid not null,
  account_number text not null,
  bank_name text,
  holder_name text,
  import_batch_id uuid,
  created_at timestamptz default now() not null,
  constraint bank_account_pkey PRIMARY KEY (party_id, id),
  constraint account_once UNIQUE (party_id, account_number),
  constraint bank_account_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table party.bank_account is 'Accounts that it pays from or is paid to.';
CREATE INDEX party_of_a_bank_account ON party.bank_account USING btree (account_number);

create table party.contact (
  party_id uuid not null,
  id uuid not null,
  name text not null,
  title text,
  phone text,
  email text,
  is_for_dunning boolean default false not null,
  import_batch_id uuid,
  created_at timestamptz default now() not null,
  constraint contact_pkey PRIMARY KEY (party_id, id),
  constraint contact_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table party.contact is 'People to talk to.';

create table party.identifier (
  party_id uuid not null,
  id uuid not null,
  scheme text not null,
  value text collate "C" not null,
  is_valid boolean not null,
  import_batch_id uuid,
  created_at timestamptz default now() not null,
  constraint identifier_pkey PRIMARY KEY (party_id, id),
  constraint identifier_once UNIQUE (party_id, scheme, value),
  constraint identifier_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table party.identifier is 'Credit codes, LEI, DUNS, tax numbers: scheme and value.';
comment on column party.identifier.is_valid is 'Whether the check character fits, where it has one.';
CREATE INDEX credit_code_around_an_organisation_code ON party.identifier USING btree (substr(value, 9, 9)) WHERE (scheme = 'uscc'::text);
CREATE INDEX party_of_an_identifier ON party.identifier USING btree (value, scheme);

create table party.merge (
  party_id uuid not null,
  id uuid not null,
  duplicate_id uuid not null,
  reason text not null,
  merged_by text not null,
  merged_at timestamptz default now() not null,
  undone_by text,
  undone_at timestamptz,
  constraint merge_pkey PRIMARY KEY (party_id, id),
  constraint merge_duplicate_id_fkey FOREIGN KEY (duplicate_id) REFERENCES party.party(id),
  constraint merge_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table party.merge is 'A duplicate merged into party_id, until it is undone.';
CREATE UNIQUE INDEX merged_once ON party.merge USING btree (duplicate_id) WHERE (undone_at IS NULL);
CREATE INDEX merges_of_a_duplicate ON party.merge USING btree (duplicate_id);
CREATE TRIGGER touch_delete AFTER DELETE ON party.merge REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON party.merge REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON party.merge REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create table party.name_index (
  party_id uuid not null,
  grams integer[] not null,
  blocks integer[] not null,
  sort_name text collate "C",
  constraint name_index_pkey PRIMARY KEY (party_id),
  constraint name_index_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id) ON DELETE CASCADE
);
comment on table party.name_index is 'Where a party is found by its names, former names included; derived, so not watched.';
comment on column party.name_index.grams is 'Hashes of the pieces of two or three characters of its names: any part of a name finds it.';
comment on column party.name_index.blocks is 'Hashes of the keys under which names are filed so that duplicates meet.';
comment on column party.name_index.sort_name is 'The name as Chinese people sort it, by its pinyin; null until it was spelled.';
CREATE INDEX names_to_spell ON party.name_index USING btree (party_id) WHERE (sort_name IS NULL);
CREATE INDEX parties_by_parts_of_names ON party.name_index USING gin (grams, blocks);
CREATE TRIGGER touch_delete AFTER DELETE ON party.name_index REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON party.name_index REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON party.name_index REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create table party.other_name (
  party_id uuid not null,
  id uuid not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  kind text not null,
  until_on date,
  import_batch_id uuid,
  created_at timestamptz default now() not null,
  constraint other_name_pkey PRIMARY KEY (party_id, id),
  constraint other_name_once UNIQUE (party_id, name),
  constraint other_name_kind_check CHECK ((kind = ANY (ARRAY['former'::text, 'alias'::text]))),
  constraint other_name_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table party.other_name is 'Former names, and spellings under which it was met.';
CREATE INDEX parties_by_other_name_key ON party.other_name USING btree (name_key);

create table party.party (
  id uuid not null,
  code text collate "C" not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  short_name text,
  roles text[] not null,
  industry text,
  region text,
  country character(2),
  department text,
  salesperson text,
  currency character(3),
  terms text,
  since_on date,
  founded_on date,
  group_parent_id uuid,
  payer_id uuid,
  merged_into_id uuid,
  closed_on date,
  note text,
  import_batch_id uuid,
  created_at timestamptz default now() not null,
  constraint party_pkey PRIMARY KEY (id),
  constraint not_its_own_parent CHECK ((group_parent_id <> id)),
  constraint not_merged_into_itself CHECK ((merged_into_id <> id)),
  constraint party_roles_check CHECK (((roles <@ ARRAY['customer'::text, 'supplier'::text, 'channel-partner'::text, 'platform-user'::text]) AND (cardinality(roles) > 0))),
  constraint party_group_parent_id_fkey FOREIGN KEY (group_parent_id) REFERENCES party.party(id) DEFERRABLE INITIALLY DEFERRED,
  constraint party_merged_into_id_fkey FOREIGN KEY (merged_into_id) REFERENCES party.party(id),
  constraint party_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES party.party(id) DEFERRABLE INITIALLY DEFERRED
);
-- watched
comment on table party.party is 'A customer, supplier, channel partner or platform user: one row for one company or person.';
comment on column party.party.code is 'The company''s own number for it, unique.';
comment on column party.party.name_key is 'The name reduced to what tells companies apart.';
comment on column party.party.currency is 'Account currency; null: that of its ledger, else base.';
comment on column party.party.terms is 'Agreed payment terms as a terms code, such as net-30.';
comment on column party.party.payer_id is 'Who pays and whose account is charged; null: itself.';
comment on column party.party.merged_into_id is 'The party that this duplicate was merged into; its rows stay its own, so a merge can be undone.';
CREATE INDEX channel_partners ON party.party USING btree (code) WHERE ('channel-partner'::text = ANY (roles));
CREATE INDEX members_of_a_group ON party.party USING btree (group_parent_id) WHERE (group_parent_id IS NOT NULL);
CREATE INDEX merged_duplicates ON party.party USING btree (merged_into_id) WHERE (merged_into_id IS NOT NULL);
CREATE UNIQUE INDEX one_party_per_code ON party.party USING btree (code);
CREATE INDEX parties_by_name ON party.party USING btree (name, id);
CREATE INDEX parties_by_name_key ON party.party USING btree (name_key);
CREATE INDEX parties_of_a_department ON party.party USING btree (department, code) INCLUDE (id, merged_into_id);
CREATE INDEX parties_of_a_region ON party.party USING btree (region, code);
CREATE INDEX parties_of_a_salesperson ON party.party USING btree (salesperson, code) INCLUDE (id, merged_into_id);
CREATE INDEX parties_of_an_industry ON party.party USING btree (industry, code);
CREATE INDEX parties_paid_for ON party.party USING btree (payer_id) WHERE (payer_id IS NOT NULL);
CREATE INDEX platform_users ON party.party USING btree (code) WHERE ('platform-user'::text = ANY (roles));
CREATE INDEX suppliers ON party.party USING btree (code) WHERE ('supplier'::text = ANY (roles));
CREATE TRIGGER touch_delete AFTER DELETE ON party.party REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_owners();
CREATE TRIGGER touch_insert AFTER INSERT ON party.party REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_owners();
CREATE TRIGGER touch_update AFTER UPDATE ON party.party REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_owners();

create table party.search_key (
  party_id uuid not null,
  kind text not null,
  key text collate "C" not null,
  constraint search_key_pkey PRIMARY KEY (party_id, kind, key),
  constraint search_key_kind_check CHECK ((kind = ANY (ARRAY['name'::text, 'initials'::text, 'pinyin'::text]))),
  constraint search_key_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id) ON DELETE CASCADE
);
comment on table party.search_key is 'How a party may be typed from the beginning: its names with and without region, their pinyin and its initials; derived, so not watched.';
CREATE INDEX parties_by_what_is_typed ON party.search_key USING btree (key, party_id) INCLUDE (kind);

create schema pilot;

create table pilot.fired_rule (
  party_id uuid not null,
  decision_id uuid not null,
  rule text not null,
  document_id uuid not null,
  number text not null,
  reaction text not null,
  outcome text not null,
  currency character(3) not null,
  amount_minor bigint not null,
  decided_on date not null,
  constraint fired_rule_pkey PRIMARY KEY (party_id, decision_id, rule),
  constraint fired_rule_outcome_check CHECK ((outcome = ANY (ARRAY['approved'::text, 'warned'::text, 'held'::text]))),
  constraint fired_rule_reaction_check CHECK ((reaction = ANY (ARRAY['shadow'::text, 'warn'::text, 'hold'::text])))
);
comment on table pilot.fired_rule is 'A check rule fired at a document that was to count. Told again from the decision, which is audited.';
comment on column pilot.fired_rule.rule is 'Id of the rule in the check rules of its time.';
comment on column pilot.fired_rule.outcome is 'What all rules together came to.';
comment on column pilot.fired_rule.decided_on is 'Day of the company.';
CREATE INDEX fired_rules_by_day ON pilot.fired_rule USING btree (rule, decided_on);
CREATE INDEX held_documents_by_day ON pilot.fired_rule USING btree (decided_on) WHERE (outcome = 'held'::text);

create schema platform;

create table platform.event (
  id uuid not null,
  kind text not null,
  party_id uuid,
  facts jsonb not null,
  entry_id uuid not null,
  occurred_at timestamptz default clock_timestamp() not null,
  constraint event_pkey PRIMARY KEY (id)
);
comment on table platform.event is 'Domain events, written in the transaction that caused them.';
CREATE INDEX events_in_order ON platform.event USING btree (occurred_at, id);
CREATE INDEX rating_changes_by_day ON platform.event USING btree (((facts ->> 'asOf'::text)), id) WHERE (kind = 'rating.changed'::text);

create table platform.idempotency_key (
  actor_id text not null,
  key text not null,
  command text not null,
  input_hash bytea not null,
  reply jsonb,
  created_at timestamptz default now() not null,
  constraint idempotency_key_pkey PRIMARY KEY (actor_id, key),
  constraint idempotency_key_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
);
comment on table platform.idempotency_key is 'The reply to a command that carried a key; the same key with the same input gets it again.';
CREATE INDEX keys_by_age ON platform.idempotency_key USING btree (created_at);

create table platform.job (
  id uuid not null,
  kind text not null,
  input jsonb not null,
  state text not null,
  steps_done bigint default 0 not null,
  steps_total bigint,
  message text,
  result jsonb,
  cancel_requested_at timestamptz,
  requested_by text not null,
  created_at timestamptz default now() not null,
  started_at timestamptz,
  finished_at timestamptz,
  constraint job_pkey PRIMARY KEY (id),
  constraint job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
comment on table platform.job is 'Long work that a person started or a clock: progress and outcome.';
CREATE INDEX latest_jobs ON platform.job USING btree (created_at DESC, id);

create unlogged table platform.touched_party (
  party_id uuid not null,
  "position" bigint generated always as identity not null,
  constraint touched_party_pkey PRIMARY KEY (party_id, "position")
);
comment on table platform.touched_party is 'Parties of which something changed, for those who keep figures of them: written by triggers in the transaction of the change, taken away by who reckons anew. Unlogged: when its row of zeros is gone, the database crashed and all parties count as touched.';
comment on column platform.touched_party.party_id is 'Zeros: the mark of a life without a crash. Zeros and a one: a rate or the base currency changed.';

CREATE OR REPLACE FUNCTION platform.tell_of_touched(relation regclass, teller regproc)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('create trigger touch_insert after insert on %s referencing new table as new_rows
    for each statement execute function %s()', relation, teller);
  execute format('create trigger touch_update after update on %s referencing new table as new_rows
    for each statement execute function %s()', relation, teller);
  execute format('create trigger touch_delete after delete on %s referencing old table as old_rows
    for each statement execute function %s()', relation, teller);
end $function$;
comment on function platform.tell_of_touched(regclass,regproc) is 'Has the parties of changed rows noted in platform.touched_party.';

CREATE OR REPLACE FUNCTION platform.touch_owners()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    insert into platform.touched_party (party_id) select id from old_rows;
  else
    insert into platform.touched_party (party_id) select id from new_rows;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION platform.touch_parties()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' then
    insert into platform.touched_party (party_id) select distinct party_id from old_rows;
  else
    insert into platform.touched_party (party_id) select distinct party_id from new_rows;
  end if;
  return null;
end $function$;

CREATE OR REPLACE FUNCTION platform.touch_valued()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into platform.touched_party (party_id) values ('00000000-0000-0000-0000-000000000001');
  return null;
end $function$;

create schema policy;

create table policy.example (
  id uuid not null,
  kind text not null,
  name text not null,
  given jsonb not null,
  expected jsonb not null,
  taken_from_id uuid,
  created_by text not null,
  created_at timestamptz default now() not null,
  constraint example_pkey PRIMARY KEY (id),
  constraint one_example_of_a_name UNIQUE (kind, name),
  constraint example_kind_check CHECK ((kind = ANY (ARRAY['scorecard'::text, 'limit-policy'::text, 'check-rules'::text])))
);
-- watched
comment on table policy.example is 'A case with what a policy must say to it: no version of the kind is submitted or published that says otherwise.';
comment on column policy.example.given is 'Values of indicators by id, or the stored inputs of a check.';
comment on column policy.example.taken_from_id is 'The customer or the document''s customer that it was taken from.';

create table policy.version (
  id uuid not null,
  kind text not null,
  number integer not null,
  state text not null,
  title text not null,
  document jsonb not null,
  hash bytea not null,
  note text,
  created_by text not null,
  created_at timestamptz default now() not null,
  published_by text,
  published_at timestamptz,
  retired_at timestamptz,
  created_by_id text,
  submitted_by text,
  submitted_by_id text,
  submitted_at timestamptz,
  approved_by text,
  approved_by_id text,
  approved_at timestamptz,
  approval_note text,
  publish_at timestamptz,
  publication_note text,
  rejected_by text,
  rejected_at timestamptz,
  rejection text,
  impact jsonb,
  constraint version_pkey PRIMARY KEY (id),
  constraint policy_version_once UNIQUE (kind, number),
  constraint version_kind_check CHECK ((kind = ANY (ARRAY['scorecard'::text, 'rating-scale'::text, 'limit-policy'::text, 'check-rules'::text, 'indicators'::text]))),
  constraint version_number_check CHECK ((number > 0)),
  constraint version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'published'::text, 'retired'::text])))
);
-- watched
comment on table policy.version is 'One version of one policy; a published one never changes.';
comment on column policy.version.hash is 'SHA-256 of the document''s canonical text.';
comment on column policy.version.created_by_id is 'Who drafted it, so that another one approves it.';
comment on column policy.version.publish_at is 'When an approved version is to count; null: at once.';
comment on column policy.version.publication_note is 'Why an earlier version was published again.';
comment on column policy.version.rejection is 'Why it went back to be a draft: by a person, or by what was published meanwhile.';
comment on column policy.version.impact is 'What it was expected to change when it was submitted.';
CREATE UNIQUE INDEX one_open_change ON policy.version USING btree (kind) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text]));
CREATE UNIQUE INDEX one_published_version ON policy.version USING btree (kind) WHERE (state = 'published'::text);

create schema receivable;

create table receivable.allocation (
  party_id uuid not null,
  id uuid not null,
  credit_id uuid not null,
  invoice_id uuid not null,
  amount_minor bigint not null,
  effective_on date not null,
  reversed_on date,
  reversal_reason text,
  import_batch_id uuid,
  recorded_at timestamptz default now() not null,
  constraint allocation_pkey PRIMARY KEY (party_id, id),
  constraint allocation_amount_minor_check CHECK ((amount_minor > 0)),
  constraint allocation_check CHECK ((reversed_on >= effective_on))
);
-- watched
comment on table receivable.allocation is 'Which credit settles which invoice, and by how much.';
comment on column receivable.allocation.effective_on is 'Never before the invoice''s or the credit''s own day, so that both are there while it is.';
CREATE INDEX allocations_by_day ON receivable.allocation USING btree (effective_on);
CREATE INDEX allocations_of_a_credit ON receivable.allocation USING btree (party_id, credit_id);
CREATE INDEX allocations_of_a_party_by_day ON receivable.allocation USING btree (party_id, effective_on);
CREATE INDEX allocations_of_an_invoice ON receivable.allocation USING btree (party_id, invoice_id);
CREATE INDEX reversed_allocations ON receivable.allocation USING btree (reversed_on) WHERE (reversed_on IS NOT NULL);

create table receivable.credit (
  party_id uuid not null,
  id uuid not null,
  kind text not null,
  number text collate "C" not null,
  reason text,
  currency character(3) not null,
  amount_minor bigint not null,
  unapplied_minor bigint not null,
  effective_on date not null,
  note text,
  voided_on date,
  import_batch_id uuid,
  recorded_at timestamptz default now() not null,
  due_on date,
  collected_on date,
  void_cause text,
  constraint credit_pkey PRIMARY KEY (party_id, id),
  constraint credit_number_once UNIQUE (party_id, kind, number),
  constraint credit_amount_minor_check CHECK ((amount_minor > 0)),
  constraint credit_check CHECK (((unapplied_minor >= 0) AND (unapplied_minor <= amount_minor))),
  constraint credit_kind_check CHECK ((kind = ANY (ARRAY['receipt'::text, 'credit-note'::text, 'write-off'::text, 'bill'::text]))),
  constraint credit_reason_check CHECK ((reason = ANY (ARRAY['return'::text, 'price'::text, 'discount'::text, 'other'::text]))),
  constraint credit_void_cause_check CHECK ((void_cause = ANY (ARRAY['mistake'::text, 'returned'::text])))
);
-- watched
comment on table receivable.credit is 'What reduces a balance: receipts, credit notes, write-offs.';
comment on column receivable.credit.unapplied_minor is 'Amount less all allocations in force; the fold of receivable.allocation, kept by the same store.';
comment on column receivable.credit.due_on is 'Bills only: the day on which it falls due.';
comment on column receivable.credit.collected_on is 'Bills only: the day on which it was paid.';
comment on column receivable.credit.void_cause is 'Returned: the payment bounced, the bill was dishonoured. Null counts as a mistake.';
CREATE INDEX credits_by_day ON receivable.credit USING btree (effective_on, id) INCLUDE (party_id);
CREATE INDEX credits_by_number ON receivable.credit USING btree (number, id);
CREATE INDEX credits_of_a_party_by_day ON receivable.credit USING btree (party_id, effective_on);
CREATE INDEX returned_payments ON receivable.credit USING btree (party_id, voided_on) WHERE (void_cause = 'returned'::text);
CREATE INDEX unapplied_credits ON receivable.credit USING btree (effective_on, id) WHERE (unapplied_minor > 0);
CREATE INDEX voided_credits ON receivable.credit USING btree (voided_on) WHERE (voided_on IS NOT NULL);
CREATE INDEX write_offs_by_day ON receivable.credit USING btree (effective_on) WHERE (kind = 'write-off'::text);

create table receivable.dispute (
  party_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  reason text,
  opened_on date not null,
  closed_on date,
  import_batch_id uuid,
  recorded_at timestamptz default now() not null,
  constraint dispute_pkey PRIMARY KEY (party_id, id),
  constraint dispute_check CHECK ((closed_on >= opened_on))
);
-- watched
comment on table receivable.dispute is 'A customer contests an invoice, from one day to another.';
CREATE INDEX disputes_of_a_party_by_opening ON receivable.dispute USING btree (party_id, opened_on);
CREATE INDEX disputes_of_an_invoice ON receivable.dispute USING btree (party_id, invoice_id);
CREATE INDEX open_disputes ON receivable.dispute USING btree (party_id, invoice_id) WHERE (closed_on IS NULL);

create table receivable.invoice (
  party_id uuid not null,
  id uuid not null,
  number text collate "C" not null,
  currency character(3) not null,
  amount_minor bigint not null,
  open_minor bigint not null,
  issued_on date not null,
  due_on date not null,
  terms text,
  order_number text,
  department text,
  salesperson text,
  note text,
  voided_on date,
  import_batch_id uuid,
  recorded_at timestamptz default now() not null,
  segment text,
  constraint invoice_pkey PRIMARY KEY (party_id, id),
  constraint invoice_number_once UNIQUE (party_id, number),
  constraint invoice_amount_minor_check CHECK ((amount_minor > 0)),
  constraint invoice_check CHECK (((open_minor >= 0) AND (open_minor <= amount_minor))),
  constraint invoice_check1 CHECK ((due_on >= issued_on))
);
-- watched
comment on table receivable.invoice is 'What a customer was billed; amounts in minor units.';
comment on column receivable.invoice.open_minor is 'Amount less all allocations in force; the fold of receivable.allocation, kept by the same store.';
comment on column receivable.invoice.segment is 'The credit segment whose account it counts to.';
CREATE INDEX invoices_by_due_date ON receivable.invoice USING btree (due_on, id) INCLUDE (party_id);
CREATE INDEX invoices_by_number ON receivable.invoice USING btree (number, id) INCLUDE (party_id);
CREATE INDEX invoices_of_a_party_by_issue ON receivable.invoice USING btree (party_id, issued_on);
CREATE INDEX invoices_of_an_order ON receivable.invoice USING btree (party_id, order_number) WHERE (order_number IS NOT NULL);
CREATE INDEX open_invoices_by_amount ON receivable.invoice USING btree (open_minor, id) INCLUDE (party_id) WHERE (open_minor > 0);
CREATE INDEX open_invoices_by_due_date ON receivable.invoice USING btree (due_on, id) INCLUDE (currency, amount_minor, open_minor, party_id) WHERE (open_minor > 0);
CREATE INDEX open_invoices_of_a_party ON receivable.invoice USING btree (party_id, due_on) WHERE (open_minor > 0);
CREATE INDEX paid_invoices_by_due_date ON receivable.invoice USING btree (due_on, id) INCLUDE (party_id) WHERE (open_minor = 0);
CREATE INDEX voided_invoices ON receivable.invoice USING btree (voided_on) WHERE (voided_on IS NOT NULL);
CREATE TRIGGER touch_delete AFTER DELETE ON receivable.invoice REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON receivable.invoice REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON receivable.invoice REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create table receivable.promise (
  party_id uuid not null,
  id uuid not null,
  currency character(3) not null,
  amount_minor bigint not null,
  made_on date not null,
  promised_on date not null,
  note text,
  recorded_at timestamptz default now() not null,
  constraint promise_pkey PRIMARY KEY (party_id, id),
  constraint promise_amount_minor_check CHECK ((amount_minor > 0)),
  constraint promise_check CHECK ((promised_on >= made_on))
);
-- watched
comment on table receivable.promise is 'A promise to pay: kept when that much came in by that day.';
CREATE INDEX promises_by_day ON receivable.promise USING btree (promised_on, id);
CREATE INDEX promises_of_a_party_by_day ON receivable.promise USING btree (party_id, made_on);

create schema report;

create table report.figure_day (
  day_on date not null,
  told_on date not null,
  currency character(3) not null,
  receivable_minor bigint not null,
  not_due_minor bigint not null,
  overdue_minor bigint not null,
  sales_12m_minor bigint not null,
  written_off_12m_minor bigint not null,
  dso_hundredths bigint,
  dso_by text,
  limit_minor bigint not null,
  exposure_minor bigint,
  holds_waiting bigint not null,
  holds_opened_30d bigint not null,
  holds_ended_30d bigint not null,
  hold_hours_median_tenths bigint,
  hold_hours_p90_tenths bigint,
  unvalued_currencies text[] not null,
  recorded_at timestamptz default now() not null,
  constraint figure_day_pkey PRIMARY KEY (day_on),
  constraint figure_day_dso_by_check CHECK ((dso_by = ANY (ARRAY['count-back'::text, 'year'::text])))
);
comment on table report.figure_day is 'What the figures of a day are made of, in the base currency, as the book said on told_on. Derived, so not watched.';
comment on column report.figure_day.dso_by is 'Counted back month by month, or over a year''s sales where two years of them do not reach.';
comment on column report.figure_day.exposure_minor is 'Of the exposure ledger, orders included, kept from the day itself; null for days before figures were kept.';
comment on column report.figure_day.unvalued_currencies is 'Currencies without a rate on that day: their amounts are missing from this row.';

create table report.near_limit (
  party_id uuid not null,
  account_id uuid not null,
  share_bps bigint not null,
  noted_at timestamptz default now() not null,
  constraint near_limit_pkey PRIMARY KEY (party_id, account_id)
);
comment on table report.near_limit is 'Credit accounts that use most of their limit, as of some minutes ago: where Today looks first. Derived, so not watched.';
CREATE INDEX accounts_nearest_to_their_limit ON report.near_limit USING btree (share_bps DESC, account_id);

create schema scoring;

create table scoring.override (
  party_id uuid not null,
  id uuid not null,
  grade text not null,
  reason text not null,
  from_on date not null,
  expires_on date not null,
  decided_by text not null,
  ended_on date,
  ended_by text,
  recorded_at timestamptz default now() not null,
  constraint override_pkey PRIMARY KEY (party_id, id),
  constraint override_check CHECK ((expires_on >= from_on)),
  constraint override_party_id_fkey FOREIGN KEY (party_id) REFERENCES party.party(id)
);
-- watched
comment on table scoring.override is 'A person''s grade in place of the card''s, for a time.';
CREATE UNIQUE INDEX one_override_in_force ON scoring.override USING btree (party_id) WHERE (ended_on IS NULL);
CREATE INDEX overrides_by_their_end ON scoring.override USING btree (expires_on, id) WHERE (ended_on IS NULL);

create table scoring.rating (
  party_id uuid not null,
  id uuid not null,
  as_of_on date not null,
  grade text not null,
  score_hundredths integer not null,
  snapshot_id uuid not null,
  override_id uuid,
  scorecard_id uuid not null,
  scale_id uuid not null,
  engine text not null,
  points smallint[] not null,
  reasons smallint[] not null,
  adjustments text,
  hash bytea not null,
  decided_by text not null,
  recorded_at timestamptz default now() not null,
  definitions_id uuid,
  variant text,
  constraint rating_pkey PRIMARY KEY (party_id, as_of_on, id),
  constraint rating_score_hundredths_check CHECK (((score_hundredths >= 0) AND (score_hundredths <= 10000)))
);
-- watched
comment on table scoring.rating is 'The grade of a party as of a day and how it came about; of one day the latest recorded counts. No foreign keys: see receivable.';
comment on column scoring.rating.snapshot_id is 'The indicators that the scorecard read.';
comment on column scoring.rating.override_id is 'The override that was there, in force or expired.';
comment on column scoring.rating.scorecard_id is 'Version of the scorecard, in policy.version.';
comment on column scoring.rating.engine is 'Version of the code that decided.';
comment on column scoring.rating.points is 'Hundredths given, in the order of the scorecard.';
comment on column scoring.rating.reasons is 'Positions in points of what lost points, most lost first.';
comment on column scoring.rating.adjustments is 'Canonical text of the floors, requirements and knock-outs that fired; null for none.';
comment on column scoring.rating.hash is 'SHA-256 over policies, engine and the canonical texts of inputs and outcome.';
comment on column scoring.rating.definitions_id is 'Version of the indicator formulas that the scorecard was read with; null where none was published.';
comment on column scoring.rating.variant is 'Id of the scorecard''s variant that the customer was under; null: the card itself.';
CREATE TRIGGER touch_delete AFTER DELETE ON scoring.rating REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_insert AFTER INSERT ON scoring.rating REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();
CREATE TRIGGER touch_update AFTER UPDATE ON scoring.rating REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION platform.touch_parties();

create schema "user";

create table "user".api_key (
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  token_start text not null,
  roles text[] not null,
  created_by text not null,
  created_at timestamptz default now() not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  department_id uuid,
  data_scope text,
  permissions text[],
  constraint api_key_pkey PRIMARY KEY (id),
  constraint api_key_data_scope_check CHECK ((data_scope = ANY (ARRAY['department'::text, 'all'::text]))),
  constraint api_key_department_id_fkey FOREIGN KEY (department_id) REFERENCES "user".department(id)
);
-- watched
comment on table "user".api_key is 'A key of a program; shown once, kept as SHA-256.';
comment on column "user".api_key.token_start is 'The first characters, so that people can tell keys.';
comment on column "user".api_key.data_scope is 'Whose customers it sees: those of a department and below, or all; null: all.';
comment on column "user".api_key.permissions is 'Exactly what it may; null: what its roles may.';
CREATE UNIQUE INDEX key_of_a_token ON "user".api_key USING btree (token_hash);

create table "user".api_key_use (
  api_key_id uuid not null,
  used_at timestamptz not null,
  constraint api_key_use_pkey PRIMARY KEY (api_key_id),
  constraint api_key_use_api_key_id_fkey FOREIGN KEY (api_key_id) REFERENCES "user".api_key(id)
);
comment on table "user".api_key_use is 'When a key was last used, to the minute.';

create table "user".department (
  id uuid not null,
  name text not null,
  parent_id uuid,
  former_names text[] default '{}'::text[] not null,
  created_at timestamptz default now() not null,
  constraint department_pkey PRIMARY KEY (id),
  constraint department_once UNIQUE NULLS NOT DISTINCT (parent_id, name),
  constraint not_its_own_department CHECK ((parent_id <> id)),
  constraint department_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES "user".department(id)
);
-- watched
comment on table "user".department is 'A department of the company, below another one or at the top.';
comment on column "user".department.former_names is 'Names that it had: credit files that still bear one are its own.';

create table "user".identity (
  id uuid not null,
  person_id uuid not null,
  issuer text not null,
  subject text not null,
  created_at timestamptz default now() not null,
  constraint identity_pkey PRIMARY KEY (id),
  constraint identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES "user".person(id)
);
-- watched
comment on table "user".identity is 'Who a person is at a provider. It holds from the first sign-in on, whatever address moves there.';
CREATE UNIQUE INDEX one_person_per_subject ON "user".identity USING btree (issuer, subject);
CREATE UNIQUE INDEX one_subject_per_person ON "user".identity USING btree (person_id, issuer);

create table "user".oidc_settings (
  id uuid not null,
  enabled boolean not null,
  label text not null,
  issuer text not null,
  client_id text not null,
  client_secret bytea,
  match_by text not null,
  login_claim text not null,
  emails_trusted boolean not null,
  second_factor_trusted boolean not null,
  create_with_role text,
  constraint oidc_settings_pkey PRIMARY KEY (id),
  constraint oidc_settings_match_by_check CHECK ((match_by = ANY (ARRAY['email'::text, 'login'::text])))
);
-- watched
comment on table "user".oidc_settings is 'The OpenID Connect provider of the company: one row.';
comment on column "user".oidc_settings.client_secret is 'Encrypted under the key of the installation; null: a public client.';
comment on column "user".oidc_settings.emails_trusted is 'Its addresses count as proved where it does not say that they are.';
comment on column "user".oidc_settings.second_factor_trusted is 'It asks for a second factor itself, so that we do not.';
comment on column "user".oidc_settings.create_with_role is 'Who is unknown becomes a person with this role; null: is turned away.';
CREATE UNIQUE INDEX one_oidc_settings ON "user".oidc_settings USING btree ((true));

create table "user".person (
  id uuid not null,
  login text not null,
  name text not null,
  password_hash text not null,
  password_is_initial boolean default false not null,
  roles text[] not null,
  department text,
  disabled_at timestamptz,
  created_at timestamptz default now() not null,
  email text,
  department_id uuid,
  data_scope text,
  language text,
  constraint person_pkey PRIMARY KEY (id),
  constraint person_data_scope_check CHECK ((data_scope = ANY (ARRAY['own'::text, 'department'::text, 'all'::text]))),
  constraint person_language_check CHECK ((language = ANY (ARRAY['zh-CN'::text, 'en'::text]))),
  constraint person_roles_check CHECK ((roles <@ ARRAY['admin'::text, 'credit-manager'::text, 'sales'::text, 'accountant'::text, 'viewer'::text, 'integrator'::text])),
  constraint person_department_id_fkey FOREIGN KEY (department_id) REFERENCES "user".department(id)
);
-- watched
comment on table "user".person is 'Who may sign in.';
comment on column "user".person.password_hash is 'scrypt: parameters, salt and key.';
comment on column "user".person.email is 'Where notices are mailed to; null: nowhere.';
comment on column "user".person.data_scope is 'Whose customers they see: their own, those of their department and below, or all; null: all.';
comment on column "user".person.language is 'The language chosen for the pages; null: the browser''s.';
CREATE UNIQUE INDEX one_person_per_login ON "user".person USING btree (lower(login));
CREATE INDEX persons_of_a_department ON "user".person USING btree (department_id) WHERE (department_id IS NOT NULL);
CREATE INDEX persons_of_a_name ON "user".person USING btree (name);

create table "user".recovery_code (
  id uuid not null,
  person_id uuid not null,
  code_hash bytea not null,
  used_at timestamptz,
  constraint recovery_code_pkey PRIMARY KEY (id),
  constraint recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES "user".person(id)
);
-- watched
comment on table "user".recovery_code is 'Codes for the day the phone is gone: each works once, and is kept as SHA-256.';
CREATE UNIQUE INDEX one_recovery_code_per_hash ON "user".recovery_code USING btree (person_id, code_hash);

create table "user".second_factor (
  id uuid not null,
  person_id uuid not null,
  secret bytea not null,
  created_at timestamptz default now() not null,
  confirmed_at timestamptz,
  last_step bigint,
  constraint second_factor_pkey PRIMARY KEY (id),
  constraint second_factor_person_id_fkey FOREIGN KEY (person_id) REFERENCES "user".person(id)
);
-- watched
comment on table "user".second_factor is 'What the authenticator app of a person was given (RFC 6238).';
comment on column "user".second_factor.secret is 'Encrypted under the key of the installation.';
comment on column "user".second_factor.confirmed_at is 'Null until a first code proved that it works.';
comment on column "user".second_factor.last_step is 'The 30 seconds whose code was used last: no code is taken twice.';
CREATE UNIQUE INDEX one_second_factor_per_person ON "user".second_factor USING btree (person_id);

create table "user".session (
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  created_at timestamptz default now() not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  address text,
  agent text,
  method text,
  second_factor text,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'oidc'::text]))),
  constraint session_second_factor_check CHECK ((second_factor = ANY (ARRAY['totp'::text, 'recovery'::text, 'provider'::text]))),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES "user".person(id)
);
-- watched
comment on table "user".session is 'A browser signed in; the cookie''s secret is kept as SHA-256.';
comment on column "user".session.method is 'How it was opened; null: before there was a choice.';
comment on column "user".session.second_factor is 'What proved the person beside the password; null: nothing yet.';
CREATE UNIQUE INDEX session_of_a_token ON "user".session USING btree (token_hash);
CREATE INDEX sessions_of_a_person ON "user".session USING btree (person_id, created_at DESC);

create table "user".session_use (
  session_id uuid not null,
  seen_at timestamptz not null,
  constraint session_use_pkey PRIMARY KEY (session_id),
  constraint session_use_session_id_fkey FOREIGN KEY (session_id) REFERENCES "user".session(id)
);
comment on table "user".session_use is 'When a session was last seen, to the minute.';

create table "user".sign_in_settings (
  id uuid not null,
  second_factor_demanded boolean not null,
  session_idle_minutes integer not null,
  session_hours integer not null,
  constraint sign_in_settings_pkey PRIMARY KEY (id),
  constraint sign_in_settings_session_hours_check CHECK (((session_hours >= 1) AND (session_hours <= 720))),
  constraint sign_in_settings_session_idle_minutes_check CHECK (((session_idle_minutes >= 5) AND (session_idle_minutes <= 10080)))
);
-- watched
comment on table "user".sign_in_settings is 'How the company wants its people to sign in: one row.';
CREATE UNIQUE INDEX one_sign_in_settings ON "user".sign_in_settings USING btree ((true));
