import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { day } from '#kernel/calendar/day.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'
import {
  allocationOf,
  anyDay,
  anyHistory,
  creditOf,
  historyOf,
  invoiceOf,
} from '#kernel/receivable/history-for.test.ts'
import { openItemsOf } from '#kernel/receivable/open-items.ts'
import { verifyBalance } from '#kernel/receivable/verify-balance.ts'

const dates = ['2025-01-10', '2025-02-10'] as const
const paid = historyOf({
  invoices: [invoiceOf('A', dates)],
  credits: [creditOf('R', '2025-02-05', { amountMinor: 150_00n })],
  allocations: [allocationOf(['R', 'A'], '2025-02-07', { amountMinor: 80_00n })],
})
const [invoice, receipt, allocation] = [paid.invoices[0], paid.credits[0], paid.allocations[0]]
assert.ok(invoice && receipt && allocation)

describe('open items', () => {
  const voided = { ...invoice, voidedOn: day('2025-02-20') }
  const bounced = { ...receipt, voidedOn: day('2025-02-20') }
  const undone = { ...allocation, reversedOn: day('2025-02-20') }
  const cases: [name: string, history: PartyHistory, asOf: string, items: string[]][] = [
    ['nothing the day before the invoice', paid, '2025-01-09', []],
    ['the whole invoice from its issue', paid, '2025-01-10', ['A 10000']],
    ['a receipt not matched yet', paid, '2025-02-05', ['A 10000', 'R 15000']],
    ['what is left on both sides once matched', paid, '2025-02-07', ['A 2000', 'R 7000']],
    [
      'a void invoice until the day before',
      { ...paid, invoices: [voided] },
      '2025-02-19',
      ['A 2000', 'R 7000'],
    ],
    [
      'its money again once the invoice is void',
      { ...paid, invoices: [voided] },
      '2025-02-20',
      ['R 15000'],
    ],
    [
      'its invoice again once the receipt is void',
      { ...paid, credits: [bounced] },
      '2025-02-20',
      ['A 10000'],
    ],
    [
      'both again once the match is reversed',
      { ...paid, allocations: [undone] },
      '2025-02-20',
      ['A 10000', 'R 15000'],
    ],
    [
      'nothing of an invoice settled in full',
      historyOf({
        invoices: [invoice],
        credits: [creditOf('R', '2025-02-05')],
        allocations: [allocationOf(['R', 'A'], '2025-02-05')],
      }),
      '2025-02-05',
      [],
    ],
  ]
  for (const [name, history, asOf, items] of cases) {
    it(`show ${name}`, () => {
      const found = openItemsOf(history, day(asOf)).map(({ id, openMinor }) => `${id} ${openMinor}`)
      assert.deepEqual(found, items)
    })
  }

  it('come by due day, then issue day, then number', () => {
    const invoices = [
      invoiceOf('d', ['2025-01-03', '2025-03-01']),
      invoiceOf('c', ['2025-01-02', '2025-03-01'], { number: '2' }),
      invoiceOf('b', ['2025-01-02', '2025-03-01'], { number: '1' }),
      invoiceOf('a', ['2025-01-05', '2025-02-01']),
    ]
    const items = openItemsOf(historyOf({ invoices }), day('2025-06-01'))
    assert.deepEqual(
      items.map(({ id }) => id),
      ['a', 'b', 'c', 'd'],
    )
  })
})

describe('the proof of open columns', () => {
  const asOf = day('2025-02-07')
  const right = [
    { document: 'invoice', id: 'A', openMinor: 20_00n },
    { document: 'credit', id: 'R', openMinor: 70_00n },
  ] as const

  it('is an empty list where every column is right', () => {
    assert.deepEqual(verifyBalance(paid, right, asOf), [])
  })

  it('names wrong, repeated, unknown and missing columns', () => {
    const [first] = right
    const claims = [{ ...first, openMinor: 21_00n }, first, { ...first, id: 'X' }]
    assert.deepEqual(verifyBalance(paid, claims, asOf), [
      {
        kind: 'amount-differs',
        document: 'invoice',
        id: 'A',
        claimedMinor: 21_00n,
        provenMinor: 20_00n,
      },
      { kind: 'claimed-twice', document: 'invoice', id: 'A' },
      { kind: 'document-unknown', document: 'invoice', id: 'X', claimedMinor: 20_00n },
      { kind: 'claim-missing', document: 'credit', id: 'R', provenMinor: 70_00n },
    ])
  })

  it('accepts zero for what is settled, void or still to come, and no claim at all', () => {
    const early = day('2025-01-01')
    assert.deepEqual(verifyBalance(paid, [], early), [])
    assert.deepEqual(
      verifyBalance(
        paid,
        right.map((r) => ({ ...r, openMinor: 0n })),
        early,
      ),
      [],
    )
  })

  it('holds for the open items of any history, and fails for any other amount', () => {
    const property = fc.property(anyHistory, anyDay, (history, on) => {
      const claims = openItemsOf(history, on).map(({ kind, id, openMinor }) => ({
        document: kind === 'invoice' ? ('invoice' as const) : ('credit' as const),
        id,
        openMinor,
      }))
      assert.deepEqual(verifyBalance(history, claims, on), [])
      const wrong = claims.map((claim) => ({ ...claim, openMinor: claim.openMinor + 1n }))
      assert.equal(verifyBalance(history, wrong, on).length, claims.length)
    })
    fc.assert(property)
  })
})
