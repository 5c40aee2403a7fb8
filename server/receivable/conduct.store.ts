import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** What is to be read of the conduct of some parties. */
export type ConductWanted = {
  readonly overdue: boolean
  readonly oldestOpen: boolean
  readonly returnedPayment: boolean
  /** Promises whose day lies in so many days before today. */
  readonly brokenPromisesSince: Day | null
}

export type ConductRow = {
  readonly partyId: string
  readonly kind: 'overdue' | 'oldest-open' | 'payment-returned' | 'promise-broken'
  readonly on: Day
  readonly currency: Currency | null
  /** What is overdue by that due day; null for the others. */
  readonly minor: bigint | null
}

/** How parties conduct themselves as of today, in one pass over what is open of theirs. */
export async function conductOf(
  db: Reader,
  partyIds: readonly string[],
  today: Day,
  wanted: ConductWanted,
): Promise<ConductRow[]> {
  const own = sql`any(${list(partyIds)}::uuid[])`
  const parts = [
    ...(wanted.overdue
      ? [
          sql`select i.party_id as "partyId", 'overdue' as kind, i.due_on as "on", i.currency,
            sum(i.open_minor)::bigint as minor
          from receivable.invoice i
          where i.party_id = ${own} and i.open_minor > 0 and i.due_on < ${today}
          group by i.party_id, i.due_on, i.currency`,
        ]
      : []),
    ...(wanted.oldestOpen
      ? [
          sql`select i.party_id, 'oldest-open', min(i.issued_on), null, null
          from receivable.invoice i
          where i.party_id = ${own} and i.open_minor > 0 group by i.party_id`,
        ]
      : []),
    ...(wanted.returnedPayment
      ? [
          sql`select c.party_id, 'payment-returned', max(c.voided_on), null, null
          from receivable.credit c
          where c.party_id = ${own} and c.void_cause = 'returned' group by c.party_id`,
        ]
      : []),
    ...(wanted.brokenPromisesSince === null
      ? []
      : [
          // Kept when as much came in from the day it was made to the day it named.
          sql`select p.party_id, 'promise-broken', p.promised_on, null, null
          from receivable.promise p
          where p.party_id = ${own} and p.promised_on < ${today}
            and p.promised_on >= ${wanted.brokenPromisesSince}
            and p.amount_minor > (
              select coalesce(sum(c.amount_minor), 0) from receivable.credit c
              where c.party_id = p.party_id and c.kind in ('receipt', 'bill')
                and c.currency = p.currency and c.voided_on is null
                and c.effective_on between p.made_on and p.promised_on)`,
        ]),
  ]
  if (parts.length === 0 || partyIds.length === 0) return []
  return db.rows(sql<ConductRow>`${sql.join(parts, sql` union all `)}`, { prepared: true })
}

export type OpenInvoice = {
  readonly partyId: string
  readonly number: string
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly currency: Currency
  readonly openMinor: bigint
  readonly segment: string | null
}

/** Open invoices of parties, what is due longest first. */
export function openInvoicesOf(
  db: Reader,
  partyIds: readonly string[],
  most: number,
): Promise<OpenInvoice[]> {
  return db.rows(sql<OpenInvoice>`
    select party_id as "partyId", number, issued_on as "issuedOn", due_on as "dueOn", currency,
      open_minor as "openMinor", segment
    from receivable.invoice
    where party_id = any(${list(partyIds)}::uuid[]) and open_minor > 0
    order by due_on, id limit ${most}`)
}
