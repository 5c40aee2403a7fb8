import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { AgeingRow, AgeingTerms } from '#kernel/receivable/ageing.ts'
import { partiesOwnedBy, partyCodes } from '#server/party/public.ts'
import { list, type Reader } from '#server/platform/database.ts'
import { ageingColumn, creditColumn, notDueColumn } from '#server/receivable/ageing-column.ts'
import { converted, type Factor, factorTable } from '#server/receivable/converted.ts'
import { type OpenScope, openParts, whereSeen } from '#server/receivable/open-part.ts'

type AgeingScope = OpenScope & {
  /** Duplicates whose rows count to another party. */
  readonly merged: readonly { readonly duplicateId: string; readonly survivorId: string }[]
  readonly owners?: Parameters<typeof partiesOwnedBy>[0]
  /** Into one currency; a currency without a factor stays its own. */
  readonly factors?: readonly Factor[]
}

/** A position stands for its bucket. */
export type AgeingSort =
  | 'balance'
  | 'overdue'
  | 'oldest'
  | 'customer'
  | 'not-due'
  | 'unapplied-credits'
  | number

export type AgeingPage = {
  readonly sort: AgeingSort
  /** Largest first where it is not told. */
  readonly isAscending?: boolean
  readonly limit: number
  readonly after: {
    readonly currency: string
    readonly key: string
    readonly partyId: string
  } | null
}

type Overdue = { readonly overdueMinor: bigint; readonly oldestDays: number }
export type PartyAgeing = AgeingRow &
  Overdue & { readonly partyId: string; readonly sortKey: string }
export type TotalAgeing = AgeingRow & Overdue & { readonly customers: number }

/**
 * The ageing table: the totals of each currency over all customers, and one page of customers in
 * order within their currency. One statement, so that rows and totals are of one moment. Parts add up
 * without being put together to items first, unless a payment of before the day was reversed since:
 * only then can the parts of an item cancel each other. Give a snapshot, so that the look for such
 * payments is of the same moment.
 */
export async function ageBook(
  db: Reader,
  scope: AgeingScope,
  terms: AgeingTerms,
  page: AgeingPage,
): Promise<{ rows: PartyAgeing[]; totals: TotalAgeing[] }> {
  const positions = terms.buckets.buckets.map((_, index) => index + 1)
  const amounts = [sql`credits`, sql`not_due`, sql`overdue`, ...positions.map(bucket)]
  const buckets = sql`array[${sql.join(positions.map(bucket))}]`
  const { factors = [] } = scope
  const item = (await wasReversedSince(db, scope.asOf)) ? wholeItems : sql``
  const inColumns = sql.join([sql`credits`, sql`not_due`, ...positions.map(bucket)], sql` + `)
  const found = await db.rows(sql<FoundRow>`
    with ${openParts(scope)},
    ${item}
    placed as (
      select ${survivor(scope)} as party_id, currency, minor,
        case when not credit then ${terms.asOf}::date - due_on end as days_past_due,
        ${ageingColumn(terms)} as col
      from ${item === wholeItems ? sql`item part` : sql`part`} ${scope.merged.length === 0 ? sql`` : mergedJoin(scope)}
    ),
    owed as (
      select party_id, currency, ${sql.join(sumsOf(positions))},
        greatest(0, max(days_past_due)) as oldest
      from placed ${ownersAsked(scope)} group by party_id, currency
    ),
    ${factors.length === 0 ? sql`` : inOneCurrency(factors, amounts)}
    customer as materialized (
      select party_id, currency, credits, not_due, overdue, oldest,
        (${inColumns})::bigint as balance, ${buckets}::bigint[] as buckets
      from ${factors.length === 0 ? sql`owed` : sql`one_currency`} ${whereSeen(scope)}
    ),
    listed as (
      select customer.*, ${sortColumn(page.sort)} as sort_key from customer
      ${page.sort === 'customer' ? sql`join ${partyCodes} p on p.id = customer.party_id` : sql``}
    )
    (select null::uuid as "partyId", currency, sum(balance)::bigint as balance,
      sum(credits)::bigint as credits, sum(not_due)::bigint as "notDue",
      sum(overdue)::bigint as overdue, max(oldest) as oldest,
      array[${sql.join(positions.map(totalOfBucket))}] as buckets,
      count(*)::integer as customers, null::text as "sortKey"
    from customer group by currency order by currency)
    union all
    (select party_id, currency, balance, credits, not_due, overdue, oldest, buckets, 1,
      listed.sort_key::text as "sortKey"
    from listed where ${isAfter(page)}
    order by ${orderOf(page)} limit ${page.limit})`)
  return {
    totals: found.filter((row) => row.partyId === null).map(totalOf),
    rows: found.flatMap((row) =>
      row.partyId === null
        ? []
        : [{ ...ageingRow(row), partyId: row.partyId, sortKey: row.sortKey ?? '' }],
    ),
  }
}

