import Type, { type Static } from 'typebox'
import { nullable } from '#contract/common.ts'

export const AuditEntry = Type.Object({
  id: Type.String(),
  recordedAt: Type.String(),
  actorKind: Type.String(),
  actorId: Type.String(),
  actorName: Type.String(),
  command: Type.String(),
  subject: nullable(Type.String()),
  details: Type.Unknown(),
  requestId: nullable(Type.String()),
})
export type AuditEntry = Static<typeof AuditEntry>

export const RowChange = Type.Object({
  relation: Type.String(),
  operation: Type.String(),
  rowIds: Type.Array(Type.String()),
  rowCount: Type.Integer(),
  differences: Type.Unknown({ description: 'Per row id the changed columns, before and after.' }),
})
export type RowChange = Static<typeof RowChange>
