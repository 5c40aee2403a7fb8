import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { ofPartiesInSum } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

export type MonthlySales = {
  readonly currency: Currency
  /** First day of the month. */
  readonly month: Day
  readonly salesMinor: bigint
}

/**
 * Invoices less credit notes by month of their own day, after one day up to and with another, as
 * they were in force at the end of the latter.
 */
export function monthlySales(
  db: Reader,
  period: { readonly actor: Pick<Actor, 'scope'>; readonly after: Day; readonly upTo: Day },
): Promise<MonthlySales[]> {
  const { actor, after, upTo } = period
  const seen = ofPartiesInSum({ actor }, sql`party_id`).map((condition) => sql`and ${condition}`)
  const isSeen = sql.join(seen, sql` `)
  return db.rows(sql<MonthlySales>`
    select currency, date_trunc('month', day)::date as month, sum(minor)::bigint as "salesMinor"
    from (
      select currency, issued_on as day, amount_minor as minor from receivable.invoice
      where issued_on > ${after} and issued_on <= ${upTo}
        and (voided_on is null or voided_on > ${upTo}) ${isSeen}
      union all
      select currency, effective_on, -amount_minor from receivable.credit
      where kind = 'credit-note' and effective_on > ${after} and effective_on <= ${upTo}
        and (voided_on is null or voided_on > ${upTo}) ${isSeen}
    ) sale
    group by 1, 2 order by 1, 2 desc`)
}
