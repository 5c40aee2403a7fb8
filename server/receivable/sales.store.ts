import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Reader } from '#server/platform/database.ts'

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
  period: { readonly after: Day; readonly upTo: Day },
): Promise<MonthlySales[]> {
  const { after, upTo } = period
  return db.rows(sql<MonthlySales>`
    select currency, date_trunc('month', day)::date as month, sum(minor)::bigint as "salesMinor"
    from (
      select currency, issued_on as day, amount_minor as minor from receivable.invoice
      where issued_on > ${after} and issued_on <= ${upTo}
        and (voided_on is null or voided_on > ${upTo})
      union all
      select currency, effective_on, -amount_minor from receivable.credit
      where kind = 'credit-note' and effective_on > ${after} and effective_on <= ${upTo}
        and (voided_on is null or voided_on > ${upTo})
    ) sale
    group by 1, 2 order by 1, 2 desc`)
}
