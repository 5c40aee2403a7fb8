import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type HoldRow, holdColumns, holdsWithDecisions } from '#server/check/hold.store.ts'
import { ofPartiesInSum } from '#server/party/public.ts'
import { list, type Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

export type HoldFilter = {
  readonly actor: Actor
  readonly partyIds: readonly string[] | null
  /** Any of these owns it; null: whoever does. */
  readonly owners: readonly string[] | null
  /** Or this person asked for the document or sells it; null: whoever did. */
  readonly person: string | null
  readonly rule: string | null
  readonly number: string | null
  readonly currency: Currency | null
  readonly minMinor: bigint | null
  readonly olderThanDays: number | null
  readonly today: Day
  readonly timeZone: string
}

/** The place of the last row of the page before. */
export type HoldPlace = {
  readonly priority: number
  readonly openedAt: string
  readonly id: string
}

export type ListedHold = HoldRow & {
  readonly ageDays: number
  /** The decision's own texts. */
  readonly inputs: string
  readonly result: string
}

/** A page of what waits: the most urgent first, then what waits longest. */
export function pageOfHolds(
  db: Reader,
  filter: HoldFilter,
  of: { readonly limit: number; readonly after: HoldPlace | null },
): Promise<ListedHold[]> {
  const { after, limit } = of
  const { timeZone, today } = filter
  const place = after
    ? sql`and (h.priority, h.opened_at, h.id)
        > (${after.priority}::integer, ${after.openedAt}::timestamptz, ${after.id}::uuid)`
    : sql``
  return db.rows(sql<ListedHold>`
    select ${holdColumns}, d.inputs, d.result,
      (${today}::date - (h.opened_at at time zone ${timeZone})::date) as "ageDays"
    from ${holdsWithDecisions} where ${conditions(filter)} ${place}
    order by h.priority, h.opened_at, h.id limit ${limit}`)
}

/** For how many days something waits, or waited until it ended. */
export async function ageOfHold(
  db: Reader,
  hold: Pick<HoldRow, 'openedAt' | 'closedAt'>,
  of: Pick<HoldFilter, 'timeZone' | 'today'>,
): Promise<number> {
  const row = await db.row(sql<{ days: number }>`
    select greatest(0, coalesce(
        (${hold.closedAt}::timestamptz at time zone ${of.timeZone})::date, ${of.today}::date)
      - (${hold.openedAt}::timestamptz at time zone ${of.timeZone})::date) as days`)
  return row?.days ?? 0
}

export type HoldTotal = {
  readonly currency: Currency
  readonly count: bigint
  readonly minor: bigint
}

export function totalsOfHolds(db: Reader, filter: HoldFilter): Promise<HoldTotal[]> {
  return db.rows(sql<HoldTotal>`
    select h.currency, count(*) as count, sum(h.amount_minor)::bigint as minor
    from "check".hold h where ${conditions(filter)} group by h.currency order by h.currency`)
}

/** Documents with an open hold, as a query. */
export const documentsOnHold = sql<{ id: string }>`
  select document_id from "check".hold where state in ('open', 'asked')`

/** How many documents of each of some parties wait. */
export async function openHoldsOf(
  db: Reader,
  partyIds: readonly string[],
): Promise<{ partyId: string; count: number }[]> {
  return db.rows(sql<{ partyId: string; count: number }>`
    select party_id as "partyId", count(*)::integer as count from "check".hold
    where party_id = any(${list(partyIds)}::uuid[]) and state in ('open', 'asked')
    group by party_id`)
}

function conditions(filter: HoldFilter): RawBuilder<unknown> {
  const { currency, minMinor, number, olderThanDays, owners, person, rule } = filter
  const where: RawBuilder<unknown>[] = [
    sql`h.state in ('open', 'asked')`,
    ...ofPartiesInSum(filter, sql`h.party_id`),
  ]
  const whose: RawBuilder<unknown>[] = []
  if (owners) whose.push(sql`h.owner = any(${list(owners)}::text[])`)
  if (person !== null) whose.push(sql`h.requested_by = ${person} or h.salesperson = ${person}`)
  if (whose.length > 0) where.push(sql`(${sql.join(whose, sql` or `)})`)
  if (rule !== null) where.push(sql`${rule} = any(h.rules)`)
  if (number !== null) where.push(sql`h.number = ${number}`)
  if (currency !== null) where.push(sql`h.currency = ${currency}`)
  if (minMinor !== null) where.push(sql`h.amount_minor >= ${minMinor}`)
  if (olderThanDays !== null) {
    where.push(sql`h.opened_at <
      (${filter.today}::date - ${olderThanDays}::integer)::timestamp at time zone ${filter.timeZone}`)
  }
  return sql.join(where, sql` and `)
}
