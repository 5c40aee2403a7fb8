import Type, { type Static } from 'typebox'
import { nullable, Sentence } from '#contract/common.ts'
import { PolicyKindText } from '#contract/policy.ts'
import { type Reaction, reactions } from '#kernel/check/check-rules.ts'

const closed = { additionalProperties: false }

const Steps = Type.Unsafe<Reaction>({ type: 'string', enum: [...reactions] })

const PilotedRule = Type.Object({
  rule: Type.String({ description: 'Its id' }),
  versionId: Type.String({ description: 'The check rules that count' }),
  asked: Type.Unknown({ description: 'The rule as the policy has it' }),
  currency: Type.String({ description: 'Of its amounts' }),
  reaction: Steps,
  since: Type.String({ description: 'The day from which on the rule stands as it does' }),
  baseCurrency: Type.String(),
  documents: Type.Integer({ description: 'At which it fired since' }),
  customers: Type.Integer(),
  held: Type.Integer({ description: 'Of the documents, those that other rules held anyhow' }),
  amount: Type.String({ description: 'Of those that passed, in the base currency' }),
  withoutRate: Type.Integer({ description: 'Documents whose amounts could not be converted' }),
})

const Trial = Type.Object({
  kind: PolicyKindText,
  name: Type.String(),
  share: Type.String(),
  readOn: Type.String(),
  since: Type.String(),
  versionId: Type.String(),
  parts: Type.Array(
    Type.Object({
      group: Type.Unsafe<'challenger' | 'champion'>({
        type: 'string',
        enum: ['challenger', 'champion'],
      }),
      label: Sentence,
    }),
  ),
})

/** What of the published policies is being tried out. */
export const PilotList = Type.Object({
  asOf: Type.String(),
  rules: Type.Array(PilotedRule),
  trials: Type.Array(Trial),
})
export type PilotList = Static<typeof PilotList>

const Figure = Type.Object({
  id: Type.String({ description: 'late, lateAtDue, writtenOff, sales or held' }),
  unit: Type.Unsafe<'percent' | 'amount' | 'count'>({
    type: 'string',
    enum: ['percent', 'amount', 'count'],
  }),
  champion: nullable(Type.String()),
  challenger: nullable(Type.String()),
  difference: nullable(Type.String({ description: 'Challenger less champion' })),
  low: nullable(Type.String()),
  high: nullable(Type.String()),
  detectable: nullable(
    Type.String({ description: 'The smallest difference that would be noticed in 4 of 5 trials' }),
  ),
  verdict: Type.Unsafe<'higher' | 'lower' | 'not-significant' | 'too-few'>({
    type: 'string',
    enum: ['higher', 'lower', 'not-significant', 'too-few'],
  }),
})

/** Two groups of customers held against each other: challengers, or whom a rule fired at. */
export const GroupComparison = Type.Object({
  from: Type.String(),
  through: Type.String(),
  lateDays: Type.Integer({ description: 'So many days past due is late' }),
  baseCurrency: Type.String(),
  champions: Type.Integer({ description: 'Customers' }),
  challengers: Type.Integer(),
  figures: Type.Array(Figure),
  before: Type.Array(Figure, { description: 'Of the year before, when there was no difference' }),
})
export type GroupComparison = Static<typeof GroupComparison>

export const RulePilot = Type.Object({
  ...PilotedRule.properties,
  weeks: Type.Array(
    Type.Object({ weekOn: Type.String(), documents: Type.Integer(), held: Type.Integer() }),
  ),
  latest: Type.Array(
    Type.Object({
      partyId: Type.String(),
      party: Type.String(),
      number: Type.String(),
      on: Type.String(),
      isHeld: Type.Boolean(),
      amount: Type.String(),
      currency: Type.String(),
      sentence: nullable(Sentence),
    }),
  ),
  comparison: GroupComparison,
})
export type RulePilot = Static<typeof RulePilot>

export const TrialReadout = Type.Object({
  ...Trial.properties,
  isDue: Type.Boolean({ description: 'Whether the day of reading has come' }),
  comparison: GroupComparison,
})
export type TrialReadout = Static<typeof TrialReadout>

export const RuleParams = Type.Object({ rule: Type.String({ maxLength: 200 }) }, closed)
export const TrialParams = Type.Object(
  { kind: Type.String({ maxLength: 40 }), name: Type.String({ minLength: 1, maxLength: 60 }) },
  closed,
)

/** The next step of a rule on the ladder: shadow, warn, hold; or back. */
export const NewStep = Type.Object(
  {
    reaction: Steps,
    replaces: Type.Optional(nullable(Type.String({ description: 'As for a draft' }))),
  },
  closed,
)
export type NewStep = Static<typeof NewStep>
