import { sql } from 'kysely'
import type { ExchangeRate } from '#contract/company.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

export type RateRow = { from: string; to: string; rateOn: string; rate: string; source: string }

const columns = sql`
  from_currency as "from", to_currency as "to", rate_on as "rateOn", rate::text as rate, source`

/** Adds rates; one of the same day and source is replaced. */
export async function upsertRates(
  tx: Transaction,
  rates: readonly (ExchangeRate & { source: string })[],
): Promise<void> {
  await tx.run(sql`
    insert into company.exchange_rate (id, from_currency, to_currency, rate_on, rate, source)
    select * from unnest(
      ${list(rates.map(() => newId()))}::uuid[], ${list(rates.map((r) => r.from))}::text[],
      ${list(rates.map((r) => r.to))}::text[], ${list(rates.map((r) => r.rateOn))}::date[],
      ${list(rates.map((r) => r.rate))}::numeric[], ${list(rates.map((r) => r.source))}::text[])
    on conflict on constraint one_rate_per_day_and_source do update set rate = excluded.rate`)
}

/** Every rate up to a day, for converting while deciding; latest recorded wins among sources. */
export function ratesUpTo(db: Reader, day: string): Promise<RateRow[]> {
  return db.rows(sql<RateRow>`
    select distinct on (from_currency, to_currency, rate_on) ${columns}
    from company.exchange_rate where rate_on <= ${day}
    order by from_currency, to_currency, rate_on, recorded_at desc`)
}

/** The last rate on or before a day of every pair among these currencies that has one. */
export function ratesAmong(
  db: Reader,
  currencies: readonly string[],
  on: string,
): Promise<RateRow[]> {
  return db.rows(
    sql<RateRow>`
      select f.code as "from", t.code as "to", r.rate_on as "rateOn", r.rate::text as rate, r.source
      from unnest(${list(currencies)}::text[]) as f (code)
      join unnest(${list(currencies)}::text[]) as t (code) on t.code <> f.code
      cross join lateral (
        select rate_on, rate, source from company.exchange_rate
        where from_currency = f.code and to_currency = t.code and rate_on <= ${on}
        order by rate_on desc, recorded_at desc limit 1
      ) r`,
    { prepared: true },
  )
}

export function latestRates(db: Reader): Promise<RateRow[]> {
  return db.rows(sql<RateRow>`
    select distinct on (from_currency, to_currency) ${columns}
    from company.exchange_rate
    order by from_currency, to_currency, rate_on desc, recorded_at desc`)
}

/** The currencies of which there is any rate. */
export async function ratedCurrencies(db: Reader): Promise<Currency[]> {
  const rows = await db.rows(sql<{ code: Currency }>`
    select from_currency as code from company.exchange_rate
    union select to_currency from company.exchange_rate order by code`)
  return rows.map(({ code }) => code)
}
