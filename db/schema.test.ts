import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { allMigrations } from '#server/platform/migrate.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { describeSchema } from './describe-schema.ts'
import { findSchemaFaults } from './find-schema-faults.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

test('db/schema.sql is what the migrations give', async () => {
  const written = readFileSync(join(import.meta.dirname, 'schema.sql'), 'utf8')
  const given = await describeSchema(database.db)
  const hint = 'Run "npm run schema" after changing a migration.'
  assert.deepEqual(written.split('\n'), given.split('\n'), hint)
})

test('migrations are numbered from 1 without gaps, each with a first line that says its idea', () => {
  const migrations = allMigrations()
  assert.deepEqual(
    migrations.map((migration) => migration.version),
    migrations.map((_, index) => index + 1),
  )
  for (const { name, text } of migrations) assert.match(text, /^-- [A-Z].+[.:,]?$/m, name)
})

test('no table breaks a rule of the house', async () => {
  assert.deepEqual(await findSchemaFaults(database.db), [])
})

test('a schema with faults has each of them named', async () => {
  const made = await openTestDatabase()
  try {
    await made.db.pool.query(`
      create schema fault;
      create table fault.silent (id uuid primary key);
      comment on table fault.silent is '';
      create table fault.keyless (id uuid);
      comment on table fault.keyless is 'x';
      create table fault.back_to_front (id uuid, party_id uuid, primary key (id, party_id));
      comment on table fault.back_to_front is 'x';
      create table fault.price (id uuid primary key, gross_minor integer, net_minor bigint,
        share real, issued date, paid_on text, sent timestamptz, left_at timestamp, dropped int);
      comment on table fault.price is 'x';
      select audit.watch('fault.price');
      alter table fault.price drop dropped;
      alter table fault.price disable trigger audit_update;
      create table fault.nameless (code text primary key);
      comment on table fault.nameless is 'x';
      select audit.watch('fault.nameless');
      drop table party.name_index;
      insert into audit.watched values ('fault.gone');`)
    const told = (await findSchemaFaults(made.db)).map((fault) => fault.split(/[,:.] ?$|,/)[0])
    assert.deepEqual(told, [
      'fault.silent has no comment',
      'fault.back_to_front is not watched by the audit',
      'fault.keyless is not watched by the audit',
      'fault.silent is not watched by the audit',
      'party.name_index needs no exception any more: it is not watched by the audit',
      'fault.price is watched but its four triggers are not all there and enabled',
      'fault.nameless is watched but has no uuid column "id"',
      'fault.price is watched but lost a column',
      'fault.gone is named as watched but is no table',
      'fault.keyless has no primary key',
      'fault.back_to_front belongs to a party',
      'fault.price.gross_minor is an amount of money',
      'fault.price has amounts of money but no currency',
      'fault.price.share is of a type that is not exact or not bounded',
      'fault.price.issued is a day',
      'fault.price.paid_on is a day',
      'fault.price.left_at is a moment with its zone',
      'fault.price.sent is a moment with its zone',
    ])
  } finally {
    await made.close()
  }
})

test('the description tells of a column, an index, a trigger and a comment that are added', async () => {
  const made = await openTestDatabase()
  try {
    const before = await describeSchema(made.db)
    await made.db.pool.query(`
      alter table company.company add motto text default 'x';
      create index by_motto on company.company (motto);
      comment on column company.company.motto is 'it''s ours';
      create trigger hush before update on company.company
        for each statement execute function audit.refuse();
      drop index company.one_company;`)
    const known = new Set(before.split('\n'))
    const after = await describeSchema(made.db)
    assert.deepEqual(
      after.split('\n').filter((line) => !known.has(line)),
      [
        "  motto text default 'x'::text,",
        "comment on column company.company.motto is 'it''s ours';",
        'CREATE INDEX by_motto ON company.company USING btree (motto);',
        'CREATE TRIGGER hush BEFORE UPDATE ON company.company FOR EACH STATEMENT ' +
          'EXECUTE FUNCTION audit.refuse();',
      ],
    )
  } finally {
    await made.close()
  }
})
