import Type, { type Static } from 'typebox'
import { AmountText, CurrencyText, DayText, Id, nullable, Sentence } from '#contract/common.ts'

const PartyKey = Type.String({
  minLength: 1,
  maxLength: 200,
  description: 'Id, code, credit code or another identifier, or exact name',
})

const checkFields = {
  party: PartyKey,
  document: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 80,
      description: 'Number of the document in your system; needed to reserve',
    }),
  ),
  amount: AmountText,
  currency: CurrencyText,
  requestedOn: Type.Optional(DayText),
  terms: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  discount: Type.Optional(Type.String({ pattern: '^\\d{1,2}(\\.\\d{1,2})?%$' })),
  segment: Type.Optional(Type.String({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,39}$' })),
  checkpoint: Type.Optional(
    Type.Unsafe<'order' | 'delivery'>({ type: 'string', enum: ['order', 'delivery'] }),
  ),
  quantity: Type.Optional(
    Type.String({
      pattern: '^\\d{1,12}(\\.\\d{1,3})?$',
      description: 'Of a document of one line, so that a remedy can speak of pieces',
    }),
  ),
  unit: Type.Optional(Type.String({ maxLength: 20 })),
  priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  salesperson: Type.Optional(Type.String({ maxLength: 80 })),
  expiresInMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 527_040 })),
}

const CheckMode = Type.Unsafe<'check' | 'reserve'>({
  type: 'string',
  enum: ['check', 'reserve'],
  description: 'reserve keeps the room, or opens a hold; check only tells',
})

const CreditCheck = Type.Object(checkFields, { additionalProperties: false })
export type CreditCheck = Static<typeof CreditCheck>

/** One check, or many under `checks`. */
export const NewCreditChecks = Type.Object(
  {
    mode: Type.Optional(CheckMode),
    checks: Type.Optional(Type.Array(CreditCheck, { minItems: 1, maxItems: 500 })),
    ...checkFields,
    party: Type.Optional(PartyKey),
    amount: Type.Optional(AmountText),
    currency: Type.Optional(CurrencyText),
  },
  { additionalProperties: false },
)
export type NewCreditChecks = Static<typeof NewCreditChecks>

const Amounts = Type.Record(Type.String(), Type.String())

export const Reservation = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  number: Type.String(),
  currency: Type.String(),
  amount: Type.String(),
  committed: nullable(Type.String()),
  state: Type.String({ description: 'held, open, committed, released or expired' }),
  expiresAt: nullable(Type.String()),
  decisionId: nullable(Type.String()),
})
export type Reservation = Static<typeof Reservation>

export const CreditCheckReply = Type.Object({
  decisionId: Type.String(),
  partyId: Type.String(),
  outcome: Type.String({ description: 'approved, warned or held' }),
  releasedBy: nullable(Type.String()),
  fired: Type.Array(
    Type.Object({
      rule: Type.String(),
      kind: Type.String(),
      reaction: Type.String(),
      facts: Type.Record(Type.String(), Type.Unknown()),
      sentence: Sentence,
    }),
  ),
  exposure: Type.Object({
    currency: Type.String(),
    before: Amounts,
    after: Amounts,
  }),
  levels: Type.Array(
    Type.Object({
      level: Type.String(),
      accountId: Type.String(),
      code: Type.String(),
      name: Type.String(),
      segment: Type.String(),
      currency: Type.String(),
      limit: nullable(Type.String({ description: 'With temporary limits and tolerance' })),
      before: Type.String(),
      after: Type.String(),
      headroom: nullable(Type.String()),
    }),
  ),
  remedies: Type.Array(Type.Object({ kind: Type.String(), sentence: Sentence })),
  reservation: nullable(Reservation),
  holdId: nullable(Type.String()),
})
export type CreditCheckReply = Static<typeof CreditCheckReply>

/** Of one check the reply itself; of many one item each, an answer or a problem. */
export const CreditCheckReplies = Type.Object({
  items: Type.Array(Type.Unknown()),
})

/** By which rules a check was decided, and when. */
export const CheckSource = Type.Object({
  rules: nullable(Type.Integer({ description: 'Number of the version of the check rules' })),
  decidedAt: Type.String(),
})
export type CheckSource = Static<typeof CheckSource>

export const StoredCheck = Type.Object({
  ...CreditCheckReply.properties,
  mode: Type.String(),
  checkpoint: Type.String(),
  document: nullable(Type.String()),
  amount: Type.String(),
  currency: Type.String(),
  policyId: Type.String(),
  engine: Type.String(),
  inputs: Type.Unknown(),
  hash: Type.String(),
  decidedFor: Type.String(),
  recordedAt: Type.String(),
  source: CheckSource,
})
export type StoredCheck = Static<typeof StoredCheck>

export const ReservationParams = Type.Object(
  { partyId: Id, id: Id },
  { additionalProperties: false },
)

export const Commitment = Type.Object(
  {
    amount: Type.Optional(AmountText),
  },
  { additionalProperties: false },
)
export type Commitment = Static<typeof Commitment>

export const ReservationEnd = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
)
