import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list } from '#server/platform/database.ts'

export type OpenScope = {
  readonly asOf: Day
  readonly currency: Currency | null
  /** Only these parties' rows; null for the whole book. */
  readonly partyIds: readonly string[] | null
}

/**
 * The open items of a day in parts that add up: a common table expression `part` with a row per
 * maintained balance and per correction of it. The balance of a day is today's, with what came
 * later undone: allocations made after it are added back, allocations reversed after it are taken
 * off, documents voided after it return. So today costs the open items alone, found by partial
 * indexes, and an older day costs in addition what happened since. Invoices are positive, credits
 * negative, `credit` tells them apart, and `day` is what they are aged from beside `due_on`.
 */
export function openParts(scope: OpenScope): RawBuilder<unknown> {
  const { asOf } = scope
  const own = (alias: string) =>
    scope.partyIds === null
      ? sql``
      : sql`and ${sql.ref(alias)}.party_id = any(${list(scope.partyIds)}::uuid[])`
  const money = (alias: string) =>
    scope.currency === null ? sql`` : sql`and ${sql.ref(alias)}.currency = ${scope.currency}`
  const invoices = sql`i.party_id, i.id, i.currency, i.issued_on as day, i.due_on, false as credit`
  const credits = sql`c.party_id, c.id, c.currency, c.effective_on, null::date, true`
  return sql`
    later as materialized (
      select a.party_id, a.invoice_id, a.credit_id, a.amount_minor as minor
      from receivable.allocation a
      where a.effective_on > ${asOf} and a.reversed_on is null ${own('a')}
      union all
      select a.party_id, a.invoice_id, a.credit_id, -a.amount_minor
      from receivable.allocation a
      where a.reversed_on > ${asOf} and a.effective_on <= ${asOf} ${own('a')}
    ),
    part as (
      select ${invoices}, i.open_minor as minor from receivable.invoice i
      where i.open_minor > 0 and i.issued_on <= ${asOf} ${own('i')} ${money('i')}
      union all
      select ${invoices}, i.amount_minor from receivable.invoice i
      where i.voided_on > ${asOf} and i.issued_on <= ${asOf} ${own('i')} ${money('i')}
      union all
      select ${invoices}, l.minor
      from later l join receivable.invoice i on i.party_id = l.party_id and i.id = l.invoice_id
      where i.issued_on <= ${asOf} ${money('i')}
      union all
      select ${credits}, -c.unapplied_minor from receivable.credit c
      where c.unapplied_minor > 0 and c.effective_on <= ${asOf} ${own('c')} ${money('c')}
      union all
      select ${credits}, -c.amount_minor from receivable.credit c
      where c.voided_on > ${asOf} and c.effective_on <= ${asOf} ${own('c')} ${money('c')}
      union all
      select ${credits}, -l.minor
      from later l join receivable.credit c on c.party_id = l.party_id and c.id = l.credit_id
      where c.effective_on <= ${asOf} ${money('c')}
    )`
}
