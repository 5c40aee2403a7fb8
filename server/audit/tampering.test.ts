import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { AuditVerification } from '#contract/audit.ts'
import { auditLines } from '#server/audit/audit-line.ts'
import { sealEverything } from '#server/audit/testing.ts'
import { exportAudit, verifyAudit, verifyExport } from '#server/audit/verify-audit.ts'
import { verifyLines } from '#server/audit/verify-lines.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let tables: readonly Table[]

/** A database with a row in every audited table, written by commands and sealed. */
before(async () => {
  database = await openTestDatabase()
  tables = await auditedTables()
  await dropRules()
  for (const table of tables) await writeRow(table)
  await sealEverything(database.db)
})
after(() => database.close())

type Column = { name: string; type: string; nullable: boolean }
type Table = { relation: string; columns: readonly Column[]; id: string }

async function auditedTables(): Promise<Table[]> {
  const found = await database.db.rows(sql<{ relation: string; columns: Column[] }>`
    select w.relation, (
      select jsonb_agg(jsonb_build_object('name', a.attname, 'nullable', not a.attnotnull,
        'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and a.attname <> 'id'
    ) as columns
    from audit.watched w join pg_namespace n on n.nspname = split_part(w.relation, '.', 1)
      join pg_class c on c.relnamespace = n.oid and c.relname = split_part(w.relation, '.', 2)
    order by w.relation`)
  return found.map((table) => ({ ...table, id: newId() }))
}

/** Any value will do for this test, so nothing but the audit watches these tables here. */
async function dropRules(): Promise<void> {
  await database.db.pool.query(`do $$ declare rule record; begin
    for rule in select k.conrelid::regclass as relation, k.conname from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join audit.watched w on w.relation = n.nspname || '.' || c.relname
      where k.contype in ('f', 'c', 'p', 'u') order by k.contype in ('p', 'u')
    loop execute format('alter table %s drop constraint %I cascade', rule.relation, rule.conname); end loop;
    for rule in select i.indexrelid::regclass as conname from pg_index i
      join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      join audit.watched w on w.relation = n.nspname || '.' || c.relname
      where i.indisunique and not i.indisprimary
    loop execute format('drop index %s', rule.conname); end loop; end $$`)
}

const values: Readonly<Record<string, readonly [before: string, after: string]>> = {
  uuid: ['gen_random_uuid()', 'gen_random_uuid()'],
  text: ['\'before, "quoted" (and) 汉字\'', '\'before, "quoted" (and) 漢字\''],
  'character(2)': ["'CN'", "'CM'"],
  'character(3)': ["'CNY'", "'CNX'"],
  boolean: ['true', 'false'],
  bytea: ["'\\x0102'", "'\\x0103'"],
  smallint: ['12', '13'],
  integer: ['1200', '1201'],
  bigint: ['123456789012345', '123456789012346'],
  'numeric(24,12)': ['7.100000000001', '7.100000000002'],
  date: ["'2026-11-23'", "'2026-11-24'"],
  'timestamp with time zone': ["'2026-11-23 01:02:03.000004Z'", "'2026-11-23 01:02:03.000005Z'"],
  jsonb: ['\'{"a": 1}\'', '\'{"a": 2}\''],
  'text[]': ["array['a', 'b']", "array['a', 'c']"],
  'smallint[]': ['array[1, 2]', 'array[1, 3]'],
  'integer[]': ['array[1, 2]', 'array[1, 3]'],
  'uuid[]': ['array[gen_random_uuid()]', 'array[gen_random_uuid()]'],
}

function valueFor(column: Column, moment: 0 | 1): string {
  const pair = values[column.type]
  assert.ok(pair, `this test needs a value for the type ${column.type}`)
  return pair[moment]
}

async function writeRow(table: Table): Promise<void> {
  const names = ['id', ...table.columns.map((column) => `"${column.name}"`)]
  const row = [`'${table.id}'`, ...table.columns.map((column) => valueFor(column, 0))]
  const insert = `insert into ${quoted(table)} (${names.join(', ')}) values (${row.join(', ')})`
  await runCommand(database.context(), command, (tx) => tx.run(sql.raw(insert)))
}

