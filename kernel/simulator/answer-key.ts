import type { Day } from '#kernel/calendar/day.ts'
import { at } from '#kernel/random/element-at.ts'
import type { SimulatedCustomer } from '#kernel/simulator/simulated.ts'
import {
  goodGoingBadMonths,
  type Planting,
  parentStopsMonth,
  type Story,
} from '#kernel/simulator/stories.ts'
import { monthStart, type Timeline } from '#kernel/simulator/timeline.ts'

/** What a good system says about a customer on a day; the truth is known because it was planted. */
export type Answer = {
  readonly story: Story
  readonly partyCode: string
  /** With what was recorded up to this day. */
  readonly asOf: Day
  readonly expectation: Expectation
}

/** Grades are those of the usual scale: AAA AA A BBB BB B CCC CC C D. */
export type Expectation =
  | { readonly kind: 'grade-at-best'; readonly grade: string }
  | { readonly kind: 'grade-at-worst'; readonly grade: string }
  /** A new order of any size is held. */
  | { readonly kind: 'orders-held' }
  /** Nothing is paid from this day on. */
  | { readonly kind: 'defaulted'; readonly on: Day }
  /** Another member of its group has failed: a warning although it still pays. */
  | { readonly kind: 'group-warning'; readonly parentCode: string }
  /** All that fell due this many days ago or earlier is paid. */
  | { readonly kind: 'pays-in-full'; readonly withinDays: number }
  | { readonly kind: 'disputes-at-least'; readonly perHundredInvoices: number }
  | { readonly kind: 'broken-promises-at-least'; readonly count: number }
  | { readonly kind: 'unapplied-credit-at-least'; readonly minor: bigint }
  /** Invoices unpaid come to at least this share of the limit. */
  | { readonly kind: 'limit-used-at-least'; readonly percent: number }
  /** Too small to spend a person's time on: sales of the twelve months before. */
  | { readonly kind: 'sales-at-most'; readonly minor: bigint }

/**
 * The answers of all stories. Those about the end are given where the simulation lasts long enough,
 * 23 and a half months, for the stories to have ended.
 */
export function answersOf(
  planted: readonly Planting[],
  customers: readonly SimulatedCustomer[],
  timeline: Timeline,
): Answer[] {
  const answers = planted.flatMap(({ story, index }) => {
    const customer = at(customers, index)
    return told(story, customer, timeline).map(({ at: day, expectation }) => ({
      story,
      partyCode: customer.code,
      at: day,
      expectation,
    }))
  })
  const known = answers.filter((answer) => answer.at < timeline.length)
  return [
    ...known.map(({ at: day, ...answer }) => ({ ...answer, asOf: at(timeline.days, day) })),
    ...tailAnswers(customers, timeline),
  ]
}

type Told = { readonly at: number; readonly expectation: Expectation }

function told(story: Story, customer: SimulatedCustomer, timeline: Timeline): Told[] {
  const ended = timeline.length >= monthStart(23.5)
  const end = ended ? timeline.length - 1 : timeline.length
  const on = (month: number, expectation: Expectation) => ({ at: monthStart(month), expectation })
  const last = (expectation: Expectation) => ({ at: end, expectation })
  switch (story) {
    case 'slow-payer':
      return [
        on(12, { kind: 'grade-at-best', grade: 'BBB' }),
        last({ kind: 'grade-at-best', grade: 'BBB' }),
        last({ kind: 'pays-in-full', withinDays: 50 }),
      ]
    case 'good-going-bad':
      return [
        on(goodGoingBadMonths.slides - 1, { kind: 'grade-at-worst', grade: 'A' }),
        on(goodGoingBadMonths.stops - 0.1, { kind: 'grade-at-best', grade: 'BB' }),
        on(goodGoingBadMonths.stops - 0.1, { kind: 'orders-held' }),
        ...failed(customer, end),
      ]
    case 'failing-group':
      return [
        on(parentStopsMonth - 4, { kind: 'grade-at-worst', grade: 'BBB' }),
        ...(customer.parentCode === null ? [] : warned(customer.parentCode)),
        ...failed(customer, end),
      ]
    case 'seasonal':
      return [
        on(17, { kind: 'grade-at-worst', grade: 'BBB' }),
        last({ kind: 'grade-at-worst', grade: 'BBB' }),
        last({ kind: 'pays-in-full', withinDays: 20 }),
      ]
    case 'disputer':
      return [
        last({ kind: 'disputes-at-least', perHundredInvoices: 12 }),
        last({ kind: 'pays-in-full', withinDays: 90 }),
      ]
    case 'fast-grower':
      return [
        last({ kind: 'limit-used-at-least', percent: 80 }),
        last({ kind: 'pays-in-full', withinDays: 20 }),
      ]
    case 'overpayer':
      return [last({ kind: 'unapplied-credit-at-least', minor: 5_000_000n })]
    case 'broken-promiser':
      return [
        last({ kind: 'broken-promises-at-least', count: 5 }),
        last({ kind: 'grade-at-best', grade: 'BB' }),
      ]
    case 'foreign-exchange':
      return [
        on(12, { kind: 'grade-at-worst', grade: 'BBB' }),
        last({ kind: 'grade-at-best', grade: 'A' }),
        last({ kind: 'pays-in-full', withinDays: 50 }),
      ]
    case 'small-tail':
      return []
  }
}

/** At the end of the simulation: the worst grades, no more deliveries, and the day it began. */
function failed(customer: SimulatedCustomer, end: number): Told[] {
  if (customer.defaultedOn === null) return []
  return [
    { at: end, expectation: { kind: 'defaulted', on: customer.defaultedOn } },
    { at: end, expectation: { kind: 'orders-held' } },
    { at: end, expectation: { kind: 'grade-at-best', grade: 'CCC' } },
  ]
}

/** A month after the parent stopped paying all members still pay. */
function warned(parentCode: string): Told[] {
  const expectation = { kind: 'group-warning', parentCode } as const
  return [{ at: monthStart(parentStopsMonth + 1), expectation }]
}

function tailAnswers(customers: readonly SimulatedCustomer[], timeline: Timeline): Answer[] {
  return customers
    .filter(({ segment }) => segment === 'platform-user')
    .map(({ code }) => ({
      story: 'small-tail',
      partyCode: code,
      asOf: timeline.to,
      expectation: { kind: 'sales-at-most', minor: 60_000_000n },
    }))
}
