import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  mayBe,
  type OrderAct,
  type OrderProgress,
  orderStates,
  orderStatus,
} from '#kernel/order/order-state.ts'

const progress = (of: Partial<OrderProgress>): OrderProgress => ({
  ...{ state: 'confirmed', deliveredMinor: 0n, restMinor: 100n, notInvoicedMinor: 0n },
  ...of,
})

const statuses: readonly [string, Partial<OrderProgress>][] = [
  ['draft', { state: 'draft' }],
  ['closed', { state: 'closed', deliveredMinor: 100n, restMinor: 0n }],
  ['confirmed', {}],
  ['partly-delivered', { deliveredMinor: 40n, restMinor: 60n, notInvoicedMinor: 40n }],
  ['partly-delivered', { deliveredMinor: 40n, restMinor: 60n }],
  ['delivered', { deliveredMinor: 100n, restMinor: 0n, notInvoicedMinor: 100n }],
  ['partly-invoiced', { deliveredMinor: 100n, restMinor: 0n, notInvoicedMinor: 30n }],
  ['invoiced', { deliveredMinor: 100n, restMinor: 0n }],
]

for (const [status, of] of statuses) {
  test(`an order is shown as ${status}: ${Object.values(of).join(' ')}`, () => {
    assert.equal(orderStatus(progress(of)), status)
  })
}

/** One line per act: d draft, k checked, h held, c confirmed, x closed, v cancelled. */
const possible: Readonly<Record<OrderAct, string>> = {
  checked: 'dk....',
  confirmed: 'dkh...',
  amended: 'dkhc..',
  cancelled: 'dkhc..',
  delivered: '...c..',
  'taken back': '...c..',
  invoiced: '...c..',
  closed: 'dkhc..',
  reopened: '....xv',
}

for (const act of Object.keys(possible) as OrderAct[]) {
  test(`when an order can be ${act}`, () => {
    const letters = orderStates.map((state, n) => (mayBe(act, state) ? 'dkhcxv'[n] : '.'))
    assert.equal(letters.join(''), possible[act])
  })
}
