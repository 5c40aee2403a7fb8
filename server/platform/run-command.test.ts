import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { type Command, type Context, runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let context: Context
before(async () => {
  database = await openTestDatabase()
})
beforeEach(() => {
  context = database.context('admin')
})
after(() => database.close())

const command: Command = { name: 'test.write', permission: 'company:write', input: { a: 1 } }

/** Any watched table will do: a rate per source, so that tests do not meet each other. */
async function writeRate(tx: Transaction, source: string, rate = '7.1'): Promise<string> {
  const id = newId()
  await tx.run(sql`
    insert into company.exchange_rate (id, from_currency, to_currency, rate_on, rate, source)
    values (${id}, 'USD', 'CNY', '2026-11-23', ${rate}::numeric, ${source})`)
  return id
}

async function rateCount(source: string): Promise<number> {
  const row = await database.db.row(sql<{ n: number }>`
    select count(*)::int as n from company.exchange_rate where source = ${source}`)
  return row?.n ?? 0
}

async function totals(): Promise<unknown> {
  return database.db.row(sql`
    select (select count(*)::int from audit.entry) as entries,
      (select count(*)::int from audit.change) as changes,
      (select count(*)::int from platform.event) as events,
      (select count(*)::int from platform.idempotency_key) as keys,
      (select count(*)::int from graphile_worker.jobs) as jobs,
      (select count(*)::int from company.exchange_rate) as rates`)
}

test('whoever lacks the permission is refused before any work', async () => {
  let worked = false
  const answer = await runCommand(database.context('viewer'), command, async () => {
    worked = true
  })
  assert.ok(isRefusal(answer))
  assert.equal(answer.refused.kind, 'forbidden')
  assert.deepEqual(answer.refused.facts, { permission: 'company:write' })
  assert.equal(worked, false)
})

test('an entry tells who did what, and its change the digest of the row', async () => {
  const subject = newId()
  const requestId = newId()
  const id = await runCommand({ ...context, requestId }, { ...command, subject }, (tx) =>
    writeRate(tx, 'entry'),
  )
  const entry = await database.db.row(sql<Record<string, unknown>>`
    select e.*, c.relation, c.operation, c.row_ids, r.id as row_id,
      audit.digest_of(r::text) = c.digests as fits
    from audit.entry e join audit.change c on c.entry_id = e.id
      join company.exchange_rate r on r.id = c.row_ids[1]
    where e.subject = ${subject}`)
  assert.ok(entry)
  const { actor_kind, actor_id, actor_name, details, request_id } = entry
  assert.deepEqual([actor_kind, actor_id, actor_name], ['person', 'test-admin', 'test admin'])
  assert.deepEqual(details, { a: 1 })
  assert.equal(entry.command, 'test.write')
  assert.equal(request_id, requestId)
  assert.deepEqual([entry.relation, entry.operation], ['company.exchange_rate', 'insert'])
  assert.deepEqual(entry.row_ids, [id])
  assert.equal(entry.fits, true)
})

test('an update records the columns that changed, a deletion the row', async () => {
  const id = String(await runCommand(context, command, (tx) => writeRate(tx, 'update')))
  await runCommand(context, command, async (tx) => {
    await tx.run(sql`update company.exchange_rate set rate = 8 where id = ${id}`)
    await tx.run(sql`delete from company.exchange_rate where id = ${id}`)
  })
  const changes = await database.db.rows(sql<{ operation: string; differences: unknown }>`
    select operation, differences from audit.change where row_ids @> array[${id}::uuid]
    order by position`)
  assert.deepEqual(
    changes.map((change) => change.operation),
    ['insert', 'update', 'delete'],
  )
  assert.deepEqual(changes[1]?.differences, { [id]: { rate: [7.1, 8] } })
})

test('a refusal, a failure and a dry run keep nothing at all', async () => {
  const everything = async (tx: Parameters<Parameters<typeof runCommand>[2]>[0]) => {
    await writeRate(tx, 'nothing')
    await tx.emit({ kind: 'TestHappened', facts: {} })
    await tx.enqueue('job', { id: newId() })
  }
  const keyed = { ...context, idempotencyKey: 'nothing' }
  const before = await totals()
  const refused = await runCommand(keyed, command, async (tx) => {
    await everything(tx)
    return refuse('wrong-state', 'Not now.')
  })
  assert.deepEqual(refused, { refused: { kind: 'wrong-state', detail: 'Not now.' } })
  await assert.rejects(
    runCommand(keyed, command, async (tx) => {
      await everything(tx)
      throw new Error('broken on purpose')
    }),
    /broken on purpose/,
  )
  const tried = await runCommand({ ...keyed, dryRun: true }, command, async (tx) => {
    await everything(tx)
    return 'what would be'
  })
  assert.equal(tried, 'what would be')
  assert.deepEqual(await totals(), before)
  await runCommand(keyed, command, everything)
  assert.notDeepEqual(await totals(), before, 'the same work is kept when it succeeds')
})

test('events and jobs are there with the commit', async () => {
  const partyId = newId()
  await runCommand(context, command, async (tx) => {
    await tx.emit({ kind: 'TestHappened', partyId, facts: { days: 3 } })
    await tx.enqueue('sample_task', { partyId })
    const outside = await database.db.row(sql`
      select from platform.event where party_id = ${partyId}`)
    assert.equal(outside, undefined, 'nobody sees it before')
  })
  const event = await database.db.row(sql<{ kind: string; facts: unknown; command: string }>`
    select v.kind, v.facts, e.command from platform.event v
      join audit.entry e on e.id = v.entry_id where party_id = ${partyId}`)
  assert.deepEqual(event, { kind: 'TestHappened', facts: { days: 3 }, command: 'test.write' })
  const jobs = await database.db.rows(sql`
    select from graphile_worker.jobs where task_identifier = 'sample_task'`)
  assert.equal(jobs.length, 1)
})

test('ten concurrent copies with one key act once and are answered alike', async () => {
  const keyed = { ...context, idempotencyKey: 'ten' }
  const copies = Array.from({ length: 10 }, () =>
    runCommand(keyed, command, async (tx) => ({ id: await writeRate(tx, 'ten') })),
  )
  const answers = await Promise.all(copies)
  assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1)
  assert.ok(!isRefusal(answers[0]))
  assert.equal(await rateCount('ten'), 1)
})

