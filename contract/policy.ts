import Type, { type Static } from 'typebox'
import { nullable } from '#contract/common.ts'

export const policyKinds = [
  'scorecard',
  'rating-scale',
  'limit-policy',
  'check-rules',
  'indicators',
] as const

export const PolicyKindText = Type.Unsafe<(typeof policyKinds)[number]>({
  type: 'string',
  enum: [...policyKinds],
})

export const PolicyVersion = Type.Object({
  id: Type.String(),
  kind: PolicyKindText,
  number: Type.Integer(),
  state: Type.String(),
  title: Type.String(),
  hash: Type.String({ description: 'SHA-256 of the canonical document' }),
  note: nullable(Type.String()),
  createdBy: Type.String(),
  createdAt: Type.String(),
  publishedBy: nullable(Type.String()),
  publishedAt: nullable(Type.String()),
  retiredAt: nullable(Type.String()),
})
export type PolicyVersion = Static<typeof PolicyVersion>

export const PolicyWithDocument = Type.Object({
  ...PolicyVersion.properties,
  document: Type.Unknown({ description: 'As it was written; formulas with ids for names' }),
  formulas: nullable(
    Type.Record(Type.String(), Type.Object({ zh: Type.String(), en: Type.String() }), {
      description: 'Of indicator formulas: each in words, by the id of its indicator',
    }),
  ),
})
export type PolicyWithDocument = Static<typeof PolicyWithDocument>

export const PolicyVersions = Type.Object({ items: Type.Array(PolicyVersion) })
export type PolicyVersions = Static<typeof PolicyVersions>

export const NewDraft = Type.Object(
  {
    kind: PolicyKindText,
    document: Type.Unknown({ description: 'The policy document, as in packs/standard' }),
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  { additionalProperties: false },
)
export type NewDraft = Static<typeof NewDraft>
