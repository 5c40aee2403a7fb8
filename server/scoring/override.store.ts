import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Override } from '#kernel/scoring/rate-party.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export async function insertOverride(
  tx: Transaction,
  override: Override & { partyId: string; id: string; fromOn: Day },
): Promise<void> {
  await tx.run(sql`
    insert into scoring.override
      (party_id, id, grade, reason, from_on, expires_on, decided_by)
    values (${override.partyId}, ${override.id}, ${override.grade}, ${override.reason},
      ${override.fromOn}, ${override.expiresOn}, ${override.by})`)
}

/** Ends the override in force, if there is one. */
export async function endOverride(
  tx: Transaction,
  partyId: string,
  on: Day,
  by: string,
): Promise<boolean> {
  const touched = await tx.run(sql`
    update scoring.override set ended_on = ${on}, ended_by = ${by}
    where party_id = ${partyId} and ended_on is null`)
  return touched > 0
}

export type StoredOverride = Override & { readonly partyId: string; readonly id: string }

/** Per party the override that was in force on a day; an expired one is told too. */
export function overridesAsOf(
  db: Reader,
  partyIds: readonly string[],
  asOf: Day,
): Promise<StoredOverride[]> {
  return db.rows(sql<StoredOverride>`
    select distinct on (party_id) party_id as "partyId", id, grade, reason, decided_by as by,
      expires_on as "expiresOn"
    from scoring.override
    where party_id = any(${list(partyIds)}::uuid[]) and from_on <= ${asOf}
      and (ended_on is null or ended_on > ${asOf})
    order by party_id, from_on desc, recorded_at desc`)
}

/** Overrides by their ids, for replaying. */
export function findOverrides(db: Reader, ids: readonly string[]): Promise<StoredOverride[]> {
  return db.rows(sql<StoredOverride>`
    select party_id as "partyId", id, grade, reason, decided_by as by, expires_on as "expiresOn"
    from scoring.override where id = any(${list(ids)}::uuid[])`)
}

export type EndingOverride = {
  readonly partyId: string
  readonly id: string
  readonly grade: string
  readonly expiresOn: Day
}

/** Overrides in force that end until a day, the first to end first. */
export function overridesEnding(
  db: Reader,
  of: { readonly until: Day; readonly partyIds: readonly string[] | null },
  limit: number,
): Promise<EndingOverride[]> {
  return db.rows(sql<EndingOverride>`
    select party_id as "partyId", id, grade, expires_on as "expiresOn" from scoring.override
    where ended_on is null and expires_on <= ${of.until}
      and (${of.partyIds === null} or party_id = any(${list(of.partyIds ?? [])}::uuid[]))
    order by expires_on, id limit ${limit}`)
}
