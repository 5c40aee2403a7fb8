import Type, { type Static } from 'typebox'
import { nullable, Sentence, WriteQuery } from '#contract/common.ts'

export const policyKinds = [
  'scorecard',
  'rating-scale',
  'limit-policy',
  'check-rules',
  'indicators',
] as const

const policyStates = ['draft', 'submitted', 'approved', 'published', 'retired'] as const
export type PolicyState = (typeof policyStates)[number]

export const PolicyKindText = Type.Unsafe<(typeof policyKinds)[number]>({
  type: 'string',
  enum: [...policyKinds],
})

export const PolicyVersion = Type.Object({
  id: Type.String(),
  kind: PolicyKindText,
  number: Type.Integer(),
  state: Type.Unsafe<PolicyState>({ type: 'string', enum: [...policyStates] }),
  title: Type.String(),
  hash: Type.String({ description: 'SHA-256 of the canonical document' }),
  note: nullable(Type.String()),
  createdBy: Type.String(),
  createdById: nullable(Type.String()),
  createdAt: Type.String(),
  submittedBy: nullable(Type.String()),
  submittedById: nullable(Type.String()),
  submittedAt: nullable(Type.String()),
  approvedBy: nullable(Type.String()),
  approvedById: nullable(Type.String()),
  approvedAt: nullable(Type.String()),
  approvalNote: nullable(Type.String()),
  publishAt: nullable(
    Type.String({ description: 'When an approved version is to count; null: at once' }),
  ),
  publishedBy: nullable(Type.String()),
  publishedAt: nullable(Type.String()),
  publicationNote: nullable(Type.String()),
  rejectedBy: nullable(Type.String()),
  rejectedAt: nullable(Type.String()),
  rejection: nullable(Type.String({ description: 'Why it is a draft again' })),
  retiredAt: nullable(Type.String()),
})
export type PolicyVersion = Static<typeof PolicyVersion>

const closed = { additionalProperties: false }
const WhyNot = nullable(Sentence)

/** What may be done with a version next, each with why not; null: it may be done. */
const PolicySteps = Type.Object({
  submit: WhyNot,
  withdraw: WhyNot,
  approve: WhyNot,
  reject: WhyNot,
  publish: WhyNot,
})
export type PolicySteps = Static<typeof PolicySteps>

export const PolicyWithDocument = Type.Object({
  ...PolicyVersion.properties,
  document: Type.Unknown({ description: 'As it was written; formulas with ids for names' }),
  formulas: nullable(
    Type.Record(Type.String(), Type.Object({ zh: Type.String(), en: Type.String() }), {
      description: 'Of indicator formulas: each in words, by the id of its indicator',
    }),
  ),
  steps: PolicySteps,
})
export type PolicyWithDocument = Static<typeof PolicyWithDocument>

export const PolicyVersions = Type.Object({ items: Type.Array(PolicyVersion) })
export type PolicyVersions = Static<typeof PolicyVersions>

export const NewDraft = Type.Object(
  {
    kind: PolicyKindText,
    document: Type.Unknown({ description: 'The policy document, as in packs/standard' }),
    note: Type.Optional(Type.String({ maxLength: 500 })),
    replaces: Type.Optional(
      nullable(
        Type.String({
          description:
            'Hash of the draft that was read, null where there was none: refused where somebody ' +
            'else has written another one meanwhile',
        }),
      ),
    ),
  },
  { additionalProperties: false },
)
export type NewDraft = Static<typeof NewDraft>

const Reason = Type.String({ minLength: 2, maxLength: 500 })

export const PolicyApproval = Type.Object(
  {
    publishAt: Type.Optional(
      Type.String({ format: 'date-time', description: 'Left out: published at once' }),
    ),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  closed,
)
export type PolicyApproval = Static<typeof PolicyApproval>

export const PolicyRejection = Type.Object({ reason: Reason }, closed)
export type PolicyRejection = Static<typeof PolicyRejection>

export const PolicyPublication = Type.Object(
  {
    ...WriteQuery.properties,
    reason: Type.Optional(
      Type.String({ maxLength: 500, description: 'Why an earlier version counts again' }),
    ),
  },
  closed,
)

export const PolicyChanges = Type.Object({
  against: nullable(
    Type.Object(
      { id: Type.String(), number: Type.Integer() },
      { description: 'The version that is published now, or the one before this one' },
    ),
  ),
  items: Type.Array(
    Type.Object({
      path: Type.String(),
      ...Sentence.properties,
    }),
  ),
})
export type PolicyChanges = Static<typeof PolicyChanges>

const exampleKinds = ['scorecard', 'limit-policy', 'check-rules'] as const
const ExampleKind = Type.Unsafe<(typeof exampleKinds)[number]>({
  type: 'string',
  enum: [...exampleKinds],
})

const Expected = Type.Union([
  Type.Object({ grade: Type.String({ maxLength: 10 }) }, closed),
  Type.Object(
    { amount: Type.String({ maxLength: 30 }), terms: Type.String({ maxLength: 30 }) },
    closed,
  ),
  Type.Object(
    {
      outcome: Type.Unsafe<'approved' | 'warned' | 'held'>({
        type: 'string',
        enum: ['approved', 'warned', 'held'],
      }),
      rules: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50 }),
    },
    closed,
  ),
])

export const NewExample = Type.Object(
  {
    kind: ExampleKind,
    name: Type.String({ minLength: 1, maxLength: 80 }),
    party: Type.String({
      maxLength: 200,
      description: 'Code or id of the customer whose values of today, or whose check, it is',
    }),
    check: Type.Optional(
      Type.String({ format: 'uuid', description: 'Of check rules: a credit check' }),
    ),
    expected: Type.Optional(Expected),
  },
  closed,
)
export type NewExample = Static<typeof NewExample>

export const PolicyExamples = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: ExampleKind,
      name: Type.String(),
      expected: Expected,
      partyId: nullable(Type.String()),
      createdBy: Type.String(),
      createdAt: Type.String(),
      run: nullable(
        Type.Object(
          {
            passed: Type.Boolean(),
            expected: Sentence,
            got: Sentence,
          },
          { description: 'What the version asked for says to it; null where none is asked for' },
        ),
      ),
    }),
  ),
})
export type PolicyExamples = Static<typeof PolicyExamples>
