import Type, { type Static } from 'typebox'
import { CheckSource, CreditCheckReply } from '#contract/check.ts'
import {
  AmountText,
  CurrencyText,
  DayText,
  Id,
  NextPage,
  nullable,
  PageQuery,
  Sentence,
  SheetLanguage,
} from '#contract/common.ts'
import { PartyHead } from '#contract/party.ts'

const closed = { additionalProperties: false } as const

const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values] })

const textOrNull = nullable(Type.String())

export const HoldParams = Type.Object({ partyId: Id, id: Id }, closed)

export const HoldQuery = Type.Object(
  {
    party: Type.Optional(text(200, 'Who buys: id, code, credit code or name')),
    number: Type.Optional(text(100, 'Of the document')),
    owner: Type.Optional(text(200, 'A role or the name of a person')),
    mine: Type.Optional(
      Type.Boolean({ description: 'Owned by me or one of my roles, or asked for or sold by me' }),
    ),
    rule: Type.Optional(text(100, 'Id of a check rule that fired')),
    currency: Type.Optional(CurrencyText),
    minAmount: Type.Optional(AmountText),
    olderThan: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650, description: 'Days' })),
    limit: PageQuery.limit,
    after: PageQuery.after,
  },
  closed,
)
export type HoldQuery = Static<typeof HoldQuery>

export const HoldExport = Type.Object(
  { ...Type.Omit(HoldQuery, ['limit', 'after']).properties, ...SheetLanguage },
  closed,
)

export const Hold = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  documentKind: oneOf(['order', 'reservation']),
  documentId: Type.String(),
  number: Type.String(),
  checkpoint: oneOf(['order', 'delivery']),
  decisionId: Type.String(),
  currency: Type.String(),
  amount: Type.String({ description: 'What must wait' }),
  rules: Type.Array(Type.String(), { description: 'Check rules that hold it, most severe first' }),
  priority: Type.Integer(),
  owner: Type.String({ description: 'Who is to deal with it: a role or the name of a person' }),
  requestedBy: Type.String(),
  salesperson: textOrNull,
  state: oneOf(['open', 'asked', 'released', 'rejected', 'withdrawn', 'superseded']),
  question: textOrNull,
  askedBy: textOrNull,
  askedAt: textOrNull,
  answer: textOrNull,
  answeredBy: textOrNull,
  answeredAt: textOrNull,
  openedAt: Type.String(),
  closedAt: textOrNull,
  closedBy: textOrNull,
  closeReason: textOrNull,
})
export type Hold = Static<typeof Hold>

export const HoldPage = Type.Object({
  items: Type.Array(
    Type.Object({
      ...Hold.properties,
      party: PartyHead,
      ageDays: Type.Integer(),
      reasons: Type.Array(Sentence),
    }),
  ),
  totals: Type.Array(
    Type.Object({ currency: Type.String(), count: Type.Integer(), amount: Type.String() }),
    { description: 'Of all pages' },
  ),
  next: NextPage,
})
export type HoldPage = Static<typeof HoldPage>

export const Release = Type.Object({
  id: Type.String(),
  holdId: Type.String(),
  checkpoint: oneOf(['order', 'delivery']),
  currency: Type.String(),
  upTo: Type.String({ description: 'Up to which amount of the whole document' }),
  untilOn: nullable(Type.String({ description: 'Null: for one time' })),
  reason: Type.String(),
  cause: oneOf(['person', 'room']),
  releasedBy: Type.String(),
  authority: Type.String(),
  endedOn: textOrNull,
  recordedAt: Type.String(),
  recalledAt: nullable(Type.String({ description: 'It was taken back then' })),
  recalledBy: nullable(Type.String()),
  recallReason: nullable(Type.String()),
})
export type Release = Static<typeof Release>

