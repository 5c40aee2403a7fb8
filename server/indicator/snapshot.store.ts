import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import type { Indicator, IndicatorValue } from '#kernel/indicator/indicator.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { PartyIndicators } from '#server/indicator/compute-indicators.ts'
import { copyRows } from '#server/platform/copy-rows.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

const columns = sql.join(allIndicators.map(({ id }) => sql.id(id)))

export type Snapshot = PartyIndicators & { readonly partyId: string; readonly snapshotId: string }

/** Stores all indicators of parties as of a day, as rows that are never changed. */
export async function insertSnapshots(
  tx: Transaction,
  asOf: Day,
  computed: ReadonlyMap<string, PartyIndicators & { readonly snapshotId: string }>,
): Promise<void> {
  const rows = computed
    .entries()
    .map(([partyId, { currency, snapshotId, values }]) => [
      partyId,
      snapshotId,
      asOf,
      currency,
      ...allIndicators.map(({ id }) => values[id] ?? null),
    ])
  await copyRows(
    tx,
    sql`copy indicator.snapshot (party_id, id, as_of_on, currency, ${columns}) from stdin`,
    rows,
  )
}

type Row = { partyId: string; snapshotId: string; currency: Currency } & Record<
  string,
  IndicatorValue
>

/** Stored indicators of a day for the next customers by id: the latest recorded of each. */
export async function nextSnapshots(
  db: Reader,
  of: { asOf: Day; after: string | null; limit: number; indicators: readonly Indicator[] },
): Promise<Snapshot[]> {
  const wanted = sql.join(of.indicators.map(({ id }) => sql.id(id)))
  const rows = await db.rows(sql<Row>`
    select distinct on (party_id) party_id as "partyId", id as "snapshotId", currency, ${wanted}
    from indicator.snapshot
    where as_of_on = ${of.asOf} and (${of.after}::uuid is null or party_id > ${of.after})
    order by party_id, recorded_at desc, id desc limit ${of.limit}`)
  return rows.map(snapshotOf)
}

/** The snapshots of stored ratings, by id within their party and day. */
export async function findSnapshots(
  db: Reader,
  of: readonly { partyId: string; asOf: Day; snapshotId: string }[],
): Promise<Map<string, Snapshot>> {
  const rows = await db.rows(sql<Row>`
    select s.party_id as "partyId", s.id as "snapshotId", s.currency, ${columns}
    from unnest(
      ${list(of.map((each) => each.partyId))}::uuid[], ${list(of.map((each) => each.asOf))}::date[],
      ${list(of.map((each) => each.snapshotId))}::uuid[]) as wanted (party_id, as_of_on, id)
    join indicator.snapshot s using (party_id, as_of_on, id)`)
  return new Map(rows.map((row) => [row.snapshotId, snapshotOf(row)]))
}

function snapshotOf({ partyId, snapshotId, currency, ...values }: Row): Snapshot {
  return { partyId, snapshotId, currency, values }
}
