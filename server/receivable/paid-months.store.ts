import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

export type PaidMonthRow = {
  readonly month: string
  readonly currency: Currency
  readonly paid: bigint
  readonly late: bigint
  /** Amounts times days, as numbers that no bigint of the database holds. */
  readonly lateDays: string
  readonly payDays: string
}

/**
 * What receipts paid by month, as the book read at the end of `upTo`: the SQL twin of the kernel's
 * `paidPortionsOf`. Nothing is allocated before it was paid, so that allocations of the window are
 * all that can tell of its payments.
 */
export function paidByMonth(
  db: Reader,
  partyIds: readonly string[],
  window: { readonly after: Day; readonly upTo: Day },
): Promise<PaidMonthRow[]> {
  const { after, upTo } = window
  return db.rows(sql<PaidMonthRow>`
    select to_char(paid_on, 'YYYY-MM') as month, currency, sum(minor)::bigint as paid,
      coalesce(sum(minor) filter (where paid_on > due_on), 0)::bigint as late,
      sum(minor * (paid_on - due_on)::numeric)::text as "lateDays",
      sum(minor * (paid_on - issued_on)::numeric)::text as "payDays"
    from (
      select a.amount_minor as minor, i.currency, i.due_on, i.issued_on,
        greatest(c.effective_on, i.issued_on) as paid_on
      from receivable.allocation a
      join receivable.credit c on c.party_id = a.party_id and c.id = a.credit_id
      join receivable.invoice i on i.party_id = a.party_id and i.id = a.invoice_id
      where a.party_id = any(${list(partyIds)}::uuid[])
        and a.effective_on > ${after} and a.effective_on <= ${upTo}
        and (a.reversed_on is null or a.reversed_on > ${upTo})
        and c.kind = 'receipt' and (c.voided_on is null or c.voided_on > ${upTo})
        and (i.voided_on is null or i.voided_on > ${upTo})
    ) portion
    where paid_on > ${after}
    group by 1, 2 order by 1, 2`)
}
