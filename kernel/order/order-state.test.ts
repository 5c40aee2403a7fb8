import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  mayBe,
  type OrderAct,
  type OrderProgress,
  type OrderState,
  orderStates,
  orderStatus,
  remedyFor,
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

const remedies: readonly [OrderAct, OrderState, string, string][] = [
  [
    'reopened',
    'held',
    '只有已关闭或已取消的订单可以重新打开',
    'only closed and cancelled orders are reopened',
  ],
  [
    'delivered',
    'held',
    '正在等待放行，可修改或取消',
    'it waits for the release of its hold; amend or cancel it',
  ],
  ['amended', 'closed', '先重新打开订单', 'reopen it first'],
  ['delivered', 'cancelled', '先重新打开订单', 'reopen it first'],
  ['checked', 'confirmed', '已经过了这一步', 'that is behind it'],
  ['invoiced', 'draft', '先确认订单', 'confirm it first'],
]

for (const [act, state, zh, en] of remedies) {
  test(`what helps an order that is ${state} and cannot be ${act}`, () => {
    assert.deepEqual(remedyFor(act, state), { zh, en })
  })
}
