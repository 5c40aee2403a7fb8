import type { Label } from '#kernel/document/label.ts'

/** States that are stored, in the order of an order's life. */
export const orderStates = ['draft', 'checked', 'held', 'confirmed', 'closed', 'cancelled'] as const
export type OrderState = (typeof orderStates)[number]

/** What is shown: a confirmed order is told by how far it has come. */
export const orderStatuses = [
  ...orderStates,
  'partly-delivered',
  'delivered',
  'partly-invoiced',
  'invoiced',
] as const
export type OrderStatus = (typeof orderStatuses)[number]

export type OrderProgress = {
  readonly state: OrderState
  /** Value of what came to the customer and stayed there, and of what is still to come. */
  readonly deliveredMinor: bigint
  readonly restMinor: bigint
  /** The part of deliveredMinor that no invoice asks for yet. */
  readonly notInvoicedMinor: bigint
}

/** How far an order has come; what is delivered last says more than what is invoiced before. */
export function orderStatus(of: OrderProgress): OrderStatus {
  if (of.state !== 'confirmed' || of.deliveredMinor === 0n) return of.state
  if (of.restMinor > 0n) return 'partly-delivered'
  if (of.notInvoicedMinor === 0n) return 'invoiced'
  return of.notInvoicedMinor < of.deliveredMinor ? 'partly-invoiced' : 'delivered'
}

/** What can be done to an order, and the states in which it can. */
const possibleIn = {
  checked: ['draft', 'checked'],
  confirmed: ['draft', 'checked', 'held'],
  amended: ['draft', 'checked', 'held', 'confirmed'],
  cancelled: ['draft', 'checked', 'held', 'confirmed'],
  delivered: ['confirmed'],
  'taken back': ['confirmed'],
  invoiced: ['confirmed'],
  closed: ['draft', 'checked', 'held', 'confirmed'],
  reopened: ['closed', 'cancelled'],
} as const satisfies Record<string, readonly OrderState[]>

/** As in: the order cannot be delivered. */
export type OrderAct = keyof typeof possibleIn

export function mayBe(act: OrderAct, state: OrderState): boolean {
  const states: readonly OrderState[] = possibleIn[act]
  return states.includes(state)
}

/** What to do first where an act is not possible in a state. */
export function remedyFor(act: OrderAct, state: OrderState): Label {
  if (act === 'reopened') {
    return {
      zh: '只有已关闭或已取消的订单可以重新打开',
      en: 'only closed and cancelled orders are reopened',
    }
  }
  if (state === 'held') {
    return {
      zh: '正在等待放行，可修改或取消',
      en: 'it waits for the release of its hold; amend or cancel it',
    }
  }
  if (state === 'closed' || state === 'cancelled') {
    return { zh: '先重新打开订单', en: 'reopen it first' }
  }
  return state === 'confirmed'
    ? { zh: '已经过了这一步', en: 'that is behind it' }
    : { zh: '先确认订单', en: 'confirm it first' }
}
