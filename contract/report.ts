import Type, { type Static } from 'typebox'
import { nullable, Sentence } from '#contract/common.ts'
import { HoldPage } from '#contract/hold.ts'
import { PartyHead } from '#contract/party.ts'

const Day = Type.String({ format: 'date' })
const oneOf = <const Word extends string>(words: readonly Word[]) =>
  Type.Unsafe<Word>({ type: 'string', enum: [...words] })

const Totals = Type.Array(
  Type.Object({ currency: Type.String(), count: Type.Integer(), amount: Type.String() }),
)

const counted = {
  count: Type.Integer({ description: 'Of all, of which the lines are the first' }),
  more: Type.Boolean({ description: 'There are more than this count: counting stopped there' }),
}

const ReviewLine = Type.Object({
  kind: oneOf(['limit-review', 'limit-end', 'override-end']),
  party: PartyHead,
  id: Type.String({ description: 'The credit account, or the override' }),
  level: nullable(oneOf(['segment', 'party', 'group'])),
  segment: Type.String(),
  currency: nullable(Type.String()),
  amount: nullable(Type.String({ description: 'The limit' })),
  grade: nullable(Type.String()),
  on: Day,
  days: Type.Integer({ description: 'Until the day; negative: since' }),
})
export type ReviewLine = Static<typeof ReviewLine>

const RatingChangeLine = Type.Object({
  party: PartyHead,
  id: Type.String(),
  from: Type.String(),
  to: Type.String(),
  direction: oneOf(['up', 'down', 'unknown']),
  on: Day,
  days: Type.Integer({ description: 'Since the day' }),
})
export type RatingChangeLine = Static<typeof RatingChangeLine>

const OverdueLine = Type.Object({
  party: PartyHead,
  id: Type.String({ description: 'The invoice' }),
  number: Type.String(),
  currency: Type.String(),
  amount: Type.String({ description: 'What is open of it' }),
  on: Type.String({ format: 'date', description: 'The due day' }),
  days: Type.Integer({ description: 'Past due' }),
})
export type OverdueLine = Static<typeof OverdueLine>

const NearLimitLine = Type.Object({
  party: PartyHead,
  id: Type.String({ description: 'The credit account' }),
  level: oneOf(['segment', 'party', 'group']),
  segment: Type.String(),
  currency: Type.String(),
  amount: Type.String({ description: 'Exposure now' }),
  limit: Type.String({ description: 'Standing and temporary together' }),
  available: Type.String(),
  share: Type.String({ description: 'Exposure ÷ limit as a fraction: 0.9512' }),
  step: oneOf(['80', '90', '100']),
})
export type NearLimitLine = Static<typeof NearLimitLine>

const PromiseLine = Type.Object({
  party: PartyHead,
  id: Type.String(),
  currency: Type.String(),
  amount: Type.String({ description: 'Promised' }),
  missing: Type.String({ description: 'What did not come in by the day' }),
  madeOn: Day,
  on: Type.String({ format: 'date', description: 'The day promised' }),
  days: Type.Integer({ description: 'Since the day promised' }),
  note: nullable(Type.String()),
})
export type PromiseLine = Static<typeof PromiseLine>

const todaySections = [
  'holds',
  'reviews',
  'ratingChanges',
  'newlyOverdue',
  'nearLimits',
  'brokenPromises',
] as const
export type TodaySection = (typeof todaySections)[number]

export const Today = Type.Object({
  day: Day,
  scope: oneOf(['everything', 'own-customers']),
  order: Type.Array(oneOf(todaySections), { description: 'What matters first to the person' }),
  holds: nullable(Type.Object({ ...counted, totals: Totals, lines: HoldPage.properties.items })),
  reviews: Type.Object({
    ...counted,
    withinDays: Type.Integer(),
    lines: Type.Array(ReviewLine),
  }),
  ratingChanges: Type.Object({
    ...counted,
    sinceDays: Type.Integer(),
    lines: Type.Array(RatingChangeLine),
  }),
  newlyOverdue: Type.Object({
    ...counted,
    sinceDays: Type.Integer(),
    sinceYesterday: Type.Integer({ description: 'How many were due yesterday' }),
    totals: Totals,
    lines: Type.Array(OverdueLine),
  }),
  nearLimits: Type.Object({
    ...counted,
    steps: Type.Array(Type.Object({ step: oneOf(['80', '90', '100']), count: Type.Integer() }), {
      description: 'As of some minutes ago; the lines are of now',
    }),
    lines: Type.Array(NearLimitLine),
  }),
  brokenPromises: Type.Object({
    ...counted,
    sinceDays: Type.Integer(),
    lines: Type.Array(PromiseLine),
  }),
})
export type Today = Static<typeof Today>

const Unit = oneOf(['money', 'share', 'days', 'hours', 'count'])
const Value = nullable(
  Type.String({ description: 'Decimal text; a share is a fraction: 0.1234 is 12.34 %' }),
)

const Figure = Type.Object({
  id: oneOf([
    'bad-debt',
    'overdue-share',
    'dso',
    'utilisation',
    'orders-held',
    'hold-hours-median',
    'hold-hours-p90',
  ]),
  label: Sentence,
  unit: Unit,
  currency: nullable(Type.String({ description: 'Of money' })),
  better: oneOf(['lower', 'higher', 'neither']),
  value: Value,
  monthAgo: Value,
  change: nullable(Type.String({ description: 'Value less that of a month ago, in its unit' })),
  formula: Sentence,
  inputs: Type.Array(
    Type.Object({ label: Sentence, unit: Unit, currency: nullable(Type.String()), value: Value }),
  ),
  points: Type.Array(Type.Object({ on: Day, value: Value }), {
    description: 'Twelve ends of months and the latest day, the oldest first',
  }),
})
export type Figure = Static<typeof Figure>

export const Figures = Type.Object({
  asOf: nullable(Type.String({ format: 'date', description: 'Null: nothing was recorded yet' })),
  recordedAt: nullable(Type.String()),
  currency: Type.String({ description: 'The base currency' }),
  monthAgoOn: nullable(Day),
  unvaluedCurrencies: Type.Array(Type.String(), {
    description: 'Without a rate on the day: their amounts are not in the figures',
  }),
  items: Type.Array(Figure),
})
export type Figures = Static<typeof Figures>
