import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { isRefusal } from '#contract/problem.ts'
import { accepted, refused, storiesOf } from '#server/receivable/ledger-for.test.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { showPartyReceivables } from '#server/receivable/show-party-receivables.ts'
import { verifyParty } from '#server/receivable/verify-party.ts'
import { voidCredit } from '#server/receivable/void-credit.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let story: ReturnType<typeof storiesOf>
before(async () => {
  database = await openTestDatabase()
  story = storiesOf(database)
})
after(() => database.close())

test('a customer is shown with what it owes and how it pays, duplicates included', async () => {
  const [party, duplicate] = [await story.newParty(), await story.newParty()]
  await story.invoice(party, { issued: '2026-09-01', due: '2026-10-01', amount: '300.00' })
  await story.invoice(duplicate, { issued: '2026-11-01', due: '2026-12-01', amount: '50.00' })
  const receipt = { party, currency: 'CNY', amount: '100.00', receivedOn: '2026-10-11' }
  const kept = accepted(await recordReceipt(story.on('2026-11-24'), receipt))
  await story.merge(party, duplicate)
  const shown = accepted(await showPartyReceivables(story.on('2026-11-24'), party, undefined))
  assert.deepEqual(shown.items, [
    {
      ...{ currency: 'CNY', balance: '250.00', notDue: '50.00', overdue: '200.00' },
      ...{ unappliedCredits: '0.00', paid12Months: '100.00' },
      ...{ averageDaysToPay: '40.00', averageDaysBeyondTerms: '10.00' },
    },
  ])
  const early = accepted(await showPartyReceivables(story.on('2026-11-24'), party, '2026-10-01'))
  assert.deepEqual(
    early.items.map((item) => [item.balance, item.notDue, item.averageDaysToPay]),
    [['300.00', '300.00', null]],
  )
  refused(await showPartyReceivables(story.on('2026-11-24'), '无', undefined), 'not-found', /无/)
  accepted(await voidCredit(story.on('2026-11-24'), kept, { reason: '退票' }))
  const proof = await verifyParty(database.context(), party)
  assert.ok(!isRefusal(proof))
  assert.deepEqual(proof, { documents: 3, differences: [] })
})
