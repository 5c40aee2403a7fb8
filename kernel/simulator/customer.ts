import { addDays, type Day } from '#kernel/calendar/day.ts'
import { termsCode } from '#kernel/calendar/format-terms.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { at } from '#kernel/random/element-at.ts'
import {
  chance,
  integerBetween,
  openStream,
  pick,
  pickWeighted,
  type RandomStream,
} from '#kernel/random/random.ts'
import { type Behaviour, ordinaryBehaviour } from '#kernel/simulator/behaviour.ts'
import { currencyOf } from '#kernel/simulator/currency-of.ts'
import { parentNameOf, simulateIdentity } from '#kernel/simulator/identity.ts'
import { industriesOf } from '#kernel/simulator/industry.ts'
import type { ForeignCountry } from '#kernel/simulator/invented-name.ts'
import { simulateLedger } from '#kernel/simulator/ledger.ts'
import { padded } from '#kernel/simulator/serial-number.ts'
import type { Segment, SimulatedCustomer, SimulatedIdentity } from '#kernel/simulator/simulated.ts'
import { departmentFor } from '#kernel/simulator/staff.ts'
import { simulateStatements } from '#kernel/simulator/statement.ts'
import type { Timeline } from '#kernel/simulator/timeline.ts'

/** What a story asks of the customer it is planted in; the rest stays ordinary. */
export type Part = {
  /** Sales a year in fen of CNY. */
  readonly annualMinor: number
  readonly segment?: Segment
  readonly abroad?: { readonly country: ForeignCountry; readonly currency: Currency }
  readonly play: (ordinary: Behaviour, timeline: Timeline) => Behaviour
}

/** Everything about the customer of a position, 0 for C00001; no other position matters. */
export function simulateCustomer(of: {
  readonly seed: string
  readonly index: number
  readonly timeline: Timeline
  /** Multiplies the number of orders, leaving their amounts. */
  readonly orderFactor: number
  readonly part: Part | null
}): SimulatedCustomer {
  const { seed, index, timeline, part } = of
  const code = customerCode(index)
  const stream = openStream(seed, code, 'profile')
  const sketch = sketchOf(index, stream, part)
  const since = addDays(timeline.from, -integerBetween(stream, 0, 2900))
  const identity = identityOf(seed, index, sketch, since)
  const ordinary = ordinaryBehaviour({ ...sketch, ...of, code })
  const behaviour = part === null ? ordinary : part.play(ordinary, timeline)
  const paidByParent = part === null && index % 40 === 21
  const payerCode = paidByParent ? parentCodeOf(index) : null
  const region = identity.place === null ? '海外' : identity.place.region
  return {
    ...identity,
    ...departmentFor(region, sketch.segment, stream),
    segment: sketch.segment,
    since,
    currency: sketch.currency,
    terms: termsCode(behaviour.terms),
    parentCode: sketch.inGroup && index % 40 !== 19 ? parentCodeOf(index) : null,
    payerCode,
    payerName: payerNameOf(index, identity, payerCode, stream),
    ledger: simulateLedger({ seed, code, since, behaviour, timeline }),
    statements: hasStatements(index, sketch.segment)
      ? simulateStatements({ seed, code, timeline, behaviour, annualMinor: sketch.annualCny })
      : [],
    defaultedOn: defaultedOn(behaviour, timeline),
  }
}

function customerCode(index: number): string {
  return `C${padded(index + 1, 5)}`
}

/** Positions that belong to a group of five: a parent and the four that follow it. */
function groupOf(index: number): { parentIndex: number } | null {
  const place = index % 40
  return place >= 19 && place <= 23 ? { parentIndex: index - place + 19 } : null
}

type Sketch = {
  readonly segment: Segment
  readonly currency: Currency
  readonly country: ForeignCountry | null
  readonly inGroup: boolean
  /** Sales a year in minor units of the currency, and in fen of CNY. */
  readonly annualMinor: number
  readonly annualCny: number
}

const golden = 0.618033988749895
const tailShare = 0.46

/**
 * The size of a customer follows its place in a low-discrepancy sequence, so that totals do not
 * vary with the seed: nearly half are tiny, the others follow Zipf's law (sales ~ 1 / rank).
 */
function sketchOf(index: number, stream: RandomStream, part: Part | null): Sketch {
  const rank = ((index + 1) * golden) % 1
  const inGroup = groupOf(index) !== null
  const tail = rank > 1 - tailShare && !inGroup && part === null
  const zipf = 27_000_000 / (Math.min(rank, 0.6) + 0.008)
  const tiny = 1_500_000 * 8 ** ((1 - rank) / tailShare)
  const annualCny = part?.annualMinor ?? (tail ? tiny : zipf)
  const abroad = part === null ? abroadOf(index, tail || inGroup, stream) : (part.abroad ?? null)
  const segment = abroad ? 'overseas' : segmentOf(tail, part, stream)
  const country = abroad === null ? null : abroad.country
  const currency = abroad === null ? yuan : abroad.currency
  const annualMinor = currency === yuan ? annualCny : annualCny / 7.2
  return { segment, currency, country, inGroup, annualMinor, annualCny }
}

const yuan = currencyOf('CNY')

function abroadOf(
  index: number,
  athome: boolean,
  stream: RandomStream,
): { country: ForeignCountry; currency: Currency } | null {
  if (athome || index % 21 !== 16) return null
  const country = pick(stream, ['DE', 'US', 'JP', 'IT', 'SG', 'VN'] as const)
  const euro = country === 'DE' || country === 'IT'
  return { country, currency: currencyOf(euro ? 'EUR' : 'USD') }
}

function segmentOf(tail: boolean, part: Part | null, stream: RandomStream): Segment {
  if (part !== null) return part.segment ?? 'manufacturer'
  if (tail) return 'platform-user'
  return pickWeighted(stream, [
    ['manufacturer', 65],
    ['trader', 20],
    ['channel-partner', 15],
  ])
}

function identityOf(seed: string, index: number, sketch: Sketch, since: Day): SimulatedIdentity {
  const group = groupOf(index)
  return simulateIdentity({
    seed,
    code: customerCode(index),
    ordinal: customerOrdinal(index),
    industries: industriesOf(sketch.segment),
    annualMinor: sketch.annualCny,
    foundedBefore: since,
    group: group && {
      parentOrdinal: customerOrdinal(group.parentIndex),
      isParent: index === group.parentIndex,
    },
    country: sketch.country,
  })
}

// Every eleventh ordinal is left to the suppliers.
function customerOrdinal(index: number): number {
  return index + Math.floor(index / 10)
}

function parentCodeOf(index: number): string | null {
  const group = groupOf(index)
  return group === null ? null : customerCode(group.parentIndex)
}

/** Mostly the company itself, sometimes its parent or the private account of its owner. */
function payerNameOf(
  index: number,
  identity: SimulatedIdentity,
  payerCode: string | null,
  stream: RandomStream,
): string {
  const group = groupOf(index)
  if (payerCode !== null && group) return parentNameOf(customerOrdinal(group.parentIndex))
  return chance(stream, 0.02) ? identity.legalRepresentative : identity.name
}

function hasStatements(index: number, segment: Segment): boolean {
  return segment !== 'platform-user' && index % 9 < 5
}

function defaultedOn(behaviour: Behaviour, timeline: Timeline): Day | null {
  const stop = behaviour.stopsPayingAt
  return stop === null || stop >= timeline.length ? null : at(timeline.days, stop)
}
