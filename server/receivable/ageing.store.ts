import { type RawBuilder, sql } from 'kysely'
import type { Currency } from '#kernel/money/currency.ts'
import type { AgeingRow, AgeingTerms } from '#kernel/receivable/ageing.ts'
import { list, type Reader } from '#server/platform/database.ts'
import { ageingColumn, creditColumn, notDueColumn } from '#server/receivable/ageing-column.ts'
import { type OpenScope, openParts } from '#server/receivable/open-part.ts'

type AgeingScope = OpenScope & {
  /** Duplicates whose rows count to another party. */
  readonly merged: readonly { readonly duplicateId: string; readonly survivorId: string }[]
}

export type AgeingPage = {
  readonly sort: 'balance' | 'overdue'
  readonly limit: number
  readonly after: {
    readonly currency: string
    readonly minor: string
    readonly partyId: string
  } | null
}

export type PartyAgeing = AgeingRow & { readonly partyId: string; readonly sortMinor: bigint }
export type TotalAgeing = AgeingRow & { readonly customers: number }

/**
 * The ageing table: the totals of each currency over all customers, and one page of customers,
 * largest first within their currency. One statement, so that rows and totals are of one moment.
 */
export async function ageBook(
  db: Reader,
  scope: AgeingScope,
  terms: AgeingTerms,
  page: AgeingPage,
): Promise<{ rows: PartyAgeing[]; totals: TotalAgeing[] }> {
  const positions = terms.buckets.buckets.map((_, index) => index + 1)
  const sums = positions.map(
    (position) => sql`sum(minor) filter (where col = ${sql.lit(position)}) as ${bucket(position)}`,
  )
  const zeroed = (of: RawBuilder<unknown>) => sql`coalesce(${of}, 0)::bigint`
  const buckets = sql`array[${sql.join(positions.map((position) => zeroed(bucket(position))))}]`
  const totals = positions.map((position) => zeroed(sql`sum(${bucket(position)})`))
  const after = page.after
  const found = await db.rows(sql<FoundRow>`
    with ${openParts(scope)},
    placed as (
      select ${survivor(scope)} as party_id, currency, minor, ${ageingColumn(terms)} as col
      from part ${scope.merged.length === 0 ? sql`` : mergedJoin(scope)}
    ),
    customer as materialized (
      select party_id, currency, sum(minor)::bigint as balance,
        ${zeroed(sumOf(creditColumn))} as credits, ${zeroed(sumOf(notDueColumn))} as not_due,
        ${zeroed(sql`sum(minor) filter (where col > 0)`)} as overdue, ${sql.join(sums)}
      from placed group by party_id, currency
      having bool_or(minor <> 0)
    ),
    listed as (
      select party_id, currency, balance, credits, not_due, ${buckets} as buckets,
        ${page.sort === 'balance' ? sql`balance` : sql`overdue`} as sort_minor
      from customer
    )
    (select null::uuid as "partyId", currency, sum(balance)::bigint as balance,
      sum(credits)::bigint as credits, sum(not_due)::bigint as "notDue",
      array[${sql.join(totals)}] as buckets, count(*)::integer as customers, 0::bigint as "sortMinor"
    from customer group by currency order by currency)
    union all
    (select party_id, currency, balance, credits, not_due, buckets, 1, sort_minor from listed
    where ${after?.currency ?? null}::text is null
      or (currency, -sort_minor, party_id)
        > (${after?.currency ?? null}::text, -${after?.minor ?? null}::bigint,
          ${after?.partyId ?? null}::uuid)
    order by currency, sort_minor desc, party_id limit ${page.limit})`)
  return {
    totals: found.filter((row) => row.partyId === null).map(totalOf),
    rows: found.flatMap((row) =>
      row.partyId === null
        ? []
        : [{ ...ageingRow(row), partyId: row.partyId, sortMinor: row.sortMinor }],
    ),
  }
}

type FoundRow = {
  partyId: string | null
  currency: Currency
  balance: bigint
  credits: bigint
  notDue: bigint
  /** Elements of an array come as text. */
  buckets: string[]
  customers: number
  sortMinor: bigint
}

function ageingRow(row: FoundRow): AgeingRow {
  return {
    currency: row.currency,
    notDueMinor: row.notDue,
    bucketMinors: row.buckets.map(BigInt),
    unappliedCreditsMinor: row.credits,
    balanceMinor: row.balance,
  }
}

function totalOf(row: FoundRow): TotalAgeing {
  return { ...ageingRow(row), customers: row.customers }
}

function bucket(position: number): RawBuilder<unknown> {
  return sql.ref(`b${position}`)
}

function sumOf(column: number): RawBuilder<unknown> {
  return sql`sum(minor) filter (where col = ${sql.lit(column)})`
}

function survivor({ merged }: AgeingScope): RawBuilder<unknown> {
  return merged.length === 0 ? sql`part.party_id` : sql`coalesce(merged.survivor_id, part.party_id)`
}

function mergedJoin({ merged }: AgeingScope): RawBuilder<unknown> {
  return sql`left join unnest(${list(merged.map((pair) => pair.duplicateId))}::uuid[],
    ${list(merged.map((pair) => pair.survivorId))}::uuid[]) as merged (duplicate_id, survivor_id)
    on merged.duplicate_id = part.party_id`
}
