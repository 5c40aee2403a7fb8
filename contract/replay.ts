import Type, { type Static } from 'typebox'
import { nullable, Sentence } from '#contract/common.ts'
import { TriedPolicy } from '#contract/lab.ts'
import { PolicyKindText } from '#contract/policy.ts'
import { Job } from '#contract/system.ts'

const closed = { additionalProperties: false }

/** The largest number of values that one number of a policy is tried with. */
const mostPoints = 12

/** What is asked of the past: a policy to try on it, and how to reckon. */
export const NewReplay = Type.Object(
  {
    tried: TriedPolicy,
    months: Type.Optional(
      Type.Integer({ minimum: 3, maximum: 60, default: 12, description: 'Back from today' }),
    ),
    marginPercent: Type.Optional(
      Type.String({
        pattern: '^\\d{1,2}(\\.\\d{1,2})?$',
        default: '10',
        description: 'What a sale leaves, in percent of its invoice',
      }),
    ),
    lossAfterDays: Type.Optional(
      Type.Integer({
        minimum: 30,
        maximum: 720,
        default: 90,
        description: 'What is open today and longer past due counts as lost',
      }),
    ),
    patienceDays: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 365,
        default: 30,
        description: 'For how long a customer waits for a held order',
      }),
    ),
    vary: Type.Optional(
      Type.Object(
        {
          pointer: Type.String({
            maxLength: 200,
            pattern: '^(/[^/]{1,80}){1,8}$',
            description: 'Where the number stands in the document: /rules/5/overDays',
          }),
          values: Type.Array(Type.String({ minLength: 1, maxLength: 30 }), {
            minItems: 1,
            maxItems: mostPoints,
          }),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type NewReplay = Static<typeof NewReplay>

const Side = Type.Object({
  orders: Type.Integer(),
  sales: Type.String(),
  held: Type.Integer({ description: 'Held at first, whatever became of them' }),
  delayed: Type.Integer({ description: 'Of these: passed within the patience of the customer' }),
  delayedSales: Type.String(),
  delayDays: nullable(Type.String({ description: 'Of a delayed order, on average' })),
  lost: Type.Integer(),
  lostSales: Type.String(),
  waiting: Type.Integer({ description: 'Still held on the last day: neither lost nor passed' }),
  waitingSales: Type.String(),
  loss: Type.String({
    description: 'Never paid of what went through, and of what was owed before',
  }),
  overduePercent: nullable(
    Type.String({ description: 'Past due of what is open, on average of the month ends' }),
  ),
  daysSalesOutstanding: nullable(Type.String()),
})
export type ReplaySide = Static<typeof Side>

const Interval = Type.Object({ low: Type.String(), high: Type.String() })

const effect = {
  held: Type.Integer({ description: 'Orders held more than under the policies of today' }),
  lostSales: Type.String(),
  lossAvoided: Type.String(),
  marginLost: Type.String(),
  net: Type.String({ description: 'Losses avoided less margin lost' }),
}

/** What policies would have made of the past; amounts are in the base currency. */
export const PolicyReplay = Type.Object({
  asOf: Type.String(),
  from: Type.String({ description: 'First day whose orders were put to the gate' }),
  months: Type.Integer(),
  kind: PolicyKindText,
  title: Type.String(),
  baseCurrency: Type.String(),
  marginPercent: Type.String(),
  lossAfterDays: Type.Integer(),
  patienceDays: Type.Integer(),
  customers: Type.Integer(),
  withoutRate: Type.Integer({ description: 'Invoices left out, without a rate on their day' }),
  now: Side,
  after: Side,
  effect: Type.Object({
    ...effect,
    customers: Type.Integer({ description: 'On whom there is an effect' }),
    intervals: Type.Object({ lossAvoided: Interval, marginLost: Interval, net: Interval }),
  }),
  yardsticks: nullable(
    Type.Object({
      placebo: Type.Object({
        lossAvoided: Type.String(),
        marginLost: Type.String(),
        interval: Interval,
      }),
      foresight: Type.Object({ lossAvoided: Type.String(), marginLost: Type.String() }),
    }),
  ),
  vary: nullable(Type.Object({ pointer: Type.String(), now: Type.String() })),
  points: Type.Array(Type.Object({ value: Type.String(), ...effect })),
  monthly: Type.Array(
    Type.Object({
      month: Type.String(),
      receivable: Type.String(),
      receivableAfter: Type.String(),
      overdue: Type.String(),
      overdueAfter: Type.String(),
    }),
  ),
  segments: Type.Array(
    Type.Object({
      segment: nullable(Type.String()),
      now: Side,
      after: Side,
      effect: Type.Object(effect),
    }),
  ),
  rules: Type.Array(
    Type.Object({ rule: Type.String(), held: Type.Integer(), heldAfter: Type.Integer() }),
  ),
  named: Type.Array(
    Type.Object({
      partyId: Type.String(),
      code: Type.String(),
      name: Type.String(),
      held: Type.Integer(),
      firstHeldOn: nullable(Type.String()),
      firstLossDueOn: nullable(
        Type.String({ description: 'When the first invoice fell due that was never paid' }),
      ),
      lostSales: Type.String(),
      lossAvoided: Type.String(),
      marginLost: Type.String(),
    }),
  ),
  moreRoom: Type.Object({
    customers: Type.Integer({ description: 'Whose limit would have been higher at some time' }),
    amount: Type.String(),
    ofDefaulted: Type.String({ description: 'Of these, who did not pay all they owed' }),
  }),
  cannotSay: Type.Array(Sentence),
})
export type PolicyReplay = Static<typeof PolicyReplay>

/** A replay that was asked for. */
const kept = {
  id: Type.String(),
  state: Job.properties.state,
  message: nullable(Type.String()),
  requestedBy: Type.String(),
  createdAt: Type.String(),
  finishedAt: nullable(Type.String()),
}

export const ReplayList = Type.Object({
  items: Type.Array(
    Type.Object({
      ...kept,
      title: nullable(Type.String()),
      kind: nullable(PolicyKindText),
      months: nullable(Type.Integer()),
      net: nullable(Type.String()),
      baseCurrency: nullable(Type.String()),
    }),
  ),
})
export type ReplayList = Static<typeof ReplayList>

export const ShownReplay = Type.Object({
  ...kept,
  asked: NewReplay,
  result: nullable(PolicyReplay),
})
export type ShownReplay = Static<typeof ShownReplay>

export const DraftOfPoint = Type.Object({ value: Type.String({ maxLength: 30 }) }, closed)
export type DraftOfPoint = Static<typeof DraftOfPoint>
