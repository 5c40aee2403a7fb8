import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** Days between which something happened, both included, and whose it may be; null: anybody's. */
type Within = {
  readonly from: Day
  readonly to: Day
  readonly partyIds: readonly string[] | null
}

type OverdueInvoice = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly openMinor: bigint
  readonly dueOn: Day
}

type OverdueTotal = {
  readonly currency: Currency
  readonly count: bigint
  readonly minor: bigint
  /** Of them, due on the last day. */
  readonly lastDay: bigint
}

/**
 * Open invoices that fell due within some days, the latest first, of one day the largest, and what
 * they come to by currency.
 */
export async function overdueSince(
  db: Reader,
  { from, partyIds, to }: Within,
  limit: number,
): Promise<{ rows: OverdueInvoice[]; totals: OverdueTotal[] }> {
  const fellDue = sql`open_minor > 0 and due_on between ${from} and ${to}
    and (${partyIds === null} or party_id = any(${list(partyIds ?? [])}::uuid[]))`
  const rows = await db.rows(sql<OverdueInvoice>`
    select party_id as "partyId", id, number, currency, open_minor as "openMinor",
      due_on as "dueOn"
    from receivable.invoice where ${fellDue}
    order by due_on desc, open_minor desc, id limit ${limit}`)
  const totals = await db.rows(sql<OverdueTotal>`
    select currency, count(*) as count, sum(open_minor)::bigint as minor,
      count(*) filter (where due_on = ${to}) as "lastDay"
    from receivable.invoice where ${fellDue} group by currency order by currency`)
  return { rows, totals }
}

type BrokenPromise = {
  readonly partyId: string
  readonly id: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly missingMinor: bigint
  readonly madeOn: Day
  readonly promisedOn: Day
  readonly note: string | null
  /** How many there are in all. */
  readonly count: bigint
}

/** Promises whose day came and that less money followed than was promised, the latest first. */
export function brokenPromises(
  db: Reader,
  within: Within,
  limit: number,
): Promise<BrokenPromise[]> {
  const { from, to, partyIds } = within
  return db.rows(sql<BrokenPromise>`
    select p.party_id as "partyId", p.id, p.currency, p.amount_minor as "amountMinor",
      (p.amount_minor - c.minor)::bigint as "missingMinor", p.made_on as "madeOn",
      p.promised_on as "promisedOn", p.note, count(*) over () as count
    from receivable.promise p
    cross join lateral (
      select coalesce(sum(c.amount_minor), 0) as minor from receivable.credit c
      where c.party_id = p.party_id and c.kind in ('receipt', 'bill') and c.currency = p.currency
        and c.voided_on is null and c.effective_on between p.made_on and p.promised_on
    ) c
    where p.promised_on between ${from} and ${to} and p.amount_minor > c.minor
      and (${partyIds === null} or p.party_id = any(${list(partyIds ?? [])}::uuid[]))
    order by p.promised_on desc, p.amount_minor desc, p.id limit ${limit}`)
}
