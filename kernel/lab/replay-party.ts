import { fromEpochDay } from '#kernel/calendar/day.ts'
import { type CheckFacts, knownPlace } from '#kernel/check/check-facts.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import type { PastOrder } from '#kernel/lab/past-orders.ts'
import { ReplayedLedger } from '#kernel/lab/replayed-ledger.ts'
import type { ExchangeRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

/** A customer whose past is replayed. */
export type ReplayedCustomer = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly industry: string | null
  readonly department: string | null
  readonly region: string | null
  readonly currency: Currency
  readonly orders: readonly PastOrder[]
  /** Days on which a promise to pay was found broken. */
  readonly brokenPromiseDays: readonly number[]
}

/** What a policy made of a customer from a day on, with what was known on that day. */
export type Standing = {
  readonly fromDay: number
  readonly grade: string
  readonly limit: Money | null
}

/** One set of policies: its rules, and the standing that it gives the customer, oldest first. */
export type PolicyWorld = {
  readonly rules: PreparedCheckRules
  readonly standings: readonly Standing[]
}

export type ReplayTerms = {
  /** Orders from this day on are put to the gate; those before it went through. */
  readonly fromDay: number
  /** The last day of the replay. */
  readonly throughDay: number
  /** A held order is asked for again for so many days, then it is lost. */
  readonly patienceDays: number
  /** Null where none was known by then. */
  readonly rate: (from: Currency, to: Currency, day: number) => ExchangeRate | null
}

export type Fate = {
  readonly order: PastOrder
  /**
   * `opening`: before the replay. `passed`: at once. `delayed`: held, and passed after some days.
   * `lost`: held until nobody waited any more. `waiting`: still held on the last day.
   */
  readonly fate: 'opening' | 'passed' | 'delayed' | 'lost' | 'waiting'
  readonly delayDays: number
  /** Ids of the rules that held it first. */
  readonly heldBy: readonly string[]
}

type Waiting = { readonly order: PastOrder; readonly heldBy: readonly string[] }

/**
 * Replays the past of one customer under one set of policies: each order is put to the gate on its
 * day, with what had been paid by the evening before. What the policies did not let through is not
 * owed later; what they let through late is issued, due and paid so many days later. A held order
 * is asked for again whenever money came in or the customer was rated anew.
 *
 * Accounts are taken as open, the limit as the policy gives it: statuses, limits set by hand, limits
 * of groups and segments and releases of persons are not replayed.
 */
export function replayParty(
  customer: ReplayedCustomer,
  world: PolicyWorld,
  terms: ReplayTerms,
): readonly Fate[] {
  const ledger = new ReplayedLedger()
  const fates: Fate[] = []
  let waiting: Waiting[] = []
  const retry = (day: number): void => {
    ledger.settleBefore(day)
    waiting = waiting.filter(({ heldBy, order }) => {
      const delayDays = day - order.issuedDay
      const isLost = delayDays > terms.patienceDays
      if (!isLost && heldByOf(customer, world, terms, { ledger, order, day }).length > 0)
        return true
      if (!isLost) ledger.add(order, delayDays)
      fates.push({ order, fate: isLost ? 'lost' : 'delayed', delayDays, heldBy })
      return false
    })
  }
  const retryUntil = (until: number, from: number): void => {
    for (let day = from; waiting.length > 0; ) {
      const next = nextChange(day, { ledger, world, waiting, terms })
      if (next > until) return
      day = next
      retry(day)
    }
  }
  let last = terms.fromDay
  for (const order of customer.orders) {
    const day = order.issuedDay
    if (day > terms.throughDay) break
    if (day < terms.fromDay) {
      ledger.add(order, 0)
      fates.push({ order, fate: 'opening', delayDays: 0, heldBy: [] })
      continue
    }
    retryUntil(day, last)
    last = day
    ledger.settleBefore(day)
    const heldBy = heldByOf(customer, world, terms, { ledger, order, day })
    if (heldBy.length > 0) waiting.push({ order, heldBy })
    else {
      ledger.add(order, 0)
      fates.push({ order, fate: 'passed', delayDays: 0, heldBy })
    }
  }
  retryUntil(terms.throughDay, last)
  for (const { heldBy, order } of waiting) {
    fates.push({ order, fate: 'waiting', delayDays: terms.throughDay - order.issuedDay, heldBy })
  }
  return fates
}

/** The next day on which a held order may fare otherwise: after a payment, a rating or its patience. */
function nextChange(
  day: number,
  of: {
    ledger: ReplayedLedger
    world: PolicyWorld
    waiting: readonly Waiting[]
    terms: ReplayTerms
  },
): number {
  const rated = of.world.standings.find(({ fromDay }) => fromDay > day)?.fromDay
  const first = of.waiting[0]?.order.issuedDay ?? day
  return Math.min(
    of.ledger.nextSettlementFrom(day) + 1,
    rated ?? Number.POSITIVE_INFINITY,
    Math.max(first + of.terms.patienceDays, day) + 1,
  )
}

/** The rules that hold an order on a day; none: it passes. */
function heldByOf(
  customer: ReplayedCustomer,
  { rules, standings }: PolicyWorld,
  { rate }: ReplayTerms,
  of: { ledger: ReplayedLedger; order: PastOrder; day: number },
): readonly string[] {
  const { day, ledger, order } = of
  const { amount } = order
  const standing = standings.findLast(({ fromDay }) => fromDay <= day) ?? null
  const account = standing?.limit?.currency ?? customer.currency
  const { balances, oldestIssuedDay, overdue } = ledger.read(day)
  const inUse = [amount.currency, rules.currency, ...balances.map(({ currency }) => currency)]
  const within = rules.needs.brokenPromisesWithinDays ?? 0
  const facts: CheckFacts = {
    today: fromEpochDay(day),
    levels: [
      {
        ...{ level: 'party', accountId: customer.id, code: customer.code, name: customer.name },
        ...{ segment: '', currency: account, status: 'open', statusReason: null },
        limitMinor: standing?.limit?.minor ?? null,
        ...{ limitToOn: null, reviewOn: null, temporaryMinor: 0n, toleranceBps: null },
        balances,
      },
    ],
    party: {
      ...{ code: customer.code, roles: ['customer'], industry: customer.industry },
      ...{ grade: standing?.grade ?? null, closedOn: null, dunningLevel: 0 },
      ...(rules.needs.place && knownPlace(customer)),
      ...(rules.needs.partyId && { id: customer.id }),
      ...{ agreedTerms: null, agreedDiscountBps: null, paymentReturnedOn: null, overdue },
      brokenPromisesOn: customer.brokenPromiseDays
        .filter((broken) => broken < day && broken >= day - within)
        .map(fromEpochDay),
      oldestOpenIssuedOn: oldestIssuedDay === null ? null : fromEpochDay(oldestIssuedDay),
    },
    release: null,
    rates: [...new Set(inUse)].flatMap((from) =>
      [...new Set([account, rules.currency])].flatMap((to) =>
        from === to ? [] : (rate(from, to, day) ?? []),
      ),
    ),
  }
  const decision = decideCheck(rules, facts, {
    ...{ checkpoint: 'order', amount, counted: 0n, countedDelivered: 0n, countedLater: 0n },
    ...{ requestedOn: null, terms: null, discountBps: null, changedFields: [] },
    ...{ quantity: null, daysSinceApproval: null },
  })
  if (decision.kind === 'rate-missing') return ['rate-missing']
  return decision.outcome === 'held'
    ? decision.fired.filter(({ reaction }) => reaction === 'hold').map(({ rule }) => rule)
    : []
}
