import Type, { type Static } from 'typebox'
import { Id, nullable, Sentence } from '#contract/common.ts'
import { PolicyKindText } from '#contract/policy.ts'

const closed = { additionalProperties: false }

/** A version that is stored, or a document that is being written. */
export const TriedPolicy = Type.Object(
  {
    versionId: Type.Optional(Id),
    kind: Type.Optional(PolicyKindText),
    document: Type.Optional(Type.Unknown({ description: 'As a draft would have it' })),
  },
  closed,
)
export type TriedPolicy = Static<typeof TriedPolicy>

const Outcome = Type.Object({
  grade: Type.String(),
  limit: nullable(Type.String()),
  termDays: nullable(Type.Integer()),
})

const Customer = Type.Object({
  partyId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  currency: Type.String(),
  before: Outcome,
  after: Outcome,
  gain: Type.String({ description: 'Of its limit, in the base currency' }),
  why: Type.Array(Sentence),
})

const Order = Type.Object({
  id: Type.String(),
  number: Type.String(),
  partyId: Type.String(),
  party: Type.String({ description: 'Name of the customer' }),
  amount: Type.String(),
  currency: Type.String(),
  rules: Type.Array(Type.String({ description: 'Ids of the rules that hold it' })),
})

const Tally = Type.Object({ customers: Type.Integer(), by: Type.String() })

/** What a change of a policy would do today to all customers and open orders that one sees. */
export const PolicyImpact = Type.Object({
  asOf: Type.String(),
  kind: PolicyKindText,
  baseCurrency: Type.String(),
  customers: Type.Integer(),
  notRated: Type.Integer({
    description: 'Customers without stored indicators: nothing can be told',
  }),
  changed: Type.Integer(),
  upgraded: Type.Integer(),
  downgraded: Type.Integer(),
  longerTerms: Type.Integer(),
  shorterTerms: Type.Integer(),
  grades: Type.Array(Type.String({ description: 'From best to worst' })),
  moves: Type.Array(
    Type.Object({ from: Type.String(), to: Type.String(), customers: Type.Integer() }),
  ),
  limits: Type.Array(
    Type.Object({
      currency: Type.String(),
      before: Type.String(),
      after: Type.String(),
      raised: Tally,
      lowered: Tally,
    }),
  ),
  gainers: Type.Array(Customer),
  losers: Type.Array(Customer),
  orders: Type.Object({
    looked: Type.Integer({ description: 'Open orders that were put to the gate' }),
    isAll: Type.Boolean({ description: 'False where there are more than are looked at' }),
    held: Type.Integer({
      description: 'That would be held and are not under the published policies',
    }),
    passed: Type.Integer({ description: 'That would pass and do not now' }),
    heldOrders: Type.Array(Order),
    passedOrders: Type.Array(Order),
  }),
})
export type PolicyImpact = Static<typeof PolicyImpact>

/** Queued when a version is published, for a month later. */
export const effectTask = 'policy_effect'

/** What a version that counts does, beside what was expected of it. */
export const PolicyEffect = Type.Object({
  asOf: Type.String(),
  publishedAt: Type.String(),
  forecast: nullable(PolicyImpact),
  measured: Type.Unsafe<PolicyImpact>({
    ...PolicyImpact,
    description: 'This version instead of the one before, on the customers of today',
  }),
  /** What changed in fact, by the version and by what customers did. */
  since: Type.Object({
    on: Type.String({ description: 'The eve of the publication' }),
    customers: Type.Integer({ description: 'Rated then and now' }),
    upgraded: Type.Integer(),
    downgraded: Type.Integer(),
    limits: PolicyImpact.properties.limits,
  }),
})
export type PolicyEffect = Static<typeof PolicyEffect>

const Bin = Type.Object({
  customers: Type.Integer({ description: 'Of today' }),
  judged: Type.Integer({ description: 'Of the earlier day, whose outcome is known' }),
  bad: Type.Integer(),
})

export const DraftedCard = Type.Object(
  { document: Type.Unknown({ description: 'A scorecard as a draft would have it' }) },
  closed,
)

/** How customers fall into the bins of a scorecard. */
export const BinDistribution = Type.Object({
  asOf: Type.String(),
  past: Type.String({ description: 'The earlier day' }),
  thresholdDays: Type.Integer(),
  horizonDays: Type.Integer(),
  customers: Type.Integer(),
  notRated: Type.Integer(),
  judged: Type.Integer(),
  bad: Type.Integer(),
  isAll: Type.Boolean({ description: 'False where there are more customers than are looked at' }),
  characteristics: Type.Array(
    Type.Object({ id: Type.String(), bins: Type.Array(Bin), missing: Bin }),
  ),
})
export type BinDistribution = Static<typeof BinDistribution>

/** How many customers and open orders each change of a version touches. */
export const ChangeCounts = Type.Object({
  customers: Type.Integer({ description: 'That were looked at' }),
  isAll: Type.Boolean({ description: 'False where there are more than are looked at' }),
  items: Type.Array(
    Type.Object({
      path: Type.String(),
      customers: nullable(Type.Integer({ description: 'Null: cannot be told for it alone' })),
      orders: nullable(
        Type.Integer({ description: 'Open orders of which the gate says otherwise' }),
      ),
    }),
    { description: 'In the order of the changes' },
  ),
})
export type ChangeCounts = Static<typeof ChangeCounts>
