import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** Events of a kind that tell the day they are of as `asOf`. */
export type DatedEvents = {
  readonly kind: string
  readonly from: Day
  /** About these parties; null: about any. */
  readonly partyIds: readonly string[] | null
}

export type DatedEvent<Facts> = {
  readonly id: string
  readonly partyId: string | null
  readonly facts: Facts & { readonly asOf: Day }
}

/** Of the latest day first. */
export function datedEvents<Facts>(
  db: Reader,
  of: DatedEvents,
  limit: number,
): Promise<DatedEvent<Facts>[]> {
  return db.rows(sql<DatedEvent<Facts>>`
    select id, party_id as "partyId", facts from platform.event where ${isOf(of)}
    order by facts ->> 'asOf' desc, id desc limit ${limit}`)
}

/** How many there are, counted no further than to a number. */
export async function countDatedEvents(db: Reader, of: DatedEvents, most: number): Promise<number> {
  const row = await db.row(sql<{ count: bigint }>`
    select count(*) from (select from platform.event where ${isOf(of)} limit ${most}) found`)
  return Number(row?.count ?? 0n)
}

function isOf({ from, kind, partyIds }: DatedEvents): RawBuilder<unknown> {
  return sql`kind = ${kind} and facts ->> 'asOf' >= ${from}
    and (${partyIds === null} or party_id = any(${list(partyIds ?? [])}::uuid[]))`
}