const HoldDecision = Type.Object({
  id: Type.String(),
  outcome: oneOf(['approved', 'warned', 'held']),
  mode: oneOf(['check', 'reserve']),
  checkpoint: oneOf(['order', 'delivery']),
  currency: Type.String(),
  amount: Type.String({ description: 'Of the whole document' }),
  decidedFor: Type.String(),
  recordedAt: Type.String(),
})

const ReleaseAuthority = Type.Object(
  {
    role: Type.String({ description: 'The role of yours that carries it' }),
    upTo: nullable(Type.String({ description: 'Null: any amount' })),
    currency: Type.String(),
    isOwn: Type.Boolean({ description: 'You asked for the document or sell it' }),
    able: Type.Array(Type.String(), { description: 'Roles that may release all of it' }),
    frozen: textOrNull,
  },
  { description: 'Up to how much of the document who asks may release; null without rules' },
)

/** A hold with the check that opened it and what happened to its document. */
export const HoldFile = Type.Object({
  ...Hold.properties,
  party: PartyHead,
  ageDays: Type.Integer(),
  documentAmount: Type.String({ description: 'Of the whole document, as it was asked for last' }),
  check: CreditCheckReply,
  source: CheckSource,
  authority: nullable(ReleaseAuthority),
  decisions: Type.Array(HoldDecision, { description: 'About the document, latest first' }),
  holds: Type.Array(Hold, { description: 'Of the document, latest first' }),
  releases: Type.Array(Release, { description: 'Of the document, latest first' }),
})
export type HoldFile = Static<typeof HoldFile>

const releasing = {
  /** Up to which amount of the whole document; all of it where it is left out. */
  amount: Type.Optional(AmountText),
  until: Type.Optional(DayText),
  once: Type.Optional(
    Type.Boolean({ description: 'For one time, which it is without a last day too' }),
  ),
  reason: text(500),
}
export const NewRelease = Type.Object(releasing, closed)
export type NewRelease = Static<typeof NewRelease>

export const NewReleases = Type.Object(
  {
    holds: Type.Array(
      Type.Object(
        { ...HoldParams.properties, amount: releasing.amount },
        { ...closed, description: 'A hold, and up to which amount if not all of it' },
      ),
      { minItems: 1, maxItems: 100 },
    ),
    until: releasing.until,
    once: releasing.once,
    reason: releasing.reason,
  },
  closed,
)
export type NewReleases = Static<typeof NewReleases>

export const ReleaseAnswer = Type.Object({
  partyId: Type.String(),
  holdId: Type.String(),
  releaseId: Type.String(),
  upTo: Type.String(),
  currency: Type.String(),
  outcome: oneOf(['released', 'released-in-part']),
  waiting: Type.String({ description: 'What is still held' }),
})
export type ReleaseAnswer = Static<typeof ReleaseAnswer>

export const ReleaseAnswers = Type.Object({
  items: Type.Array(
    Type.Object({
      partyId: Type.String(),
      holdId: Type.String(),
      release: nullable(ReleaseAnswer),
      problem: nullable(
        Type.Object({
          kind: Type.String(),
          detail: Type.String(),
          zh: Type.Optional(Type.String()),
        }),
      ),
    }),
  ),
})
export type ReleaseAnswers = Static<typeof ReleaseAnswers>

export const Rejection = Type.Object({ reason: text(500) }, closed)
export type Rejection = Static<typeof Rejection>

export const Recall = Type.Object({ reason: text(500) }, closed)
export type Recall = Static<typeof Recall>

export const HoldQuestion = Type.Object({ question: text(1000) }, closed)
export type HoldQuestion = Static<typeof HoldQuestion>

export const HoldAnswer = Type.Object({ answer: text(1000) }, closed)
export type HoldAnswer = Static<typeof HoldAnswer>

export const HoldOwner = Type.Object(
  { owner: text(200, 'A role such as credit-manager, or the name or login of a person') },
  closed,
)
export type HoldOwner = Static<typeof HoldOwner>