test('a key is one actor’s own, and bound to its command and input', async () => {
  const work = async (tx: Transaction) => ({ id: await writeRate(tx, newId()) })
  const keyed = { ...context, idempotencyKey: 'own' }
  const first = await runCommand(keyed, command, work)
  const reordered = { ...command, input: { b: 2, a: 1 } }
  await runCommand({ ...keyed, idempotencyKey: 'order' }, reordered, work)
  const sameInput = { ...command, input: { a: 1, b: 2 } }
  const again = await runCommand({ ...keyed, idempotencyKey: 'order' }, sameInput, work)
  assert.ok(!isRefusal(again), 'the order of members is no difference')
  for (const other of [
    { ...command, input: { a: 2 } },
    { ...command, name: 'test.other' },
  ]) {
    const answer = await runCommand(keyed, other, work)
    assert.ok(isRefusal(answer))
    assert.equal(answer.refused.kind, 'idempotency-key-reused')
  }
  const accountant = { ...database.context('accountant'), idempotencyKey: 'own' }
  assert.notDeepEqual(await runCommand(accountant, command, work), first)
})

test('a secret is answered once and not kept', async () => {
  const keyed = { ...context, idempotencyKey: 'secret' }
  const secret = { ...command, secretReply: true }
  const make = async () => ({ token: 'hush-hush' })
  assert.deepEqual(await runCommand(keyed, secret, make), { token: 'hush-hush' })
  const again = await runCommand(keyed, secret, make)
  assert.ok(isRefusal(again))
  const kept = await database.db.row(sql<{ text: string }>`
    select reply::text as text from platform.idempotency_key where key = 'secret'`)
  assert.ok(kept && !kept.text.includes('hush'))
})

