import Type, { type Static } from 'typebox'
import { DayText, NextPage, nullable, PageQuery } from '#contract/common.ts'

const EntryFilter = {
  subject: Type.Optional(Type.String({ maxLength: 200 })),
  command: Type.Optional(
    Type.String({ maxLength: 100, description: 'Name of a command, or how it begins: hold.' }),
  ),
  actor: Type.Optional(Type.String({ maxLength: 100, description: 'Id of who acted' })),
  who: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name of who acted' })),
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
}

export const AuditQuery = Type.Object(
  {
    ...EntryFilter,
    limit: PageQuery.limit,
    after: Type.Optional(Type.String({ format: 'uuid' })),
  },
  { additionalProperties: false },
)
export type AuditQuery = Static<typeof AuditQuery>

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

export const AuditPage = Type.Object({
  items: Type.Array(AuditEntry),
  next: NextPage,
})
export type AuditPage = Static<typeof AuditPage>

/** Per row id the changed columns, before and after. */
export type Differences = Record<string, Record<string, [before: unknown, after: unknown]>>

export const RowChange = Type.Object({
  relation: Type.String(),
  operation: Type.String(),
  rowIds: Type.Array(Type.String()),
  rowCount: Type.Integer(),
  differences: Type.Unsafe<Differences | null>({
    description:
      'Of updates up to 100 rows: per row id the changed columns, before and after. Passwords, ' +
      'tokens and other secrets are told as changed and not shown.',
  }),
})
export type RowChange = Static<typeof RowChange>

export const RowChanges = Type.Object({ items: Type.Array(RowChange) })
export type RowChanges = Static<typeof RowChanges>

/** Something in the trail or in an audited table that is not as it was recorded. */
export type AuditFinding = {
  readonly kind:
    | 'seal changed'
    | 'seal missing'
    | 'entry changed'
    | 'entry missing'
    | 'entry added'
    | 'row changed'
    | 'row missing'
    | 'row added'
    | 'head differs'
  /** The seal's number, the entry's id, or `schema.table id`. */
  readonly what: string
}

/** The result of the job that verifies the trail. */
export type AuditVerification = {
  readonly findings: readonly AuditFinding[]
  readonly seals: number
  readonly sealedEntries: number
  readonly unsealedEntries: number
  readonly rows: number
  /** Note it down elsewhere: a later verification can be told to expect it. */
  readonly head: string | null
}
