import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { sealAudit } from '#server/audit/seal-audit.ts'
import { sealEverything } from '#server/audit/testing.ts'
import { verifyAudit } from '#server/audit/verify-audit.ts'
import { changeCompany } from '#server/company/public.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

async function sealed(): Promise<number> {
  const answer = await sealAudit(database.db)
  assert.ok('sealed' in answer)
  return answer.sealed
}

test('a seal takes every entry once, and there is no empty seal', async () => {
  const entries = await database.db.row(sql<{ n: number }>`
    select count(*)::int as n from audit.entry`)
  assert.equal(await sealEverything(database.db), entries?.n)
  const { seals } = await verifyAudit(database.db)
  assert.equal(await sealed(), 0)
  assert.equal((await verifyAudit(database.db)).seals, seals)
})

test('an entry of a transaction that is still running waits, and so do all begun after it', async () => {
  let finish = () => {}
  const held = new Promise<void>((resolve) => {
    finish = resolve
  })
  let begun = () => {}
  const started = new Promise<void>((resolve) => {
    begun = resolve
  })
  const slow = runCommand(
    database.context(),
    { name: 'test.slow', permission: 'company:write', input: {} },
    async (tx) => {
      await tx.run(sql`update company.company set name = '慢'`)
      begun()
      await held
    },
  )
  await started
  await runCommand(
    database.context(),
    { name: 'test.quick', permission: 'company:write', input: {} },
    async () => 1,
  )
  assert.equal(await sealed(), 0)
  finish()
  await slow
  assert.equal(await sealEverything(database.db), 2)
  assert.deepEqual((await verifyAudit(database.db)).findings, [])
})

test('sealing and verifying while others write leaves nothing out and finds nothing', async () => {
  const total = 120
  let written = 0
  const write = async (writer: number) => {
    for (let n = 0; n < total / 4; n++) {
      await changeCompany(database.context(), { name: `公司 ${writer} ${n}` })
      written++
    }
  }
  const sealWhile = async () => {
    let taken = 0
    while (written < total) taken += await sealed()
    return taken
  }
  const verifyWhile = async () => {
    while (written < total) {
      assert.deepEqual((await verifyAudit(database.db)).findings, [])
    }
  }
  const [taken, takenToo] = await Promise.all([
    sealWhile(),
    sealWhile(),
    verifyWhile(),
    ...[1, 2, 3, 4].map(write),
  ])
  assert.equal((taken ?? 0) + (takenToo ?? 0) + (await sealEverything(database.db)), total)
  const found = await verifyAudit(database.db)
  assert.deepEqual(found.findings, [])
  assert.equal(found.unsealedEntries, 0)
  const doubled = await database.db.rows(sql`
    select id from audit.seal, unnest(entry_ids) id group by id having count(*) > 1`)
  assert.deepEqual(doubled, [])
})
