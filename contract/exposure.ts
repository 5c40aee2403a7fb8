import Type, { type Static } from 'typebox'
import { AmountText, CurrencyText, DayText, Id, nullable, PageQuery } from '#contract/common.ts'

const accountStatuses = ['open', 'watch', 'blocked', 'frozen'] as const
export type AccountStatus = (typeof accountStatuses)[number]
const StatusText = Type.Unsafe<AccountStatus>({ type: 'string', enum: [...accountStatuses] })

export const securityKinds = ['letter-of-credit', 'insured', 'collateral'] as const
export type SecurityKind = (typeof securityKinds)[number]
const SecurityKindText = Type.Unsafe<SecurityKind>({ type: 'string', enum: [...securityKinds] })

const ShareText = Type.String({
  pattern: '^\\d{1,3}(\\.\\d{1,2})?%$',
  description: 'A share such as 5%',
})
export const SegmentText = Type.String({
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,39}$',
  description: 'Credit segment: a business unit, product line ...',
})
const Reason = Type.String({ minLength: 1, maxLength: 500 })

/** Amounts by stage, those of zero left out. */
const StageAmountsReply = Type.Record(Type.String(), Type.String())

export const CreditAccount = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  code: Type.String(),
  name: Type.String(),
  level: Type.Unsafe<'segment' | 'party' | 'group'>({
    type: 'string',
    enum: ['segment', 'party', 'group'],
  }),
  segment: Type.String(),
  currency: Type.String(),
  status: StatusText,
  statusReason: nullable(Type.String()),
  statusBy: nullable(Type.String()),
  limit: nullable(Type.String()),
  limitFromOn: nullable(Type.String()),
  limitToOn: nullable(Type.String()),
  reviewOn: nullable(Type.String()),
  limitSource: nullable(Type.String()),
  limitReason: nullable(Type.String()),
  terms: nullable(Type.String()),
  tolerance: nullable(Type.String()),
  discount: nullable(Type.String()),
  grade: nullable(Type.String()),
  dunningLevel: Type.Integer(),
  temporaryLimits: Type.Array(
    Type.Object({
      id: Type.String(),
      amount: Type.String(),
      fromOn: Type.String(),
      toOn: Type.String(),
      reason: Type.String(),
      grantedBy: Type.String(),
      inForce: Type.Boolean(),
    }),
  ),
  /** In each currency in which something stands. */
  balances: Type.Array(
    Type.Object({ currency: Type.String(), stages: StageAmountsReply, net: Type.String() }),
  ),
  exposure: nullable(
    Type.String({ description: 'In the account’s currency; null where a rate is missing' }),
  ),
  available: nullable(Type.String()),
  chargedTo: nullable(Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() })),
})
export type CreditAccount = Static<typeof CreditAccount>

export const PartyAccounts = Type.Object({
  items: Type.Array(CreditAccount),
  above: Type.Array(CreditAccount),
})
export type PartyAccounts = Static<typeof PartyAccounts>

export const AccountParams = Type.Object({ partyId: Id, id: Id }, { additionalProperties: false })

export const AccountQuery = Type.Object(
  {
    limit: PageQuery.limit,
    after: PageQuery.after,
    status: Type.Optional(StatusText),
    level: Type.Optional(Type.String({ enum: ['segment', 'party', 'group'] })),
    below: Type.Optional(Id),
    top: Type.Optional(Type.Boolean({ description: 'Only those that no other account counts' })),
    text: Type.Optional(
      Type.String({
        ...{ minLength: 1, maxLength: 100 },
        description: 'Of parties with such a name or code, and the accounts that count those',
      }),
    ),
  },
  { additionalProperties: false },
)
export type AccountQuery = Static<typeof AccountQuery>

export const AccountPage = Type.Object({
  items: Type.Array(CreditAccount),
  next: nullable(Type.String()),
})
export type AccountPage = Static<typeof AccountPage>

export const NewAccount = Type.Object(
  {
    level: Type.Unsafe<'segment' | 'party' | 'group'>({
      type: 'string',
      enum: ['segment', 'party', 'group'],
    }),
    segment: Type.Optional(SegmentText),
  },
  { additionalProperties: false },
)
export type NewAccount = Static<typeof NewAccount>

export const LimitChange = Type.Object(
  {
    limit: AmountText,
    currency: CurrencyText,
    toOn: DayText,
    reviewOn: Type.Optional(DayText),
    terms: Type.Optional(Type.String({ maxLength: 60 })),
    reason: Reason,
  },
  { additionalProperties: false },
)
export type LimitChange = Static<typeof LimitChange>

export const AccountChange = Type.Object(
  {
    tolerance: Type.Optional(nullable(ShareText)),
    discount: Type.Optional(nullable(ShareText)),
    dunningLevel: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })),
  },
  { additionalProperties: false },
)
export type AccountChange = Static<typeof AccountChange>

export const StatusChange = Type.Object(
  { status: StatusText, reason: Reason },
  { additionalProperties: false },
)
export type StatusChange = Static<typeof StatusChange>

export const NewTemporaryLimit = Type.Object(
  { amount: AmountText, fromOn: Type.Optional(DayText), toOn: DayText, reason: Reason },
  { additionalProperties: false },
)
export type NewTemporaryLimit = Static<typeof NewTemporaryLimit>

export const LedgerQuery = Type.Object(
  {
    limit: PageQuery.limit,
    after: PageQuery.after,
    stage: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { additionalProperties: false },
)

export const LedgerPage = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      partyId: Type.String(),
      stage: Type.String(),
      currency: Type.String(),
      amount: Type.String(),
      documentKind: Type.String(),
      documentId: Type.String(),
      number: Type.String(),
      cause: Type.String(),
      effectiveOn: Type.String(),
      decisionId: nullable(Type.String()),
      recordedAt: Type.String(),
    }),
  ),
  next: nullable(Type.String()),
})
export type LedgerPage = Static<typeof LedgerPage>

export const NewSecurity = Type.Object(
  {
    kind: SecurityKindText,
    number: Type.String({ minLength: 1, maxLength: 60 }),
    issuer: Type.Optional(Type.String({ maxLength: 120 })),
    currency: CurrencyText,
    amount: AmountText,
    counts: Type.Optional(
      Type.String({
        pattern: '^\\d{1,3}(\\.\\d{1,2})?%$',
        description: 'What counts of it: the insured percentage, or what the haircut leaves',
      }),
    ),
    segment: Type.Optional(SegmentText),
    fromOn: Type.Optional(DayText),
    toOn: DayText,
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type NewSecurity = Static<typeof NewSecurity>

export const SecurityReply = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  kind: SecurityKindText,
  number: Type.String(),
  issuer: nullable(Type.String()),
  currency: Type.String(),
  amount: Type.String(),
  share: Type.String(),
  counted: Type.String(),
  fromOn: Type.String(),
  toOn: Type.String(),
  counts: Type.Boolean({ description: 'Whether it reduces the exposure now' }),
  endedOn: nullable(Type.String()),
  endReason: nullable(Type.String()),
  note: nullable(Type.String()),
})
export type SecurityReply = Static<typeof SecurityReply>

export const SecurityEnd = Type.Object({ reason: Reason }, { additionalProperties: false })
export type SecurityEnd = Static<typeof SecurityEnd>
