import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { definedTexts } from '#kernel/indicator/defined-values.ts'
import type { Indicator, IndicatorValue } from '#kernel/indicator/indicator.ts'
import type { PartyIndicators } from '#server/indicator/compute-indicators.ts'
import { copyRows } from '#server/platform/copy-rows.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import type { ScoringPolicies } from '#server/policy/public.ts'

const columns = sql.join(allIndicators.map(({ id }) => sql.id(id)))

/** Built-in indicators as values; those of formulas as they are kept, with the formulas' version. */
export type Snapshot = PartyIndicators & {
  readonly partyId: string
  readonly snapshotId: string
  readonly definitionsId: string | null
  readonly custom: Readonly<Record<string, string | null>> | null
}

/** The latest stored indicators of each party up to a day: all of them, or the built-in ones named. */
export async function latestSnapshots(
  db: Reader,
  partyIds: readonly string[],
  asOf: Day,
  indicators: readonly Indicator[] = allIndicators,
): Promise<Map<string, Snapshot & { readonly asOf: Day }>> {
  const rows = await db.rows(sql<Row & { asOf: Day }>`
    select ${keys}, s.as_of_on as "asOf" ${builtIn(indicators)}
    from unnest(${list(partyIds)}::uuid[]) as wanted (party)
    cross join lateral (
      select * from indicator.snapshot where party_id = wanted.party and as_of_on <= ${asOf}
      order by as_of_on desc, recorded_at desc, id desc limit 1) s`)
  return new Map(
    rows.map(({ asOf: on, ...row }) => [
      row.partyId,
      { ...snapshotOf(row as Row), asOf: on as Day },
    ]),
  )
}

/** Stores all indicators of parties as of a day, as rows that are never changed. */
export async function insertSnapshots(
  tx: Transaction,
  asOf: Day,
  computed: ReadonlyMap<string, PartyIndicators & { readonly snapshotId: string }>,
  definitions: ScoringPolicies['definitions'],
): Promise<void> {
  const rows = computed
    .entries()
    .map(([partyId, { currency, snapshotId, values }]) => [
      partyId,
      snapshotId,
      asOf,
      currency,
      ...allIndicators.map(({ id }) => values[id] ?? null),
      definitions?.versionId ?? null,
      definitions ? JSON.stringify(definedTexts(definitions.defined, values, currency)) : null,
    ])
  await copyRows(
    tx,
    sql`copy indicator.snapshot (party_id, id, as_of_on, currency, ${columns},
      definitions_id, custom) from stdin`,
    rows,
  )
}

function builtIn(indicators: readonly Indicator[]): RawBuilder<unknown> {
  const named = indicators.filter(({ source }) => source !== 'formula')
  return sql.join([sql``, ...named.map(({ id }) => sql.id(id))], sql`, `)
}

type Row = Omit<Snapshot, 'values'> & Record<string, unknown>

const keys = sql`party_id as "partyId", id as "snapshotId", currency,
  definitions_id as "definitionsId", custom`

/** Stored indicators of a day for the next customers by id: the latest recorded of each. */
export async function nextSnapshots(
  db: Reader,
  of: { asOf: Day; after: string | null; limit: number; indicators: readonly Indicator[] },
): Promise<Snapshot[]> {
  const rows = await db.rows(sql<Row>`
    select distinct on (party_id) ${keys} ${builtIn(of.indicators)}
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
    select ${keys}, ${columns}
    from unnest(
      ${list(of.map((each) => each.partyId))}::uuid[], ${list(of.map((each) => each.asOf))}::date[],
      ${list(of.map((each) => each.snapshotId))}::uuid[]) as wanted (party_id, as_of_on, id)
    join indicator.snapshot s using (party_id, as_of_on, id)`)
  return new Map(rows.map((row) => [row.snapshotId, snapshotOf(row)]))
}

function snapshotOf({ partyId, snapshotId, currency, definitionsId, custom, ...values }: Row) {
  const known = values as Record<string, IndicatorValue>
  return { partyId, snapshotId, currency, definitionsId, custom, values: known }
}
