-- The audit trail: who did what, and a digest of every row that it touched.

create schema audit;

create table audit.entry (
  id uuid primary key,
  recorded_at timestamptz not null default clock_timestamp(),
  written_by xid8 not null default pg_current_xact_id(),
  actor_kind text not null check (actor_kind in ('person', 'key', 'operator', 'system')),
  actor_id text not null,
  actor_name text not null,
  command text not null,
  subject text,
  input_hash bytea not null,
  details jsonb not null,
  request_id text
);
comment on table audit.entry is 'One row per command that changed something; never updated.';
comment on column audit.entry.written_by is
  'The transaction; a seal covers all entries of transactions below its own mark.';
comment on column audit.entry.subject is 'What the command was about, such as a party''s id.';
comment on column audit.entry.input_hash is 'SHA-256 of the canonical input.';
create index latest_entries on audit.entry (recorded_at desc, id);
create index entries_about_a_subject on audit.entry (subject, recorded_at desc)
  where subject is not null;
create index entries_waiting_for_a_seal on audit.entry (written_by);

create table audit.change (
  position bigint generated always as identity primary key,
  entry_id uuid not null,
  relation text not null,
  operation text not null check (operation in ('insert', 'update', 'delete')),
  row_ids uuid[] not null,
  digests bytea,
  differences jsonb
);
-- Digests and random ids do not compress: trying costs more than the space.
alter table audit.change alter row_ids set storage external, alter digests set storage external;
comment on table audit.change is
  'The rows of one table that one statement touched, with the digest that each row then had.';
comment on column audit.change.position is
  'Grows in the order of the changes of any single row, since its lock is held meanwhile.';
comment on column audit.change.digests is
  'SHA-256 of each row''s text, 32 bytes a row in the order of row_ids; null for deletions.';
comment on column audit.change.differences is
  'Updates only: per row id the changed columns with the value before and after.';
create index changes_of_an_entry on audit.change (entry_id, position);
create index history_of_a_row on audit.change using gin (row_ids) where operation <> 'insert';

create table audit.seal (
  number bigint primary key,
  sealed_at timestamptz not null,
  below xid8 not null,
  previous_hash bytea not null,
  entry_ids uuid[] not null,
  entry_hashes bytea[] not null,
  hash bytea not null
);
comment on table audit.seal is
  'A batch of entries chained to the batch before it: hash = SHA-256(number, time, mark, previous '
  'hash, entry hashes).';
comment on column audit.seal.below is
  'Every entry written by a transaction below this mark is in this seal or an earlier one.';

-- The one spelling of a row. Trailing empty columns are left out, so a nullable column that is added
-- later changes no digest (values that end in a comma or bracket are quoted). Columns of watched
-- tables are never dropped or reordered.
create function audit.text_of(row_text text) returns text
language sql immutable parallel safe
return rtrim(row_text, ',)');

create function audit.digest_of(row_text text) returns bytea
language sql immutable parallel safe
return sha256(convert_to(rtrim(row_text, ',)'), 'UTF8'));

create function audit.current_entry() returns uuid
language plpgsql stable as $$
begin
  if coalesce(current_setting('xinheng.entry', true), '') = '' then
    raise exception 'a write outside a command'
      using hint = 'Every write passes through runCommand, which names the audit entry.';
  end if;
  return current_setting('xinheng.entry')::uuid;
end $$;

create function audit.record_insert() returns trigger
language plpgsql set timezone to 'UTC' set datestyle to 'ISO' as $$
begin
  insert into audit.change (entry_id, relation, operation, row_ids, digests)
  select audit.current_entry(), tg_table_schema || '.' || tg_table_name, 'insert',
    array_agg(id), string_agg(audit.digest_of(r::text), ''::bytea)
  from new_rows r having count(*) > 0;
  return null;
end $$;

create function audit.record_update() returns trigger
language plpgsql set timezone to 'UTC' set datestyle to 'ISO' as $$
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
end $$;

create function audit.record_delete() returns trigger
language plpgsql as $$
begin
  insert into audit.change (entry_id, relation, operation, row_ids)
  select audit.current_entry(), tg_table_schema || '.' || tg_table_name, 'delete', array_agg(id)
  from old_rows having count(*) > 0;
  return null;
end $$;

create function audit.refuse() returns trigger
language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_schema || '.' || tg_table_name;
end $$;

create table audit.watched (
  relation text primary key
);
comment on table audit.watched is 'The tables whose every change is recorded; each has a uuid id.';

create function audit.watch(relation regclass) returns void
language plpgsql as $$
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
end $$;
comment on function audit.watch is 'Has every change of a table recorded, and none made unseen.';

create trigger append_only before update or delete or truncate on audit.entry
  for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on audit.change
  for each statement execute function audit.refuse();
create trigger append_only before update or delete or truncate on audit.seal
  for each statement execute function audit.refuse();

-- An entry's hash covers its own text and the hash of each of its changes in order.
create function audit.entry_hash(entry audit.entry) returns bytea
language sql stable set timezone to 'UTC' set datestyle to 'ISO' as $$
  select sha256(
    convert_to(audit.text_of(entry::text), 'UTF8') || coalesce((
      select string_agg(audit.digest_of(c::text), ''::bytea order by c.position)
      from audit.change c where c.entry_id = entry.id), ''::bytea))
$$;
