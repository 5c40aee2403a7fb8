import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { isOfFew, ofPartiesInSum } from '#server/party/public.ts'
import type { Actor } from '#server/platform/run-command.ts'

export type OpenScope = {
  readonly actor: Pick<Actor, 'scope'>
  readonly asOf: Day
  readonly currency: Currency | null
  /** Only these parties' rows; null for the book as far as the actor sees it. */
  readonly partyIds: readonly string[] | null
}

/** Of few parties only their rows are read; of many, what is grouped of all rows is looked at. */
function narrowing(scope: OpenScope, partyId: RawBuilder<unknown>) {
  const { actor, partyIds } = scope
  return partyIds === null && !seesFew(actor) ? [] : ofPartiesInSum(scope, partyId)
}

function seesFew({ scope }: OpenScope['actor']): boolean {
  return scope !== undefined && isOfFew(scope)
}

/** What is left to ask of rows that are grouped by party: a clause, or nothing. */
export function whereSeen({ actor, partyIds }: OpenScope): RawBuilder<unknown> {
  const isOpen = partyIds === null && !seesFew(actor)
  const seen = isOpen ? ofPartiesInSum({ actor }, sql`party_id`) : []
  return seen.length === 0 ? sql`` : sql`where ${sql.join(seen, sql` and `)}`
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
    sql.join(
      narrowing(scope, sql.ref(`${alias}.party_id`)).map((condition) => sql`and ${condition}`),
      sql` `,
    )
  const money = (alias: string) =>
    scope.currency === null ? sql`` : sql`and ${sql.ref(alias)}.currency = ${scope.currency}`
  const invoices = sql`i.party_id, i.id, i.currency, i.issued_on as day, i.due_on, false as credit`
  const credits = sql`c.party_id, c.id, c.currency, c.effective_on, null::date, true`
  // Each correction joins its own tables, whose statistics the planner knows.
  const made = sql`a.effective_on > ${asOf} and a.reversed_on is null ${own('a')}`
  const reversed = sql`a.reversed_on > ${asOf} and a.effective_on <= ${asOf} ${own('a')}`
  const toInvoice = sql`receivable.allocation a
      join receivable.invoice i on i.party_id = a.party_id and i.id = a.invoice_id`
  const ofCredit = sql`receivable.allocation a
      join receivable.credit c on c.party_id = a.party_id and c.id = a.credit_id`
  return sql`
    part as (
      select ${invoices}, i.open_minor as minor from receivable.invoice i
      where i.open_minor > 0 and i.issued_on <= ${asOf} ${own('i')} ${money('i')}
      union all
      select ${invoices}, i.amount_minor from receivable.invoice i
      where i.voided_on > ${asOf} and i.issued_on <= ${asOf} ${own('i')} ${money('i')}
      union all
      select ${invoices}, a.amount_minor from ${toInvoice}
      where ${made} and i.issued_on <= ${asOf} ${money('i')}
      union all
      select ${invoices}, -a.amount_minor from ${toInvoice}
      where ${reversed} and i.issued_on <= ${asOf} ${money('i')}
      union all
      select ${credits}, -c.unapplied_minor from receivable.credit c
      where c.unapplied_minor > 0 and c.effective_on <= ${asOf} ${own('c')} ${money('c')}
      union all
      select ${credits}, -c.amount_minor from receivable.credit c
      where c.voided_on > ${asOf} and c.effective_on <= ${asOf} ${own('c')} ${money('c')}
      union all
      select ${credits}, -a.amount_minor from ${ofCredit}
      where ${made} and c.effective_on <= ${asOf} ${money('c')}
      union all
      select ${credits}, a.amount_minor from ${ofCredit}
      where ${reversed} and c.effective_on <= ${asOf} ${money('c')}
    )`
}
