import { fromEpochDay } from '#kernel/calendar/day.ts'
import type { BalanceFacts, OverdueFacts } from '#kernel/check/check-facts.ts'
import type { PastOrder } from '#kernel/lab/past-orders.ts'
import type { Currency } from '#kernel/money/currency.ts'

type Owed = {
  readonly order: PastOrder
  /** Days by which all of it came later than it did. */
  readonly shift: number
  openMinor: bigint
  settled: number
}

/** What a customer would owe on a day, had only some of its orders gone through. Time only goes on. */
export class ReplayedLedger {
  #owed: Owed[] = []

  add(order: PastOrder, shift: number): void {
    this.#owed.push({ order, shift, openMinor: order.amount.minor, settled: 0 })
  }

  /** Takes in all settlements before a day. */
  settleBefore(day: number): void {
    let isAnyPaid = false
    for (const owed of this.#owed) {
      for (let next = nextOf(owed); next && next.day + owed.shift < day; next = nextOf(owed)) {
        owed.openMinor -= next.minor
        owed.settled += 1
      }
      isAnyPaid ||= owed.openMinor <= 0n
    }
    if (isAnyPaid) this.#owed = this.#owed.filter(({ openMinor }) => openMinor > 0n)
  }

  /** The next day from a day on, on which something is settled; infinity where nothing is. */
  nextSettlementFrom(day: number): number {
    let first = Number.POSITIVE_INFINITY
    for (const owed of this.#owed) {
      const next = nextOf(owed)
      if (next) first = Math.min(first, Math.max(next.day + owed.shift, day))
    }
    return first
  }

  /** What the gate asks of a ledger; what is due today is not yet overdue. */
  read(day: number): {
    readonly balances: readonly BalanceFacts[]
    readonly overdue: readonly OverdueFacts[]
    readonly oldestIssuedDay: number | null
  } {
    const open = new Map<Currency, bigint>()
    const overdue = new Map<string, { dueDay: number; currency: Currency; minor: bigint }>()
    let oldestIssuedDay: number | null = null
    for (const { openMinor, order, shift } of this.#owed) {
      const { currency } = order.amount
      open.set(currency, (open.get(currency) ?? 0n) + openMinor)
      const issued = order.issuedDay + shift
      if (oldestIssuedDay === null || issued < oldestIssuedDay) oldestIssuedDay = issued
      const dueDay = order.dueDay + shift
      if (dueDay >= day) continue
      const key = `${dueDay} ${currency}`
      const there = overdue.get(key)
      if (there) there.minor += openMinor
      else overdue.set(key, { dueDay, currency, minor: openMinor })
    }
    return {
      balances: [...open].map(([currency, invoiced]) => ({
        ...{ currency, stages: { invoiced }, laterMinor: 0n },
      })),
      overdue: [...overdue.values()]
        .sort((a, b) => a.dueDay - b.dueDay || (a.currency < b.currency ? -1 : 1))
        .map(({ currency, dueDay, minor }) => ({ dueOn: fromEpochDay(dueDay), currency, minor })),
      oldestIssuedDay,
    }
  }
}

function nextOf({ order, settled }: Owed): PastOrder['settlements'][number] | undefined {
  return order.settlements[settled]
}