test('two transactions in a deadlock are both carried out', async () => {
  const ids = await runCommand(context, command, async (tx) => [
    await writeRate(tx, 'deadlock-a'),
    await writeRate(tx, 'deadlock-b'),
  ])
  assert.ok(!isRefusal(ids))
  let attempts = 0
  let waiting: (() => void)[] = []
  const meet = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve)
      if (waiting.length < 2) return
      for (const go of waiting) go()
      waiting = []
    })
  const lockBoth = (order: readonly string[], meets: boolean) => {
    let tries = 0
    return runCommand(context, command, async (tx) => {
      attempts++
      tries++
      const [first = '', second = ''] = order
      await tx.run(sql`update company.exchange_rate set rate = rate + 1 where id = ${first}`)
      if (meets && tries === 1) await meet()
      await tx.run(sql`update company.exchange_rate set rate = rate + 1 where id = ${second}`)
    })
  }
  await Promise.all([lockBoth(ids, true), lockBoth([...ids].reverse(), true)])
  assert.ok(attempts > 2, 'one of them was tried again')
  const rates = await database.db.rows(sql<{ rate: string }>`
    select rate::float8::text as rate from company.exchange_rate where source like 'deadlock-%'`)
  assert.deepEqual(
    rates.map(({ rate }) => rate),
    ['9.1', '9.1'],
  )
})

test('a failure that stays is thrown after a few attempts, others at once', async () => {
  const failing = async (code: string) => {
    let attempts = 0
    const work = async () => {
      attempts++
      throw Object.assign(new Error('again'), { code })
    }
    await assert.rejects(runCommand(context, command, work), /again/)
    return attempts
  }
  assert.equal(await failing('40001'), 6)
  assert.equal(await failing('23505'), 1)
})

test('of what is asked at once nothing stays and nothing comes later once one part fails', async () => {
  const pipelined = { ...command, pipelined: true }
  await runCommand(context, pipelined, async (tx) => {
    await tx.together(
      () => writeRate(tx, 'one'),
      () => writeRate(tx, 'other'),
    )
  })
  assert.deepEqual([await rateCount('one'), await rateCount('other')], [1, 1])
  const late = async (tx: Transaction) => {
    for (let times = 0; times < 5; times++) await tx.rows(sql`select pg_sleep(0.01)`)
    return writeRate(tx, 'too late')
  }
  const failing = runCommand(context, pipelined, async (tx) => {
    await tx.together(
      () => late(tx),
      () => tx.run(sql`select 1 / 0`),
    )
  })
  await assert.rejects(failing, /division by zero/, 'it fails by what failed first')
  assert.equal(await rateCount('too late'), 0)
})

test('the database refuses a write outside a command, whoever makes it', async () => {
  const outside = /a write outside a command/
  const { db } = database
  await assert.rejects(
    db.transaction((tx) => writeRate(tx, 'outside')),
    outside,
  )
  await assert.rejects(db.pool.query("update company.company set name = 'x'"), outside)
  await assert.rejects(db.pool.query('delete from company.company'), outside)
  await assert.rejects(db.pool.query('truncate company.exchange_rate'), /append-only/)
  await runCommand(context, command, (tx) => writeRate(tx, 'before'))
  await assert.rejects(
    db.transaction((tx) => writeRate(tx, 'after')),
    outside,
    'the entry of a command does not outlive it',
  )
})

test('entries, changes and seals are never changed', async () => {
  for (const table of ['entry', 'change', 'seal']) {
    for (const statement of [`delete from audit.${table}`, `truncate audit.${table}`]) {
      await assert.rejects(database.db.pool.query(statement), /append-only/, statement)
    }
  }
  await assert.rejects(database.db.pool.query("update audit.entry set actor_name = 'x'"), /append/)
})
