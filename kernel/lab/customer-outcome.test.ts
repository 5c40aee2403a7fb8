import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Day, day } from '#kernel/calendar/day.ts'
import { type CustomerOutcome, customerOutcome } from '#kernel/lab/customer-outcome.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Allocation, Credit, PartyHistory } from '#kernel/receivable/history.ts'

const cny = 'CNY' as Currency
const usd = 'USD' as Currency

type Paid = readonly [on: string, minor: bigint, kind?: Credit['kind'], reversedOn?: string]

/** A customer with one invoice of 100.00 that was issued and due on these days, and paid so. */
function historyOf(issuedOn: string, dueOn: string, paid: readonly Paid[], currency = cny) {
  const credits = paid.map(([on, amountMinor, kind = 'receipt'], at) => ({
    ...{ id: `c${at}`, kind, reason: null, currency, amountMinor },
    ...{ effectiveOn: day(on), voidedOn: null },
  })) as unknown as Credit[]
  const allocations = paid.map(([on, amountMinor, , reversedOn], at) => ({
    ...{ creditId: `c${at}`, invoiceId: 'i', amountMinor, effectiveOn: day(on) },
    reversedOn: reversedOn ? day(reversedOn) : null,
  })) as unknown as Allocation[]
  const invoice = {
    ...{ id: 'i', number: 'I-1', currency, amountMinor: 10_000n },
    ...{ issuedOn: day(issuedOn), dueOn: day(dueOn), voidedOn: null as Day | null },
  }
  return { credits, allocations, invoices: [invoice] } as unknown as PartyHistory
}

const terms = {
  from: day('2026-03-01'),
  through: day('2026-06-30'),
  lateDays: 30,
  inBase: ({ minor, currency }: { minor: bigint; currency: Currency }) =>
    currency === cny ? minor : currency === usd ? minor * 7n : null,
}

const nothing = { sales: 0n, due: 0n, lateAtDue: 0n, judged: 0n, late: 0n, writtenOff: 0n }

// biome-ignore format: a table
const cases: readonly [string, PartyHistory, Partial<CustomerOutcome>][] = [
  ['paid in time', historyOf('2026-03-01', '2026-03-31', [['2026-03-31', 10_000n]]), { sales: 10_000n, due: 10_000n, judged: 10_000n }],
  ['paid within the days', historyOf('2026-02-01', '2026-03-31', [['2026-04-30', 10_000n]]), { due: 10_000n, lateAtDue: 10_000n, judged: 10_000n }],
  ['a part paid too late', historyOf('2026-02-01', '2026-03-31', [['2026-04-30', 4_000n], ['2026-05-01', 6_000n]]), { due: 10_000n, lateAtDue: 10_000n, judged: 10_000n, late: 6_000n }],
  ['due on the last day', historyOf('2026-06-01', '2026-06-30', []), { sales: 10_000n }],
  ['not due for long enough', historyOf('2026-05-01', '2026-05-31', []), { sales: 10_000n, due: 10_000n, lateAtDue: 10_000n }],
  ['due before', historyOf('2026-01-01', '2026-02-28', []), {}],
  ['a returned payment', historyOf('2026-02-01', '2026-03-31', [['2026-03-30', 10_000n, 'receipt', '2026-04-15']]), { due: 10_000n, judged: 10_000n, late: 10_000n }],
  ['written off', historyOf('2026-01-01', '2026-02-01', [['2026-06-01', 10_000n, 'write-off']]), { writtenOff: 10_000n }],
  ['written off is not paid', historyOf('2026-02-01', '2026-03-31', [['2026-04-01', 10_000n, 'write-off']]), { due: 10_000n, lateAtDue: 10_000n, judged: 10_000n, late: 10_000n, writtenOff: 10_000n }],
  ['another currency', historyOf('2026-06-01', '2026-07-30', [], usd), { sales: 70_000n }],
  ['a currency without a rate', historyOf('2026-06-01', '2026-07-30', [], 'EUR' as Currency), {}],
]
for (const [what, history, told] of cases) {
  test(`${what} is told as it was`, () => {
    assert.deepEqual(customerOutcome(history, terms), { ...nothing, ...told })
  })
}
