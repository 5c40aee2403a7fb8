import type { Fate } from '#kernel/lab/replay-party.ts'

/** What one set of policies would have made of orders; amounts in minor units of the base currency. */
export type ReplayFigures = {
  orders: number
  sales: bigint
  /** Of these: held at first, whatever became of them. */
  held: number
  delayed: number
  delayedSales: bigint
  /** Days in all. */
  delayDays: number
  lost: number
  lostSales: bigint
  /** Of `lostSales`: what was paid in fact, so that its margin would have been lost. */
  lostPaid: bigint
  /** Of `lostSales`: what was never paid, so that its loss would have been avoided. */
  lossAvoided: bigint
  waiting: number
  waitingSales: bigint
  /** Never paid of what went through, and of what was owed before. */
  loss: bigint
  /** At the end of each month: what is open, and what of it is past due. */
  receivable: bigint[]
  overdue: bigint[]
  /** What went through in each month. */
  sold: bigint[]
  /** Orders that each rule held first. */
  heldBy: Map<string, number>
}

export function noFigures(months: number): ReplayFigures {
  const zeros = () => Array.from({ length: months }, () => 0n)
  return {
    ...{ orders: 0, sales: 0n, held: 0, delayed: 0, delayedSales: 0n, delayDays: 0 },
    ...{ lost: 0, lostSales: 0n, lostPaid: 0n, lossAvoided: 0n, waiting: 0, waitingSales: 0n },
    ...{ loss: 0n, receivable: zeros(), overdue: zeros(), sold: zeros(), heldBy: new Map() },
  }
}

/** Adds up fates; `monthEndDays` are the last days of the months, rising. */
export function addFates(
  to: ReplayFigures,
  fates: readonly Fate[],
  monthEndDays: readonly number[],
): void {
  for (const fate of fates) {
    const { amount, loss, paid } = fate.order.base
    if (fate.fate !== 'opening') {
      to.orders += 1
      to.sales += amount
    }
    if (fate.heldBy.length > 0) to.held += 1
    for (const rule of fate.heldBy) to.heldBy.set(rule, (to.heldBy.get(rule) ?? 0) + 1)
    switch (fate.fate) {
      case 'lost':
        to.lost += 1
        to.lostSales += amount
        to.lostPaid += paid
        to.lossAvoided += loss
        continue
      case 'waiting':
        to.waiting += 1
        to.waitingSales += amount
        continue
      case 'delayed':
        to.delayed += 1
        to.delayedSales += amount
        to.delayDays += fate.delayDays
    }
    to.loss += loss
    addMonths(to, fate, monthEndDays)
  }
}

/** Adds the sums of one to another's. */
export function addFigures(to: ReplayFigures, from: ReplayFigures): void {
  to.orders += from.orders
  to.sales += from.sales
  to.held += from.held
  to.delayed += from.delayed
  to.delayedSales += from.delayedSales
  to.delayDays += from.delayDays
  to.lost += from.lost
  to.lostSales += from.lostSales
  to.lostPaid += from.lostPaid
  to.lossAvoided += from.lossAvoided
  to.waiting += from.waiting
  to.waitingSales += from.waitingSales
  to.loss += from.loss
  for (const series of ['receivable', 'overdue', 'sold'] as const) {
    from[series].forEach((minor, at) => {
      to[series][at] = (to[series][at] ?? 0n) + minor
    })
  }
  for (const [rule, held] of from.heldBy) to.heldBy.set(rule, (to.heldBy.get(rule) ?? 0) + held)
}

function addMonths(
  to: ReplayFigures,
  { delayDays: shift, fate, order }: Fate,
  monthEndDays: readonly number[],
): void {
  const [issued, due] = [order.issuedDay + shift, order.dueDay + shift]
  const first = monthEndDays.findIndex((day) => day >= issued)
  if (first < 0) return
  if (fate !== 'opening') to.sold[first] = (to.sold[first] ?? 0n) + order.base.amount
  let open = order.amount.minor
  let next = 0
  for (let at = first; at < monthEndDays.length; at += 1) {
    const day = monthEndDays[at] ?? 0
    for (let paid = order.settlements[next]; paid && paid.day + shift <= day; ) {
      open -= paid.minor
      next += 1
      paid = order.settlements[next]
    }
    if (open <= 0n) return
    const value = inBase(open, order)
    to.receivable[at] = (to.receivable[at] ?? 0n) + value
    if (due < day) to.overdue[at] = (to.overdue[at] ?? 0n) + value
  }
}

/** An open part at the rate of the issue day, rounded down to a whole minor unit. */
function inBase(open: bigint, { amount, base }: Fate['order']): bigint {
  return open === amount.minor ? base.amount : (base.amount * open) / amount.minor
}
