import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { runStress } from '#bench/stress.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

it('keeps every limit and balance under 64 callers of two servers', async (t) => {
  const seed = String(Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  const { db } = database
  const outcome = await runStress({ db, context: database.context(), operations: 3000, seed })
  assert.deepEqual(outcome.faults.slice(0, 10), [])
  assert.ok(outcome.replay.raises > 100, `seed ${seed}: ${outcome.replay.raises} raises`)
  const held = [...outcome.outcomes].filter(([name]) => name.endsWith(': held'))
  assert.ok(held.length > 0, `seed ${seed}: limits are tight enough that something is held`)
})
