import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Checkpoint } from '#kernel/check/check-facts.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type ReleaseRow = {
  readonly partyId: string
  readonly id: string
  readonly holdId: string
  readonly documentId: string
  /** Of its hold: without a last day it speaks there only. */
  readonly checkpoint: Checkpoint
  readonly currency: Currency
  /** Up to which amount of the whole document. */
  readonly upToMinor: bigint
  /** Null: until it was used once. */
  readonly untilOn: Day | null
  readonly reason: string
  readonly cause: 'person' | 'room'
  readonly releasedBy: string
  /** By what right: the role and its amount. */
  readonly authority: string
  readonly endedOn: Day | null
  readonly recordedAt: string
  /** It was taken back before anything came of it. */
  readonly recalledAt: string | null
  readonly recalledBy: string | null
  readonly recallReason: string | null
}

const columns = sql`
  r.party_id as "partyId", r.id, r.hold_id as "holdId", r.document_id as "documentId",
  h.checkpoint, r.currency,
  r.up_to_minor as "upToMinor", r.until_on as "untilOn", r.reason, r.cause,
  r.released_by as "releasedBy", r.authority, r.ended_on as "endedOn",
  r.recorded_at as "recordedAt", r.recalled_at as "recalledAt", r.recalled_by as "recalledBy",
  r.recall_reason as "recallReason"`

const withHold = sql`"check".release r
  join "check".hold h on h.party_id = r.party_id and h.id = r.hold_id`

/** The releases that speak for these documents on a day, latest first. */
export function releasesFor(
  db: Reader,
  documentIds: readonly string[],
  today: Day,
): Promise<ReleaseRow[]> {
  return db.rows(
    sql<ReleaseRow>`
      select ${columns} from ${withHold}
      where r.document_id = any(${list(documentIds)}::uuid[]) and r.ended_on is null
        and (r.until_on is null or r.until_on >= ${today})
      order by r.id desc`,
    { prepared: true },
  )
}

/** Every release that a document ever had, latest first. */
export function releasesOfDocument(
  db: Reader,
  partyId: string,
  documentId: string,
): Promise<ReleaseRow[]> {
  return db.rows(sql<ReleaseRow>`
    select ${columns} from ${withHold}
    where r.party_id = ${partyId} and r.document_id = ${documentId}
    order by r.id desc limit 100`)
}

export async function insertRelease(
  tx: Transaction,
  row: Omit<ReleaseRow, 'recordedAt' | 'checkpoint' | 'recalledAt' | 'recalledBy' | 'recallReason'>,
): Promise<void> {
  await tx.run(sql`
    insert into "check".release (party_id, id, hold_id, document_id, currency, up_to_minor,
      until_on, reason, cause, released_by, authority, ended_on)
    values (${row.partyId}, ${row.id}, ${row.holdId}, ${row.documentId}, ${row.currency},
      ${row.upToMinor}, ${row.untilOn}, ${row.reason}, ${row.cause}, ${row.releasedBy},
      ${row.authority}, ${row.endedOn})`)
}

/** Ends releases that were used up, do not speak for their document any more, or are taken back. */
export async function endReleases(
  tx: Transaction,
  releases: readonly Pick<ReleaseRow, 'partyId' | 'id'>[],
  on: Day,
  recalled: { readonly by: string; readonly reason: string } | null = null,
): Promise<void> {
  await tx.run(sql`
    update "check".release set ended_on = ${on}, recalled_at = ${recalled ? sql`now()` : null},
      recalled_by = ${recalled?.by ?? null}, recall_reason = ${recalled?.reason ?? null}
    where (party_id, id) in (select * from unnest(${list(releases.map((one) => one.partyId))}::uuid[],
      ${list(releases.map((one) => one.id))}::uuid[])) and ended_on is null`)
}
