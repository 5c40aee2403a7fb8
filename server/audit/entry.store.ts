import { sql } from 'kysely'
import type { AuditEntry, RowChange } from '#contract/audit.ts'
import type { Reader } from '#server/platform/database.ts'

export type EntryFilter = {
  subject?: string | undefined
  command?: string | undefined
  actorId?: string | undefined
  /** Id of the last entry of the page before. */
  after?: string | undefined
  limit: number
}

const columns = sql`
  id, recorded_at as "recordedAt", actor_kind as "actorKind", actor_id as "actorId",
  actor_name as "actorName", command, subject, details, request_id as "requestId"`

/** Entries newest first; ids grow with time, so they are the order. */
export function findEntries(db: Reader, filter: EntryFilter): Promise<AuditEntry[]> {
  return db.rows(sql<AuditEntry>`
    select ${columns} from audit.entry
    where (${filter.subject ?? null}::text is null or subject = ${filter.subject ?? null})
      and (${filter.command ?? null}::text is null or command = ${filter.command ?? null})
      and (${filter.actorId ?? null}::text is null or actor_id = ${filter.actorId ?? null})
      and (${filter.after ?? null}::uuid is null or id < ${filter.after ?? null}::uuid)
    order by id desc limit ${filter.limit}`)
}

/** What an entry changed, per row: for updates the columns before and after. */
export function findChanges(db: Reader, entryId: string): Promise<RowChange[]> {
  return db.rows(sql<RowChange>`
    select relation, operation, row_ids[1:100] as "rowIds", cardinality(row_ids) as "rowCount",
      case when cardinality(row_ids) <= 100 then differences end as differences
    from audit.change where entry_id = ${entryId} order by position limit 100`)
}

export type FieldChange = {
  changedAt: string
  actorName: string
  command: string
  relation: string
  fields: Record<string, [unknown, unknown]>
}

/** The field-level history of one row, newest first. */
export function historyOfRow(db: Reader, rowId: string): Promise<FieldChange[]> {
  return db.rows(sql<FieldChange>`
    select e.recorded_at as "changedAt", e.actor_name as "actorName", e.command, c.relation,
      c.differences -> ${rowId} as fields
    from audit.change c join audit.entry e on e.id = c.entry_id
    where c.row_ids @> array[${rowId}::uuid] and c.operation = 'update'
    order by c.position desc limit 500`)
}