const command = { name: 'test.write', permission: 'company:write', input: {} } as const

function quoted(table: Table): string {
  return table.relation
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}

/** What a superuser does without triggers, verified, and then forgotten. */
async function verifiedAfter(
  statements: readonly string[],
  expectedHead?: string,
): Promise<AuditVerification> {
  let found: AuditVerification | undefined
  const forget = new Error('forgotten')
  await database.db
    .transaction(async (tx: Transaction) => {
      await tx.run(sql`set local session_replication_role = replica`)
      for (const statement of statements) {
        assert.ok((await tx.run(sql.raw(statement))) > 0, `touches a row: ${statement}`)
      }
      found = await verifyLines(auditLines(tx), expectedHead)
      throw forget
    })
    .catch((error) => assert.equal(error, forget))
  return found ?? assert.fail('not verified')
}

const told = ({ findings }: AuditVerification) =>
  findings.map((found) => `${found.kind}: ${found.what}`)

test('what commands wrote is as it was recorded', async () => {
  const found = await verifyAudit(database.db)
  assert.deepEqual(found.findings, [])
  assert.ok(found.rows >= tables.length && found.seals > 0 && found.sealedEntries > tables.length)
  assert.equal(found.unsealedEntries, 0)
})

test('one value changed in any column of any audited table is named', async () => {
  const most = Math.max(...tables.map((table) => table.columns.length))
  for (let n = 0; n < most; n++) {
    const touched = tables.filter((table) => table.columns[n] !== undefined)
    const set = (to: (column: Column) => string) => (table: Table) => {
      const column = table.columns[n]
      return column
        ? [`update ${quoted(table)} set "${column.name}" = ${to(column)} where id = '${table.id}'`]
        : []
    }
    const expected = touched.map((table) => `row changed: ${table.relation} ${table.id}`)
    const changed = await verifiedAfter(touched.flatMap(set((column) => valueFor(column, 1))))
    assert.deepEqual(told(changed), expected, `column ${n}`)
    const emptiable = touched.filter((table) => table.columns[n]?.nullable)
    if (emptiable.length === 0) continue
    const emptied = await verifiedAfter(emptiable.flatMap(set(() => 'null')))
    const expectedEmpty = emptiable.map((table) => `row changed: ${table.relation} ${table.id}`)
    assert.deepEqual(told(emptied), expectedEmpty, `column ${n} emptied`)
  }
})

test('a row that is removed, added or given another id is named in any audited table', async () => {
  const removed = await verifiedAfter(
    tables.map((table) => `delete from ${quoted(table)} where id = '${table.id}'`),
  )
  const missing = tables.map((table) => `row missing: ${table.relation} ${table.id}`)
  assert.deepEqual(told(removed).sort(), missing.sort())
  const other = newId()
  const renamed = await verifiedAfter(
    tables.map((table) => `update ${quoted(table)} set id = '${other}' where id = '${table.id}'`),
  )
  const added = tables.map((table) => `row added: ${table.relation} ${other}`)
  assert.deepEqual(told(renamed).sort(), [...missing, ...added].sort())
  const copied = await verifiedAfter(tables.map((table) => copyOf(table, other)))
  assert.deepEqual(told(copied).sort(), added.sort())
})

function copyOf(table: Table, id: string): string {
  const names = table.columns.map((column) => `"${column.name}"`).join(', ')
  return `insert into ${quoted(table)} (id, ${names})
    select '${id}', ${names} from ${quoted(table)} where id = '${table.id}'`
}

test('a table taken off the list of audited ones has its rows missed', async () => {
  const [table] = tables
  assert.ok(table)
  const found = await verifiedAfter([
    `delete from audit.watched where relation = '${table.relation}'`,
  ])
  assert.ok(told(found).includes(`row missing: ${table.relation} ${table.id}`))
})

