import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** Of `balance b`: gross less secured. */
const net: RawBuilder<unknown> = sql`
  (b.order_minor + b.delivered_minor + b.invoiced_minor + b.bill_minor - b.prepayment_minor
    - b.letter_of_credit_minor - b.insured_minor - b.collateral_minor)`

type Total = { readonly currency: Currency; readonly minor: bigint }

/**
 * Of all parties' own accounts together, by currency: limits that hold on a day, and what is at risk
 * now, of none below zero.
 */
export async function creditTotals(
  db: Reader,
  today: Day,
): Promise<{ limits: Total[]; exposures: Total[] }> {
  const limits = await db.rows(sql<Total>`
    select currency, sum(limit_minor)::bigint as minor from exposure.account
    where level = 'party' and limit_minor > 0 and charged_party_id = party_id
      and (limit_to_on is null or limit_to_on >= ${today})
    group by currency`)
  const exposures = await db.rows(sql<Total>`
    select b.currency, sum(greatest(${net}, 0))::bigint as minor
    from exposure.account a
    join exposure.balance b on b.party_id = a.party_id and b.account_id = a.id
    where a.level = 'party' and a.charged_party_id = a.party_id group by b.currency`)
  return { limits, exposures }
}

export type NearLimit = {
  readonly partyId: string
  readonly accountId: string
  readonly shareBps: bigint
}

/** What one minor unit of `from` is in minor units of `to`, as a fraction. */
type MinorRate = {
  readonly from: string
  readonly to: string
  readonly numerator: bigint
  readonly denominator: bigint
}

/**
 * Accounts whose exposure is near their limit, roughly: whoever shows one reckons it anew. One pass
 * over all accounts, for a job.
 */
export function accountsNearLimit(
  db: Reader,
  of: { readonly fromBps: number; readonly today: Day; readonly rates: readonly MinorRate[] },
): Promise<NearLimit[]> {
  return db.rows(sql<NearLimit>`
    with rate as (
      select from_currency, to_currency, numerator / denominator as rate
      from unnest(${list(of.rates.map(({ from }) => from))}::text[],
        ${list(of.rates.map(({ to }) => to))}::text[],
        ${list(of.rates.map(({ numerator }) => numerator))}::numeric[],
        ${list(of.rates.map(({ denominator }) => denominator))}::numeric[])
        as rate (from_currency, to_currency, numerator, denominator)
    ), more as (
      select party_id, account_id, currency, sum(amount_minor) as minor
      from exposure.temporary_limit
      where ended_on is null and from_on <= ${of.today} and to_on >= ${of.today}
      group by party_id, account_id, currency
    ), used as (
      select a.party_id, a.id, max(a.limit_minor + coalesce(m.minor, 0)) as limit_minor,
        sum(${net} * coalesce(r.rate, case when b.currency = a.currency then 1 end)) as minor
      from exposure.account a
      join exposure.balance b on b.party_id = a.party_id and b.account_id = a.id
      left join rate r on r.from_currency = b.currency and r.to_currency = a.currency
      left join more m on m.party_id = a.party_id and m.account_id = a.id
        and m.currency = a.currency
      where a.limit_minor > 0 and a.charged_party_id = a.party_id
        and (a.limit_to_on is null or a.limit_to_on >= ${of.today})
      group by a.party_id, a.id
    )
    select party_id as "partyId", id as "accountId",
      least(minor * 10000 / limit_minor, 99999999)::bigint as "shareBps"
    from used where minor * 10000 >= limit_minor * ${of.fromBps}
    order by party_id, id`)
}

/** Currencies of accounts and of what stands at them. */
export function accountCurrencies(db: Reader): Promise<{ currency: Currency }[]> {
  return db.rows(sql<{ currency: Currency }>`
    select currency from exposure.account union select currency from exposure.balance`)
}

type ReviewRow = {
  readonly partyId: string
  readonly id: string
  readonly level: 'segment' | 'party' | 'group'
  readonly segment: string
  readonly currency: Currency
  readonly limitMinor: bigint
  readonly grade: string | null
  readonly reviewOn: Day | null
  readonly limitToOn: Day | null
}

/**
 * Limits to be reviewed, or that end, until a day, what is longest due first, and how many there are,
 * counted no further than to a number.
 */
export async function reviewsDue(
  db: Reader,
  due: { readonly until: Day; readonly partyIds: readonly string[] | null },
  most: { readonly rows: number; readonly count: number },
): Promise<{ rows: ReviewRow[]; count: number }> {
  const isDue = sql`limit_minor is not null and least(review_on, limit_to_on) <= ${due.until}
    and (${due.partyIds === null} or party_id = any(${list(due.partyIds ?? [])}::uuid[]))`
  const rows = await db.rows(sql<ReviewRow>`
    select party_id as "partyId", id, level, segment, currency, limit_minor as "limitMinor", grade,
      review_on as "reviewOn", limit_to_on as "limitToOn"
    from exposure.account where ${isDue}
    order by least(review_on, limit_to_on), id limit ${most.rows}`)
  const all = await db.row(sql<{ count: bigint }>`
    select count(*) from (select from exposure.account where ${isDue} limit ${most.count}) due`)
  return { rows, count: Number(all?.count ?? 0n) }
}
