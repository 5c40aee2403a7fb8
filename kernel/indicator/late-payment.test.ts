import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { it } from 'node:test'
import { addDays, type Day, dayOf } from '#kernel/calendar/day.ts'
import { ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import { invariant } from '#kernel/invariant.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import { paidHistory, usd } from '#kernel/receivable/history-for.test.ts'
import { aucOf } from '#kernel/scoring/auc.ts'

const file = '../shared/data/ar_ibm_late_payments/WA_Fn-UseC_-Accounts-Receivable.csv'
const skip = existsSync(file) ? false : `no data at ${file}`

type Row = { customer: string; issued: Day; due: Day; settled: Day; minor: bigint; late: boolean }

it('tells late payers of the second half of 2013 from their history before it', { skip }, (t) => {
  const asOf = day('7/1/2013')
  const rows = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1).map(rowOf)
  const histories = new Map<string, PartyHistory>()
  for (const [customer, own] of Map.groupBy(rows, (row) => row.customer)) {
    histories.set(
      customer,
      paidHistory(own.map((row) => [row.issued, row.due, row.settled, row.minor] as const)),
    )
  }
  // The invoices of a day are not known at its beginning, when their risk is told.
  const eve = addDays(asOf, -1)
  for (const on of [asOf, eve]) {
    const share = new Map<string, number>()
    for (const [customer, history] of histories) {
      const told = ledgerIndicatorsOf(history, { asOf: on, currency: usd, convert: (m) => m.minor })
      share.set(customer, Number(told.late_share_smoothed))
    }
    const later = rows.filter((row) => row.issued >= asOf)
    const scores = (late: boolean) =>
      later.filter((row) => row.late === late).map((row) => share.get(row.customer) ?? 0)
    const outcome = aucOf(scores(true), scores(false))
    assert.ok(outcome.kind === 'measured')
    assert.equal(outcome.positives, 151)
    assert.equal(outcome.positives + outcome.negatives, 536)
    const [auc, low, high] = [outcome.auc, outcome.low, outcome.high].map((x) => x.toFixed(4))
    t.diagnostic(`AUC of late_share_smoothed as of ${on}: ${auc} (95 % ${low} to ${high})`)
    assert.ok(outcome.auc > 0.82 && outcome.auc < 0.89)
  }
})

function rowOf(line: string): Row {
  const cells = line.split(',')
  const cell = (index: number) => cells[index] ?? ''
  return {
    customer: cell(1),
    issued: day(cell(4)),
    due: day(cell(5)),
    settled: day(cell(8)),
    minor: BigInt(cell(6).replace(/^(\d+)(?:\.(\d*))?$/, (_, a, b = '') => a + b.padEnd(2, '0'))),
    late: Number(cell(11)) > 0,
  }
}

function day(american: string): Day {
  const [month, dayOfMonth, year] = american.split('/').map(Number)
  const date = dayOf(year ?? 0, month ?? 0, dayOfMonth ?? 0)
  invariant(date, `${american} is a day`)
  return date
}