const trail: readonly (readonly [string, string, string])[] = [
  ['an actor', "update audit.entry set actor_name = 'nobody' where id = $entry", 'entry changed'],
  [
    'a time',
    "update audit.entry set recorded_at = recorded_at - interval '1 s' where id = $entry",
    'entry changed',
  ],
  [
    'what was asked',
    'update audit.entry set details = \'{"a": 2}\' where id = $entry',
    'entry changed',
  ],
  [
    'an entry’s id',
    'update audit.entry set id = gen_random_uuid() where id = $entry',
    'entry missing',
  ],
  ['an entry removed', 'delete from audit.entry where id = $entry', 'entry missing'],
  [
    'a forged entry',
    'insert into audit.entry select gen_random_uuid(), recorded_at, written_by, actor_kind, actor_id, actor_name, command, subject, input_hash, details, request_id from audit.entry where id = $entry',
    'entry added',
  ],
  [
    'a digest',
    "update audit.change set digests = sha256('x') where entry_id = $entry",
    'entry changed',
  ],
  [
    'an operation',
    "update audit.change set operation = 'delete' where entry_id = $entry",
    'entry changed',
  ],
  [
    'a difference',
    "update audit.change set differences = '{}' where entry_id = $entry",
    'entry changed',
  ],
  ['a change removed', 'delete from audit.change where entry_id = $entry', 'entry changed'],
  ['a seal’s hash', "update audit.seal set hash = sha256('x') where number = 1", 'seal changed: 1'],
  [
    'a seal’s link',
    "update audit.seal set previous_hash = sha256('x') where number = 2",
    'seal changed: 2',
  ],
  [
    'a sealed hash',
    "update audit.seal set entry_hashes[1] = sha256('x') where number = 1",
    'seal changed: 1',
  ],
  [
    'a sealed id',
    'update audit.seal set entry_ids[1] = gen_random_uuid() where number = 1',
    'entry missing',
  ],
  ['a seal’s number', 'update audit.seal set number = 99 where number = 2', 'seal missing: 2'],
  ['a seal removed', 'delete from audit.seal where number = 1', 'seal missing: 1'],
]

test('a second seal stands on the first', async () => {
  const { seals } = await verifyAudit(database.db)
  await runCommand(database.context(), command, async () => 1)
  assert.equal(await sealEverything(database.db), 1)
  await runCommand(database.context(), command, async () => 1)
  assert.equal(await sealEverything(database.db), 1)
  assert.equal((await verifyAudit(database.db)).seals, seals + 2)
})

for (const [what, statement, expected] of trail) {
  test(`${what} in the trail itself is named`, async () => {
    const entry = await database.db.row(sql<{ id: string }>`
      select entry_id as id from audit.change where operation = 'insert' order by position limit 1`)
    const found = await verifiedAfter([statement.replace('$entry', `'${entry?.id}'`)])
    assert.ok(
      told(found).some((finding) => finding.startsWith(expected)),
      told(found).join('\n'),
    )
  })
}

test('the last seals cut off show against a head noted before, and only then', async () => {
  const { head } = await verifyAudit(database.db)
  assert.ok(head)
  assert.deepEqual((await verifyAudit(database.db, head)).findings, [])
  const cut = 'delete from audit.seal where number = (select max(number) from audit.seal)'
  assert.deepEqual(told(await verifiedAfter([cut], head)), [`head differs: ${head}`])
})

test('an export verified without a database gives the same findings', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'xinheng-audit-'))
  const spoilt = await openTestDatabase()
  try {
    await sealEverything(spoilt.db)
    await spoilt.db.transaction(async (tx) => {
      await tx.run(sql`set local session_replication_role = replica`)
      await tx.run(sql`update company.company set name = '别家公司'`)
      await tx.run(sql`delete from policy.version where kind = 'scorecard'`)
      await tx.run(sql`update audit.entry set actor_name = 'x' where command = 'company.create'`)
    })
    const file = join(folder, 'audit.jsonl')
    await exportAudit(spoilt.db, file)
    const live = await verifyAudit(spoilt.db)
    assert.deepEqual(await verifyExport(file), live)
    const kinds = new Set(live.findings.map((finding) => finding.kind))
    assert.deepEqual([...kinds].sort(), ['entry changed', 'row changed', 'row missing'])
    await assert.rejects(exportAudit(spoilt.db, file), /EEXIST/, 'an export replaces no file')
  } finally {
    await spoilt.close()
    await rm(folder, { recursive: true })
  }
})
