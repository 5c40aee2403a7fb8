import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Reader } from '#server/platform/database.ts'

/** What policies granted all customers together as of a day, by currency. */
export function limitTotalsAsOf(
  db: Reader,
  asOf: Day,
): Promise<{ currency: Currency; minor: bigint }[]> {
  return db.rows(sql<{ currency: Currency; minor: bigint }>`
    select currency, sum(amount_minor)::bigint as minor
    from (
      select distinct on (party_id) currency, amount_minor, to_on from "limit".credit_limit
      where from_on <= ${asOf} order by party_id, from_on desc, recorded_at desc, id desc
    ) latest
    where to_on >= ${asOf} group by currency`)
}