async function wasReversedSince(db: Reader, day: Day): Promise<boolean> {
  const row = await db.row(sql<{ found: boolean }>`
    select exists (select from receivable.allocation
      where reversed_on > ${day} and effective_on <= ${day}) as found`)
  return row?.found ?? false
}

const wholeItems = sql`item as (
      select party_id, currency, day, due_on, credit, platform.sum_minor(minor) as minor
      from part group by party_id, id, currency, day, due_on, credit
      having platform.sum_minor(minor) <> 0
    ),`

type FoundRow = {
  partyId: string | null
  currency: Currency
  balance: bigint
  credits: bigint
  notDue: bigint
  overdue: bigint
  oldest: number
  /** Elements of an array come as text. */
  buckets: string[]
  customers: number
  sortKey: string | null
}

function ageingRow(row: FoundRow): AgeingRow & Overdue {
  return {
    currency: row.currency,
    notDueMinor: row.notDue,
    bucketMinors: row.buckets.map(BigInt),
    unappliedCreditsMinor: row.credits,
    balanceMinor: row.balance,
    overdueMinor: row.overdue,
    oldestDays: row.oldest,
  }
}

function totalOf(row: FoundRow): TotalAgeing {
  return { ...ageingRow(row), customers: row.customers }
}

function bucket(position: number): RawBuilder<unknown> {
  return sql.ref(`b${position}`)
}

function sumsOf(positions: readonly number[]): RawBuilder<unknown>[] {
  const sum = (where: RawBuilder<unknown>, name: RawBuilder<unknown>) =>
    sql`coalesce(platform.sum_minor(minor) filter (where ${where}), 0) as ${name}`
  return [
    sum(sql`col = ${sql.lit(creditColumn)}`, sql`credits`),
    sum(sql`col = ${sql.lit(notDueColumn)}`, sql`not_due`),
    sum(sql`days_past_due > 0`, sql`overdue`),
    ...positions.map((position) => sum(sql`col = ${sql.lit(position)}`, bucket(position))),
  ]
}

function totalOfBucket(position: number): RawBuilder<unknown> {
  return sql`coalesce(sum(buckets[${sql.lit(position)}]), 0)::bigint`
}

/** Each column is converted by itself, so that the columns go on summing to the balance. */
function inOneCurrency(
  factors: readonly Factor[],
  amounts: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const sums = amounts.map((of) => sql`sum(${converted(of)})::bigint as ${of}`)
  return sql`one_currency as (
      select party_id, coalesce(f.target, currency) as currency, max(oldest) as oldest,
        ${sql.join(sums)}
      from owed left join ${factorTable(factors)} on f.source = currency
      group by party_id, coalesce(f.target, currency)
    ),`
}

function sortColumn(sort: AgeingSort): RawBuilder<unknown> {
  if (typeof sort === 'number') return sql`buckets[${sql.lit(sort)}]`
  if (sort === 'customer') return sql`p.code`
  return sql.ref(sort === 'unapplied-credits' ? 'credits' : sort.replace('-', '_'))
}

function isAfter({ after, isAscending = false, sort }: AgeingPage): RawBuilder<unknown> {
  if (after === null) return sql`true`
  const key = sort === 'customer' ? sql`${after.key}::text` : sql`${after.key}::bigint`
  return sql`(currency > ${after.currency} or (currency = ${after.currency} and (
    sort_key ${isAscending ? sql`>` : sql`<`} ${key}
    or (sort_key = ${key} and party_id > ${after.partyId}::uuid))))`
}

function orderOf({ isAscending = false }: AgeingPage): RawBuilder<unknown> {
  return sql`currency, sort_key ${isAscending ? sql`asc` : sql`desc`}, party_id`
}

function ownersAsked({ owners = {} }: AgeingScope): RawBuilder<unknown> {
  const asked = partiesOwnedBy(owners)
  return asked === null ? sql`` : sql`where party_id in (${asked})`
}

function survivor({ merged }: AgeingScope): RawBuilder<unknown> {
  return merged.length === 0 ? sql`part.party_id` : sql`coalesce(merged.survivor_id, part.party_id)`
}

function mergedJoin({ merged }: AgeingScope): RawBuilder<unknown> {
  return sql`left join unnest(${list(merged.map((pair) => pair.duplicateId))}::uuid[],
    ${list(merged.map((pair) => pair.survivorId))}::uuid[]) as merged (duplicate_id, survivor_id)
    on merged.duplicate_id = part.party_id`
}
