import type { PaymentTerms } from '#kernel/calendar/terms.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import {
  chance,
  integerBetween,
  normal,
  openStream,
  pickWeighted,
  type RandomStream,
  unit,
} from '#kernel/random/random.ts'
import type { Segment } from '#kernel/simulator/simulated.ts'
import { monthOf, monthStart, monthsIn, type Timeline } from '#kernel/simulator/timeline.ts'

/** How one customer orders and pays; stories are made by changing parts of it. */
export type Behaviour = {
  readonly currency: Currency
  readonly ordersPerMonth: number
  /** Median order in whole minor units. */
  readonly orderMinor: number
  /** Spread of the logarithm of order amounts. */
  readonly orderSpread: number
  /** Twelve weights from January, 1 on average. */
  readonly season: readonly number[]
  /** Yearly change of the order rate, as a fraction of that on the first day. */
  readonly growth: number
  readonly terms: Terms
  /** One invoice for all deliveries of a month instead of one for each. */
  readonly monthlyInvoice: boolean
  readonly leadDays: number
  /** Mean of the days paid after due; negative for early payers. */
  readonly habitDays: number
  readonly spreadDays: number
  /** Days of further delay by month of the simulation. */
  readonly stressDays: { readonly [month: number]: number }
  readonly paymentRun: PaymentRun
  readonly rates: BehaviourRates
  /** From this index on nothing is paid; null while it pays. */
  readonly stopsPayingAt: number | null
  /** From this index on nothing is delivered; null while it is. */
  readonly deliveriesUntil: number | null
  /** The limit granted as a share of the exposure that the customer needs. */
  readonly limitShare: number
  /** Whether the yearly review of the limit follows the growth of the orders. */
  readonly limitGrows: boolean
}

/** The kinds of terms the simulator deals in. */
export type Terms = Extract<PaymentTerms, { kind: 'net' | 'end-of-month' }>

/** When a customer's accountants pay: on any working day, or on the run nearest to the plan. */
export type PaymentRun = 'any-day' | 'fridays' | 'tenth-and-twenty-fifth' | 'month-end'

/** Probabilities per order, invoice or receipt. */
type BehaviourRates = {
  readonly cancelled: number
  readonly returned: number
  readonly disputed: number
  readonly voided: number
  readonly paidInParts: number
  readonly overpaid: number
  /** That an unapplied credit is used at the next payment. */
  readonly creditUsed: number
  readonly bounced: number
  readonly promised: number
  readonly promiseKept: number
  /** That an invoice is forgotten for weeks. */
  readonly forgotten: number
}

export const calmRates: BehaviourRates = {
  cancelled: 0.02,
  returned: 0.03,
  disputed: 0.012,
  voided: 0.003,
  paidInParts: 0.04,
  overpaid: 0.01,
  creditUsed: 0.7,
  bounced: 0.003,
  promised: 0.5,
  promiseKept: 0.75,
  forgotten: 0.01,
}

const flatSeason: readonly number[] = new Array(12).fill(1)

/**
 * The behaviour of an ordinary customer with the given sales a year (whole minor units of its
 * currency). Marginals follow a public sample of business invoices: about a third paid late, some
 * eight in a hundred more than 15 days.
 */
export function ordinaryBehaviour(of: {
  seed: string
  code: string
  segment: Segment
  currency: Currency
  annualMinor: number
  orderFactor: number
  timeline: Timeline
}): Behaviour {
  const stream = openStream(of.seed, of.code, 'behaviour')
  const { habitDays, spreadDays } = habitOf(stream)
  const stopsPayingAt = defaultOf(stream, of.timeline)
  const stressDays = stressOf(stream, of.timeline, stopsPayingAt)
  return {
    currency: of.currency,
    ...orderSizeOf(of.annualMinor, of.currency, of.orderFactor),
    orderSpread: 0.6,
    season: flatSeason,
    growth: normal(stream) * 0.15,
    terms: termsOf(stream, of.segment),
    monthlyInvoice: chance(stream, 0.12),
    leadDays: integerBetween(stream, 4, 22),
    habitDays,
    spreadDays,
    stressDays,
    paymentRun: pickWeighted(stream, paymentRuns),
    rates: calmRates,
    stopsPayingAt,
    deliveriesUntil: stopsPayingAt === null ? null : stopsPayingAt + 45,
    limitShare: 0.9 + unit(stream) * 0.6,
    limitGrows: true,
  }
}

/** How sales of a year divide into orders: larger customers order more and more often. */
function orderSizeOf(
  annualMinor: number,
  currency: Currency,
  orderFactor: number,
): { ordersPerMonth: number; orderMinor: number } {
  const wholeUnits = annualMinor / 10 ** exponentOf(currency)
  const inMillions = (wholeUnits * (currency === 'CNY' ? 1 : 7)) / 1_000_000
  const usual = Math.min(14, 1.7 * inMillions ** 0.45)
  // A lognormal's mean lies above its median by exp(spread² / 2), here 1.2.
  return {
    ordersPerMonth: usual * orderFactor,
    orderMinor: annualMinor / (12 * usual * 1.2),
  }
}

/** A level of further delay for each month of the simulation, ramping from `start` on. */
export function rampOf(timeline: Timeline, from: number, to: number, days: number): number[] {
  return Array.from({ length: monthsIn(timeline) }, (_, month) => {
    if (month < from) return 0
    return month >= to ? days : ((month - from + 1) * days) / (to - from + 1)
  })
}

const shortTerms = [
  [7, 4],
  [15, 4],
  [30, 4],
] as const
const usualTerms = [
  [30, 40],
  [45, 15],
  [60, 30],
  [90, 15],
] as const

const paymentRuns: readonly (readonly [PaymentRun, number])[] = [
  ['any-day', 45],
  ['fridays', 25],
  ['tenth-and-twenty-fifth', 18],
  ['month-end', 12],
]

function habitOf(stream: RandomStream): { habitDays: number; spreadDays: number } {
  return pickWeighted(stream, [
    [{ habitDays: -8, spreadDays: 4 }, 52],
    [{ habitDays: -5, spreadDays: 4 }, 30],
    [{ habitDays: 4, spreadDays: 6 }, 10],
    [{ habitDays: 13, spreadDays: 8 }, 4],
    [{ habitDays: 26, spreadDays: 12 }, 2],
  ])
}

// Health is a first-order autoregression by month; only the bad side of it delays payments. Three
// failures in four announce themselves in the four months before.
function stressOf(stream: RandomStream, timeline: Timeline, stops: number | null): Float64Array {
  const days = new Float64Array(monthsIn(timeline))
  let health = normal(stream)
  const slides = stops !== null && chance(stream, 0.75) ? monthOf(stops) - 4 : days.length
  for (let month = 0; month < days.length; month++) {
    health = health * 0.88 + normal(stream) * 0.475
    const slide = Math.max(0, Math.min(5, month - slides)) * 7
    days[month] = Math.max(0, -health - 1.2) * 8 + slide
  }
  return days
}

/** Two in a hundred ordinary customers stop paying within a year. */
function defaultOf(stream: RandomStream, timeline: Timeline): number | null {
  const years = timeline.length / 365
  const drawn = unit(stream) / 0.02
  return drawn < years ? monthStart(3) + Math.floor(drawn * 365) : null
}

function termsOf(stream: RandomStream, segment: Segment): Terms {
  if (segment === 'platform-user') {
    return { kind: 'net', days: pickWeighted(stream, shortTerms) }
  }
  const days = pickWeighted(stream, usualTerms)
  return { kind: days <= 60 && chance(stream, 0.2) ? 'end-of-month' : 'net', days }
}
