import type { Day } from '#kernel/calendar/day.ts'
import { termDaysOf } from '#kernel/calendar/terms.ts'
import { exponentOf } from '#kernel/money/currency.ts'
import { at } from '#kernel/random/element-at.ts'
import { openStream } from '#kernel/random/random.ts'
import type { LimitPeriod } from '#kernel/receivable/history.ts'
import type { Behaviour } from '#kernel/simulator/behaviour.ts'
import { simulatePayments } from '#kernel/simulator/payments.ts'
import { simulateSales } from '#kernel/simulator/sales.ts'
import type { SimulatedLedger } from '#kernel/simulator/simulated.ts'
import type { Timeline } from '#kernel/simulator/timeline.ts'

/** The whole ledger of one customer that behaves as told, from the first day to the last. */
export function simulateLedger(of: {
  readonly seed: string
  readonly code: string
  readonly since: Day
  readonly behaviour: Behaviour
  readonly timeline: Timeline
}): SimulatedLedger {
  const { code, behaviour, timeline } = of
  const sold = simulateSales(code, behaviour, timeline, openStream(of.seed, code, 'sales'))
  const paying = openStream(of.seed, code, 'payments')
  const paid = simulatePayments(code, behaviour, timeline, paying, sold.invoices)
  return {
    partyId: code,
    since: of.since,
    orders: sold.orders,
    deliveries: sold.deliveries,
    invoices: sold.invoices.map(({ invoice }) => invoice),
    credits: paid.credits,
    allocations: paid.allocations,
    disputes: paid.disputes,
    promises: paid.promises,
    limits: limitsOf(behaviour, timeline),
  }
}

/**
 * Limits granted for a year at a time: sales a month × (term + delivery + 15 days) / 30 × a reserve
 * of 1.4 × the customer's share of it, rounded up to 10,000; none any more 60 days after payments
 * stopped.
 */
function limitsOf(behaviour: Behaviour, timeline: Timeline): LimitPeriod[] {
  const stopsAt = behaviour.stopsPayingAt ?? Infinity
  const withdrawnAt = Math.min(timeline.length, stopsAt + 60)
  const limits: LimitPeriod[] = []
  for (let from = 0; from < withdrawnAt; from += 365) {
    const next = Math.min(from + 365, withdrawnAt)
    const endsHere = next < timeline.length
    limits.push({
      currency: behaviour.currency,
      amountMinor: limitAmount(behaviour, from),
      fromOn: at(timeline.days, from),
      toOn: endsHere ? at(timeline.days, next - 1) : null,
    })
  }
  if (withdrawnAt < timeline.length) {
    const fromOn = at(timeline.days, withdrawnAt)
    limits.push({ currency: behaviour.currency, amountMinor: 0n, fromOn, toOn: null })
  }
  return limits
}

function limitAmount(behaviour: Behaviour, from: number): bigint {
  const reviewed = behaviour.limitGrows ? from : 0
  const growth = Math.max(0.2, 1 + (behaviour.growth * reviewed) / 365)
  const monthly = behaviour.ordersPerMonth * behaviour.orderMinor * 1.2 * growth
  const busiest = Math.max(1, Math.min(2, Math.max(...behaviour.season)))
  const months = (termDaysOf(behaviour.terms) + behaviour.leadDays + 15) / 30
  const wanted = monthly * months * 1.4 * busiest * behaviour.limitShare
  const step = 10n ** BigInt(exponentOf(behaviour.currency) + 4)
  return (BigInt(Math.ceil(wanted)) / step + 1n) * step
}
