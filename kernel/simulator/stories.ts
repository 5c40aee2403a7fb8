import { type Behaviour, calmRates, rampOf } from '#kernel/simulator/behaviour.ts'
import { currencyOf } from '#kernel/simulator/currency-of.ts'
import type { Part } from '#kernel/simulator/customer.ts'
import { monthStart, type Timeline } from '#kernel/simulator/timeline.ts'

export type Story =
  | 'slow-payer'
  | 'good-going-bad'
  | 'failing-group'
  | 'seasonal'
  | 'small-tail'
  | 'disputer'
  | 'fast-grower'
  | 'overpayer'
  | 'broken-promiser'
  | 'foreign-exchange'

/** A story that is planted in one customer, by its position. */
export type Planting = { readonly story: Story; readonly index: number; readonly part: Part }

/** Enough customers for every story to find its place. */
export const fewestCustomers = 64

/**
 * The planted stories. Months count from the first day of the simulation; a company simulated for
 * less than 24 months lives through their beginnings only.
 */
export function plantings(): readonly Planting[] {
  return [
    { story: 'slow-payer', index: 6, part: slowPayer },
    { story: 'good-going-bad', index: 12, part: goodGoingBad },
    { story: 'seasonal', index: 27, part: seasonal },
    { story: 'disputer', index: 33, part: disputer },
    { story: 'fast-grower', index: 38, part: fastGrower },
    { story: 'overpayer', index: 44, part: overpayer },
    { story: 'broken-promiser', index: 47, part: brokenPromiser },
    { story: 'foreign-exchange', index: 52, part: foreignExchange },
    ...groupLags.map(
      (lag, member): Planting => ({
        story: 'failing-group',
        index: 59 + member,
        part: failingMember(lag, member === 0 ? 700_000_000 : 260_000_000),
      }),
    ),
  ]
}

/** The months in which the good customer begins to slide and stops paying. */
export const goodGoingBadMonths = { slides: 15, stops: 21 } as const

/** The month in which the parent of the failing group stops paying. */
export const parentStopsMonth = 18
// How many months after the parent each member stops; the first is the parent.
const groupLags: readonly number[] = [0, 1.2, 1.5, 1.8, 2.2]

/** Always three to six weeks late, and always pays. */
const slowPayer: Part = {
  annualMinor: 600_000_000,
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, { habitDays: 26, spreadDays: 2.2, rates: faultlessRates }),
}

/** Fifteen faultless months; then later and later; then nothing. */
const goodGoingBad: Part = {
  annualMinor: 900_000_000,
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, {
      terms: { kind: 'net', days: 45 },
      // So early that even Spring Festival makes no payment late.
      habitDays: -15,
      spreadDays: 1,
      stressDays: rampOf(timeline, goodGoingBadMonths.slides, goodGoingBadMonths.stops, 95),
      rates: { ...faultlessRates, promised: 0.7, promiseKept: 0.35 },
      stopsPayingAt: monthStart(goodGoingBadMonths.stops),
      deliveriesUntil: monthStart(goodGoingBadMonths.stops) + 10,
    }),
}

function failingMember(lag: number, annualMinor: number): Part {
  const stops = parentStopsMonth + lag
  return {
    annualMinor,
    play: (ordinary, timeline) =>
      steady(ordinary, timeline, {
        terms: { kind: 'net', days: 60 },
        habitDays: -4,
        spreadDays: 2,
        stressDays: rampOf(timeline, stops - 2, stops, 40),
        stopsPayingAt: monthStart(stops),
        deliveriesUntil: monthStart(stops) + 25,
      }),
  }
}

/** Two thirds of the year in its last quarter: sales collapse every spring, payments never do. */
const seasonal: Part = {
  annualMinor: 800_000_000,
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, {
      season: [0.2, 0.2, 0.3, 0.3, 0.3, 0.4, 0.6, 0.9, 1.3, 2.6, 2.8, 2.1],
      habitDays: -4,
      spreadDays: 1.5,
      rates: faultlessRates,
    }),
}

/** Disputes every fourth invoice; pays once it is settled. */
const disputer: Part = {
  annualMinor: 500_000_000,
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, {
      terms: { kind: 'net', days: 60 },
      habitDays: -2,
      spreadDays: 2,
      rates: { ...faultlessRates, disputed: 0.25 },
    }),
}

/** Orders three times as much after two years; the limit stays where it was. */
const fastGrower: Part = {
  annualMinor: 450_000_000,
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, {
      terms: { kind: 'net', days: 60 },
      growth: 1,
      habitDays: -2,
      spreadDays: 2,
      rates: faultlessRates,
      limitShare: 0.7,
      limitGrows: false,
    }),
}

/** Transfers round sums and never says what for: credits pile up unapplied. */
const overpayer: Part = {
  annualMinor: 300_000_000,
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, {
      habitDays: -1,
      spreadDays: 2,
      rates: { ...faultlessRates, overpaid: 0.4, creditUsed: 0 },
    }),
}

/** Promises at every call and keeps one promise in twelve. */
const brokenPromiser: Part = {
  annualMinor: 260_000_000,
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, {
      habitDays: 34,
      spreadDays: 8,
      rates: { ...faultlessRates, promised: 1, promiseKept: 0.08 },
    }),
}

/** A Japanese buyer billed in dollars: as the yen falls it pays later and orders less. */
const foreignExchange: Part = {
  annualMinor: 700_000_000,
  abroad: { country: 'JP', currency: currencyOf('USD') },
  play: (ordinary, timeline) =>
    steady(ordinary, timeline, {
      terms: { kind: 'net', days: 60 },
      growth: -0.2,
      habitDays: -3,
      spreadDays: 2,
      stressDays: rampOf(timeline, 13, 19, 28),
      rates: faultlessRates,
    }),
}

const faultlessRates: Behaviour['rates'] = {
  ...calmRates,
  returned: 0.01,
  disputed: 0,
  paidInParts: 0,
  overpaid: 0,
  bounced: 0,
  forgotten: 0,
}

// What a story does not mention must not blur it: no chance failure, no other month's stress, and
// twice as many orders of half the amount and spread, so that it shows whatever the seed.
function steady(ordinary: Behaviour, timeline: Timeline, told: Partial<Behaviour>): Behaviour {
  return {
    ...ordinary,
    ordersPerMonth: ordinary.ordersPerMonth * 2,
    orderMinor: ordinary.orderMinor / 2,
    orderSpread: 0.3,
    growth: 0,
    monthlyInvoice: false,
    paymentRun: 'any-day',
    stressDays: rampOf(timeline, 0, 0, 0),
    stopsPayingAt: null,
    deliveriesUntil: null,
    limitShare: 1.1,
    ...told,
  }
}
