import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { day } from '#kernel/calendar/day.ts'
import { money } from '#kernel/money/money.ts'
import {
  type AllocationOrder,
  allocateReceipt,
  type PayableInvoice,
} from '#kernel/receivable/allocate-receipt.ts'
import { anyDay, cny, usd } from '#kernel/receivable/history-for.test.ts'

const payable = (id: string, parts: Partial<PayableInvoice> = {}): PayableInvoice => ({
  id,
  number: id,
  currency: cny,
  openMinor: 100n,
  issuedOn: day('2025-01-01'),
  dueOn: day('2025-02-01'),
  voidedOn: null,
  ...parts,
})

const invoices = [
  payable('late', { dueOn: day('2025-03-01') }),
  payable('second', { number: '2' }),
  payable('first', { number: '1' }),
  payable('dollars', { currency: usd }),
  payable('closed', { openMinor: 0n }),
  payable('void', { voidedOn: day('2025-01-05') }),
]

const oldestFirst: AllocationOrder = { kind: 'oldest-first' }
const named = (...lines: [string, bigint | null][]): AllocationOrder => ({
  kind: 'named',
  lines: lines.map(([invoiceId, amountMinor]) => ({ invoiceId, amountMinor })),
})

describe('a receipt', () => {
  const cases: [string, bigint, AllocationOrder, string][] = [
    ['of nothing is refused', 0n, oldestFirst, 'receipt-not-positive'],
    ['pays the oldest due first, then by number', 150n, oldestFirst, 'first 100 second 50 +0'],
    [
      'leaves unapplied what no open invoice takes',
      350n,
      oldestFirst,
      'first 100 second 100 late 100 +50',
    ],
    ['pays a named invoice as told', 150n, named(['late', 60n]), 'late 60 +90'],
    ['pays what is open where no amount is told', 150n, named(['late', null]), 'late 100 +50'],
    [
      'pays what is left where that is less',
      150n,
      named(['late', null], ['first', null]),
      'late 100 first 50 +0',
    ],
    ['names an unknown invoice', 10n, named(['nobody', 10n]), 'invoice-unknown'],
    ['names an invoice told twice', 10n, named(['late', 1n], ['late', 1n]), 'invoice-named-twice'],
    ['names a void invoice', 10n, named(['void', 10n]), 'invoice-void'],
    ['names an invoice of another currency', 10n, named(['dollars', 10n]), 'other-currency'],
    ['names a closed invoice', 10n, named(['closed', null]), 'invoice-closed'],
    ['names a line of nothing', 10n, named(['late', 0n]), 'amount-not-positive'],
    ['names a line over the open amount', 500n, named(['late', 101n]), 'more-than-open'],
    [
      'names the line that money ran out on',
      150n,
      named(['late', 100n], ['first', 51n]),
      'more-than-received',
    ],
  ]
  for (const [name, received, order, expected] of cases) {
    it(name, () => {
      const outcome = allocateReceipt(money(received, cny), invoices, order)
      if (outcome.kind !== 'allocated') return assert.equal(outcome.kind, expected)
      const parts = outcome.allocations.map((part) => `${part.invoiceId} ${part.amountMinor}`)
      assert.equal([...parts, `+${outcome.unappliedMinor}`].join(' '), expected)
    })
  }
})

it('never spends more than was received, nor takes more than is open', () => {
  const anyInvoices = fc
    .array(
      fc.record({
        currency: fc.constantFrom(cny, cny, usd),
        openMinor: fc.bigInt(0n, 500n),
        dueOn: anyDay,
        voidedOn: fc.option(anyDay, { freq: 5 }),
      }),
      { maxLength: 8 },
    )
    .map((list) => list.map((parts, i) => payable(`${i}`, parts)))
  const line = fc.record({
    invoiceId: fc.nat(7).map(String),
    amountMinor: fc.option(fc.bigInt(-5n, 600n)),
  })
  const anyOrder = fc.oneof(
    fc.constant(oldestFirst),
    fc.array(line, { maxLength: 3 }).map((lines): AllocationOrder => ({ kind: 'named', lines })),
  )
  const anyReceived = fc.bigInt(1n, 2000n)
  const property = fc.property(anyInvoices, anyOrder, anyReceived, (list, order, received) => {
    const outcome = allocateReceipt(money(received, cny), list, order)
    if (outcome.kind !== 'allocated') return
    let spent = 0n
    for (const { invoiceId, amountMinor } of outcome.allocations) {
      const invoice = list[Number(invoiceId)]
      assert.ok(invoice && invoice.currency === cny && invoice.voidedOn === null)
      assert.ok(amountMinor > 0n && amountMinor <= invoice.openMinor)
      spent += amountMinor
    }
    assert.ok(outcome.unappliedMinor >= 0n)
    assert.equal(spent + outcome.unappliedMinor, received)
    assert.equal(
      new Set(outcome.allocations.map((a) => a.invoiceId)).size,
      outcome.allocations.length,
    )
  })
  fc.assert(property, { numRuns: 500 })
})
