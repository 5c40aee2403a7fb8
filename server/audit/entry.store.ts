import { type RawBuilder, sql } from 'kysely'
import type { AuditEntry, Differences, RowChange } from '#contract/audit.ts'
import { maskSecrets } from '#server/audit/mask-secrets.ts'
import type { Reader } from '#server/platform/database.ts'

export type EntryFilter = {
  subject?: string | undefined
  /** Its name, or how that begins. */
  command?: string | undefined
  actorId?: string | undefined
  /** Part of the name of who acted. */
  who?: string | undefined
  /** First and last day, which begin and end at midnight of the time zone. */
  from?: string | undefined
  to?: string | undefined
  timeZone?: string | undefined
  /** Id of the last entry of the page before. */
  after?: string | undefined
  limit: number
}

const columns = sql`
  id, recorded_at as "recordedAt", actor_kind as "actorKind", actor_id as "actorId",
  actor_name as "actorName", command, subject, details, request_id as "requestId"`

/** Entries newest first; ids grow with time, so they are the order, and days are ranges of them. */
export function findEntries(db: Reader, filter: EntryFilter): Promise<AuditEntry[]> {
  const { actorId, after, command, from, subject, timeZone = 'UTC', to, who } = filter
  const conditions = [
    sql`true`,
    ...(subject ? [sql`subject = ${subject}`] : []),
    ...(command ? [sql`starts_with(command, ${command})`] : []),
    ...(actorId ? [sql`actor_id = ${actorId}`] : []),
    ...(who ? [sql`position(lower(${who}) in lower(actor_name)) > 0`] : []),
    ...(from ? [sql`id >= ${firstIdOf(sql`${from}::date`, timeZone)}`] : []),
    ...(to ? [sql`id < ${firstIdOf(sql`${to}::date + 1`, timeZone)}`] : []),
    ...(after ? [sql`id < ${after}::uuid`] : []),
  ]
  return db.rows(sql<AuditEntry>`
    select ${columns} from audit.entry where ${sql.join(conditions, sql` and `)}
    order by id desc limit ${filter.limit}`)
}

/** UUIDv7 begin with the milliseconds at which they were made. */
function firstIdOf(date: RawBuilder<unknown>, timeZone: string) {
  return sql`(lpad(to_hex((1000 * extract(epoch from
    (${date})::timestamp at time zone ${timeZone}))::bigint), 12, '0') || repeat('0', 20))::uuid`
}

/** What an entry changed, per row: for updates the columns before and after, without secrets. */
export async function findChanges(db: Reader, entryId: string): Promise<RowChange[]> {
  const changes = await db.rows(sql<RowChange>`
    select relation, operation, row_ids[1:100] as "rowIds", cardinality(row_ids) as "rowCount",
      case when cardinality(row_ids) <= 100 then differences end as differences
    from audit.change where entry_id = ${entryId} order by position limit 100`)
  return changes.map((change) => ({
    ...change,
    differences: maskSecrets(change.relation, change.differences),
  }))
}

export type FieldChange = {
  changedAt: string
  actorName: string
  command: string
  relation: string
  fields: Differences[string]
}

/** The field-level history of one row, newest first, without secrets. */
export async function historyOfRow(db: Reader, rowId: string): Promise<FieldChange[]> {
  const changes = await db.rows(sql<FieldChange>`
    select e.recorded_at as "changedAt", e.actor_name as "actorName", e.command, c.relation,
      c.differences -> ${rowId} as fields
    from audit.change c join audit.entry e on e.id = c.entry_id
    where c.row_ids @> array[${rowId}::uuid] and c.operation = 'update'
    order by c.position desc limit 500`)
  return changes.map((change) => {
    const masked = maskSecrets(change.relation, { [rowId]: change.fields })
    return { ...change, fields: masked?.[rowId] ?? {} }
  })
}
