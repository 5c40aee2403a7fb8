import Type, { type Static } from 'typebox'
import { DayText, Id, nullable, Sentence } from '#contract/common.ts'

/** What a run over many parties did. */
export const RatingRun = Type.Object({
  asOf: DayText,
  rated: Type.Integer(),
  upgraded: Type.Integer(),
  downgraded: Type.Integer(),
  limits: Type.Integer({ description: 'Limits decided, changed or confirmed' }),
  grades: Type.Record(Type.String(), Type.Integer()),
  notRated: Type.Array(Type.Object({ partyId: Type.String(), reason: Type.String() })),
})
export type RatingRun = Static<typeof RatingRun>

/** The part of the policy for some customers that this one is under; null: the policy itself. */
const Under = nullable(Sentence)

export const RatingShown = Type.Object({
  id: Type.String(),
  partyId: Type.String(),
  asOf: DayText,
  grade: Type.String(),
  score: Type.String({ description: '0.00 to 100.00' }),
  known: Type.Integer({ description: 'Characteristics whose value was known' }),
  asked: Type.Integer(),
  points: Type.Array(
    Type.Object({
      characteristic: Type.String(),
      label: Sentence,
      indicator: Type.String(),
      value: nullable(Type.String()),
      shown: Sentence,
      points: Type.String(),
      maximum: Type.String(),
      why: nullable(
        Type.Object(
          { formula: Sentence, because: Sentence },
          { description: 'Of an indicator that a formula defines; null for all others' },
        ),
      ),
    }),
  ),
  explanation: Type.Array(Sentence),
  policyIds: Type.Array(Type.String()),
  variant: Under,
  engine: Type.String(),
  decidedBy: Type.String(),
  recordedAt: Type.String(),
})
export type RatingShown = Static<typeof RatingShown>

export const LimitShown = Type.Object({
  id: Type.String(),
  partyId: Type.String(),
  amount: Type.String(),
  currency: Type.String(),
  terms: Type.String({ description: 'Terms code, such as net-30' }),
  grantedOn: DayText,
  fromOn: DayText,
  toOn: nullable(DayText),
  reviewOn: DayText,
  explanation: Type.Array(Sentence),
  policyIds: Type.Array(Type.String()),
  variant: Under,
  decidedBy: Type.String(),
  recordedAt: Type.String(),
})
export type LimitShown = Static<typeof LimitShown>

export const RunRequest = Type.Object(
  {
    asOf: Type.Optional(DayText),
    partyIds: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 10_000 })),
    indicators: Type.Optional(
      Type.Unsafe<'fresh' | 'stored'>({ type: 'string', enum: ['fresh', 'stored'] }),
    ),
    limits: Type.Optional(Type.Boolean({ default: true })),
  },
  { additionalProperties: false },
)
export type RunRequest = Static<typeof RunRequest>

export const NewOverride = Type.Object(
  {
    grade: Type.String({ minLength: 1, maxLength: 10 }),
    reason: Type.String({ minLength: 5, maxLength: 500 }),
    expiresOn: DayText,
  },
  { additionalProperties: false },
)
export type NewOverride = Static<typeof NewOverride>
