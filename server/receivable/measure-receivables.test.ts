import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, storiesOf } from '#server/receivable/ledger-for.test.ts'
import { measureReceivables } from '#server/receivable/measure-receivables.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { openTestDatabase } from '#server/testing.ts'

test('the measures of a book follow from its sales and balances', async () => {
  const own = await openTestDatabase()
  try {
    const only = storiesOf(own)
    const party = await only.newParty()
    await only.invoice(party, { issued: '2026-08-01', due: '2026-08-31', amount: '900.00' })
    await only.invoice(party, { issued: '2026-11-01', due: '2026-12-01', amount: '600.00' })
    const receipt = { party, currency: 'CNY', amount: '500.00', receivedOn: '2026-09-10' }
    accepted(await recordReceipt(only.on('2026-11-24'), receipt))
    const [item] = accepted(await measureReceivables(only.on('2026-11-30'), { months: 3 })).items
    assert.deepEqual(item, {
      ...{ currency: 'CNY', opening: '900.00', sales: '600.00', collected: '500.00' },
      ...{ closing: '1000.00', notDue: '600.00', overdue: '400.00', unappliedCredits: '0.00' },
      // 91 days from 31 August on: 1000 / 600 * 91, of which 400 / 600 * 91 are overdue.
      ...{ overdueShare: '0.4000', dso: '151.67', bestPossibleDso: '91.00' },
      // November's 30 days take 600; September and October sold nothing; 400 of August's 900 stay.
      ...{ averageDaysDelinquent: '60.67', countBackDso: '104.78' },
      // 500 collected of the 1500 less 600 that were due.
      collectionEffectiveness: '0.5556',
    })
    assert.deepEqual(accepted(await measureReceivables(only.on('2020-01-01'), {})).items, [])
  } finally {
    await own.close()
  }
})
