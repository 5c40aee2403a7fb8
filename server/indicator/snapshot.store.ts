import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import type { Indicator, IndicatorValue } from '#kernel/indicator/indicator.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { PartyIndicators } from '#server/indicator/compute-indicators.ts'
import { copyRows } from '#server/platform/copy-rows.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

const columns = sql.join(allIndicators.map(({ id }) => sql.id(id)))

/** Stores all indicators of parties as of a day, as rows that are never changed. */
export async function insertSnapshots(
  tx: Transaction,
  asOf: Day,
  computed: ReadonlyMap<string, PartyIndicators>,
): Promise<void> {
  const rows = computed
    .entries()
    .map(([partyId, { currency, values }]) => [
      partyId,
      newId(),
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

export type Snapshot = {
  partyId: string
  currency: Currency
  values: Record<string, IndicatorValue>
}

type Row = { partyId: string; currency: Currency } & Record<string, IndicatorValue>

/** Stored indicators of a day for the next customers by id: the latest recorded of each. */
export async function nextSnapshots(
  db: Reader,
  of: { asOf: Day; after: string | null; limit: number; indicators: readonly Indicator[] },
): Promise<Snapshot[]> {
  const wanted = sql.join(of.indicators.map(({ id }) => sql.id(id)))
  const rows = await db.rows(sql<Row>`
    select distinct on (party_id) party_id as "partyId", currency, ${wanted}
    from indicator.snapshot
    where as_of_on = ${of.asOf} and (${of.after}::uuid is null or party_id > ${of.after})
    order by party_id, recorded_at desc, id desc limit ${of.limit}`)
  return rows.map(({ partyId, currency, ...values }) => ({ partyId, currency, values }))
}

export type StoredSnapshot = Snapshot & { asOf: Day; recordedAt: string }

/** The latest indicators of one party on or before a day. */
export async function latestSnapshot(
  db: Reader,
  partyId: string,
  asOf: Day,
): Promise<StoredSnapshot | undefined> {
  const row = await db.row(sql<Row & { asOf: Day; recordedAt: string }>`
    select party_id as "partyId", currency, as_of_on as "asOf", recorded_at as "recordedAt",
      ${columns}
    from indicator.snapshot where party_id = ${partyId} and as_of_on <= ${asOf}
    order by as_of_on desc, recorded_at desc, id desc limit 1`)
  if (!row) return undefined
  const { partyId: id, currency, asOf: day, recordedAt, ...values } = row
  return { partyId: id, currency, asOf: day, recordedAt, values }
}
