import Type, { type Static } from 'typebox'
import { DayText, nullable, Sentence } from '#contract/common.ts'
import { Identifier, OtherName, Party, PartyHead } from '#contract/party.ts'
import { LimitShown, RatingShown } from '#contract/scoring.ts'

/** Where a figure comes from. */
export const Provenance = Type.Object({
  formula: Sentence,
  inputs: Type.Array(Type.Object({ label: Sentence, value: nullable(Type.String()) })),
  policies: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      title: Type.String(),
      version: Type.Integer(),
    }),
  ),
  asOf: Type.String(),
})
export type Provenance = Static<typeof Provenance>

const sourced = { provenance: Provenance }

const Identity = Type.Object({
  ...Party.properties,
  groupParent: nullable(PartyHead),
  payer: nullable(PartyHead),
  mergedInto: nullable(PartyHead),
  members: Type.Array(PartyHead),
  identifiers: Type.Array(Identifier),
  otherNames: Type.Array(OtherName),
  ...sourced,
})

const Rating = Type.Object({ ...RatingShown.properties, ...sourced })

const RatingPoint = Type.Object({
  on: DayText,
  id: Type.String(),
  asOf: DayText,
  grade: Type.String(),
  score: Type.String(),
})

/** One figure of a formula: an indicator of the party, or a parameter of the policy. */
const LimitTerm = Type.Object({
  name: Type.String(),
  label: Sentence,
  value: nullable(Type.String()),
  shown: Sentence,
  source: Type.Unsafe<'indicator' | 'policy'>({ type: 'string', enum: ['indicator', 'policy'] }),
  indicator: nullable(
    Type.Object({ unit: Type.String(), source: Type.String(), meaning: Sentence }),
  ),
})

const Limit = Type.Object({
  ...LimitShown.properties,
  basis: Type.String({ description: 'formulas, new-customer or no-figures' }),
  combine: Type.String({ description: 'minimum, median or maximum of the formulas' }),
  formulas: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      label: Sentence,
      amount: nullable(Type.String()),
      isBinding: Type.Boolean(),
      terms: Type.Array(LimitTerm),
    }),
  ),
  adjustments: Type.Array(
    Type.Object({ kind: Type.String(), from: Type.String(), to: Type.String() }),
  ),
  ...sourced,
})

const ExposureAccount = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  code: Type.String(),
  name: Type.String(),
  level: Type.Unsafe<'segment' | 'party' | 'group'>({
    type: 'string',
    enum: ['segment', 'party', 'group'],
  }),
  segment: Type.String(),
  isOwn: Type.Boolean({ description: 'Not one above that counts it too' }),
  currency: Type.String(),
  status: Type.String(),
  statusReason: nullable(Type.String()),
  limit: nullable(Type.String()),
  limitToOn: nullable(Type.String()),
  limitSource: nullable(Type.String({ description: 'policy or manual' })),
  temporaryLimit: Type.String({ description: 'On top of the limit on that day' }),
  balances: Type.Array(
    Type.Object({
      currency: Type.String(),
      stages: Type.Record(Type.String(), Type.String(), { description: 'Those of zero left out' }),
      net: Type.String(),
    }),
  ),
  exposure: nullable(Type.String({ description: 'Null where a rate is missing' })),
  available: nullable(Type.String()),
})
export type ExposureAccount = Static<typeof ExposureAccount>

const PaidMonth = Type.Object({
  month: Type.String({ description: 'YYYY-MM' }),
  currency: Type.String(),
  paid: Type.String(),
  averageDaysLate: Type.String({ description: 'Weighted by amount; negative: early' }),
  averageDaysToPay: Type.String(),
  lateShare: Type.String({ description: 'Fraction of the amount paid after its due day' }),
})
export type PaidMonth = Static<typeof PaidMonth>

const AgedBalance = Type.Object({
  currency: Type.String(),
  notDue: Type.String(),
  buckets: Type.Array(Type.String()),
  unappliedCredits: Type.String(),
  balance: Type.String(),
  overdue: Type.String(),
})
export type AgedBalance = Static<typeof AgedBalance>

export const CreditFileQuery = Type.Object(
  { 'as-of': Type.Optional(DayText) },
  { additionalProperties: false },
)

export const CreditFileShown = Type.Object({
  partyId: Type.String(),
  asOf: Type.String(),
  today: Type.String(),
  identity: Identity,
  rating: nullable(Rating),
  ratingHistory: Type.Array(RatingPoint, {
    description:
      'What counted at the end of each of 36 months and on the day, repetitions left out',
  }),
  limit: nullable(Limit),
  exposure: Type.Object({
    accounts: Type.Array(ExposureAccount),
    ledgerSinceOn: nullable(
      Type.String({ description: 'The first day of its ledger: before it nothing is known' }),
    ),
    ...sourced,
  }),
  ageing: Type.Object({
    by: Type.String(),
    labels: Type.Object({ notDue: Sentence, unappliedCredits: Sentence }),
    buckets: Type.Array(
      Type.Object({ from: Type.Integer(), to: nullable(Type.Integer()), label: Sentence }),
    ),
    items: Type.Array(AgedBalance),
    ...sourced,
  }),
  payment: Type.Object({
    months: Type.Array(PaidMonth, { description: '24 months, oldest first; months without none' }),
    totals: Type.Array(Type.Omit(PaidMonth, ['month']), { description: 'The 12 latest months' }),
    ...sourced,
  }),
})
export type CreditFileShown = Static<typeof CreditFileShown>
