import { type RawBuilder, sql } from 'kysely'
import type { AccountStatus } from '#contract/exposure.ts'
import type { PartyRole } from '#contract/party.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { LineFilter } from '#server/customer/line-filter.ts'
import { conditionsOf } from '#server/customer/line-filter.ts'
import { type LineOrder, type LinePlace, orderingOf } from '#server/customer/line-order.ts'
import type { Reader } from '#server/platform/database.ts'

/** A line as lists show it. */
export type ListedLine = {
  readonly partyId: string
  readonly code: string
  readonly name: string
  readonly shortName: string | null
  readonly roles: PartyRole[]
  readonly industry: string | null
  readonly region: string | null
  readonly department: string | null
  readonly salesperson: string | null
  readonly closedOn: Day | null
  readonly grade: string | null
  readonly score: number | null
  readonly ratedOn: Day | null
  readonly status: AccountStatus
  readonly openHolds: number
  readonly currency: Currency
  readonly limitMinor: bigint | null
  readonly limitToOn: Day | null
  readonly exposureMinor: bigint | null
  readonly availableMinor: bigint | null
  readonly utilisationBps: bigint | null
  readonly openMinor: bigint | null
  readonly overdueMinor: bigint | null
  readonly overdueSinceOn: Day | null
  readonly reckonedAt: string
  /** The value it is ordered by. */
  readonly place: string
}

const columns = sql`
  l.party_id as "partyId", l.code, l.name, l.short_name as "shortName", l.roles, l.industry,
  l.region, l.department, l.salesperson, l.closed_on as "closedOn", l.grade,
  l.score_hundredths as score, l.rated_on as "ratedOn", l.status, l.open_holds as "openHolds",
  l.currency, l.limit_minor as "limitMinor", l.limit_to_on as "limitToOn",
  l.exposure_minor as "exposureMinor", l.available_minor as "availableMinor",
  l.utilisation_bps as "utilisationBps", l.open_minor as "openMinor",
  l.overdue_minor as "overdueMinor", l.overdue_since_on as "overdueSinceOn",
  l.reckoned_at as "reckonedAt"`

/** A page of lines, or with no limit all of them as a query to walk through. */
export function lines(
  filter: LineFilter,
  order: LineOrder,
  page: { readonly limit: number | null; readonly after: LinePlace | null },
): RawBuilder<ListedLine> {
  const { by, parts, place } = orderingOf(order, page.after)
  const found = sql`select ${columns}, ${place} as place`
  const filtered = sql`from customer.line l where ${conditionsOf(filter)}`
  if (page.limit === null) return sql<ListedLine>`${found} ${filtered} order by ${by}`
  const each = parts.map(
    ({ by: within, where }, part) => sql`(${found}, ${sql.lit(part)} as part,
      row_number() over (order by ${within}) as row
      ${filtered} and ${where} order by ${within} limit ${page.limit})`,
  )
  if (each.length === 0) return sql<ListedLine>`${found} ${filtered} and false`
  return sql<ListedLine>`
    select * from (${sql.join(each, sql` union all `)}) l order by part, row limit ${page.limit}`
}

export type LineSums = {
  readonly currency: Currency
  readonly customers: number
  readonly overdueCustomers: number
  readonly openHolds: number
  readonly withoutRate: number
  readonly limitMinor: bigint
  readonly exposureMinor: bigint
  readonly availableMinor: bigint
  readonly openMinor: bigint
  readonly overdueMinor: bigint
  readonly baseCurrency: Currency
  readonly baseLimitMinor: bigint
  readonly baseExposureMinor: bigint
  readonly baseAvailableMinor: bigint
  readonly baseOpenMinor: bigint
  readonly baseOverdueMinor: bigint
}

const amounts = ['limit', 'exposure', 'available', 'open', 'overdue'] as const

/** Counts and sums of all lines that a filter leaves, by the currency of their accounts. */
export function sumLines(db: Reader, filter: LineFilter): Promise<LineSums[]> {
  const sums = amounts.flatMap((amount) => {
    const name = amount[0]?.toUpperCase() + amount.slice(1)
    return [
      sql`coalesce(sum(l.${sql.ref(`${amount}_minor`)}), 0)::bigint as ${sql.ref(`${amount}Minor`)}`,
      sql`coalesce(sum(l.${sql.ref(`base_${amount}_minor`)}), 0)::bigint
        as ${sql.ref(`base${name}Minor`)}`,
    ]
  })
  return db.rows(sql<LineSums>`
    select l.currency, l.base_currency as "baseCurrency", count(*)::integer as customers,
      (count(*) filter (where l.overdue_since_on is not null))::integer as "overdueCustomers",
      coalesce(sum(l.open_holds), 0)::integer as "openHolds",
      (count(*) filter (where l.base_exposure_minor is null or l.base_open_minor is null))::integer
        as "withoutRate",
      ${sql.join(sums)}
    from customer.line l where ${conditionsOf(filter)}
    group by l.currency, l.base_currency order by l.currency`)
}

const valued = ['industry', 'region', 'department', 'salesperson'] as const
const linesLookedAt = 20_000
const mostValues = 300

export type LineValue = { readonly field: (typeof valued)[number]; readonly value: string }

/** Values that lines have; of so many lines at most, whatever the size of the book. */
export function valuesOfLines(db: Reader, seen: RawBuilder<unknown>): Promise<LineValue[]> {
  const each = valued.map(
    (field) => sql`(select ${sql.lit(field)} as field, ${sql.ref(field)} as value from looked
      where ${sql.ref(field)} is not null group by 2 order by 2 limit ${mostValues})`,
  )
  return db.rows(sql<LineValue>`
    with looked as materialized (
      select ${sql.join(valued.map((field) => sql.ref(field)))}
      from customer.line l where ${seen} limit ${linesLookedAt}
    ) ${sql.join(each, sql` union all `)}`)
}
