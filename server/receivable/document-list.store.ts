import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader } from '#server/platform/database.ts'
import { type CreditKind, type CreditRow, creditColumns } from '#server/receivable/credit.store.ts'
import { type InvoiceRow, invoiceColumns } from '#server/receivable/invoice.store.ts'

type InvoiceFilter = {
  readonly partyIds: readonly string[] | null
  readonly state: 'open' | 'overdue' | 'all'
  readonly today: Day
  readonly currency: string | null
  readonly dueFrom: Day | null
  readonly dueTo: Day | null
  readonly numberStart: string | null
  readonly limit: number
  /** Due day (or the number, where a number is searched for) and id of the last row before. */
  readonly after: { readonly key: string; readonly id: string } | null
}

/**
 * A page of invoices: by number where its beginning is given, otherwise what is due longest first,
 * or, over all states, what is due latest. Each way walks an index of its own.
 */
export function listInvoices(db: Reader, filter: InvoiceFilter): Promise<InvoiceRow[]> {
  const { after, numberStart, state } = filter
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (filter.partyIds) where.push(sql`i.party_id = any(${list(filter.partyIds)}::uuid[])`)
  if (state !== 'all') where.push(sql`i.open_minor > 0`)
  if (state === 'overdue') where.push(sql`i.due_on < ${filter.today}`)
  if (filter.currency) where.push(sql`i.currency = ${filter.currency}`)
  if (filter.dueFrom) where.push(sql`i.due_on >= ${filter.dueFrom}`)
  if (filter.dueTo) where.push(sql`i.due_on <= ${filter.dueTo}`)
  if (numberStart !== null) {
    where.push(sql`i.number >= ${numberStart}`, sql`starts_with(i.number, ${numberStart})`)
    // Numbers sort by their characters: nothing after this one begins like it.
    where.push(sql`i.number < ${numberStart}::text || chr(1114111)`)
    if (after) where.push(sql`(i.number, i.id) > (${after.key}, ${after.id}::uuid)`)
    return page(db, filter, { where, order: sql`i.number, i.id` })
  }
  if (state === 'all') {
    if (after) where.push(sql`(i.due_on, i.id) < (${after.key}::date, ${after.id}::uuid)`)
    return page(db, filter, { where, order: sql`i.due_on desc, i.id desc` })
  }
  if (after) where.push(sql`(i.due_on, i.id) > (${after.key}::date, ${after.id}::uuid)`)
  return page(db, filter, { where, order: sql`i.due_on, i.id` })
}

function page(
  db: Reader,
  { limit }: InvoiceFilter,
  by: { where: readonly RawBuilder<unknown>[]; order: RawBuilder<unknown> },
): Promise<InvoiceRow[]> {
  return db.rows(sql<InvoiceRow>`
    select ${invoiceColumns} from receivable.invoice i
    where ${sql.join([...by.where], sql` and `)} order by ${by.order} limit ${limit}`)
}

type CreditFilter = {
  readonly partyIds: readonly string[] | null
  readonly kind: CreditKind | null
  readonly state: 'unapplied' | 'all'
  readonly limit: number
  readonly after: { readonly key: string; readonly id: string } | null
}

/** A page of credits, latest first. */
export function listCredits(db: Reader, filter: CreditFilter): Promise<CreditRow[]> {
  const { after } = filter
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (filter.partyIds) where.push(sql`c.party_id = any(${list(filter.partyIds)}::uuid[])`)
  if (filter.state === 'unapplied') where.push(sql`c.unapplied_minor > 0`)
  if (filter.kind) where.push(sql`c.kind = ${filter.kind}`)
  if (after) where.push(sql`(c.effective_on, c.id) < (${after.key}::date, ${after.id}::uuid)`)
  return db.rows(sql<CreditRow>`
    select ${creditColumns} from receivable.credit c
    where ${sql.join(where, sql` and `)}
    order by c.effective_on desc, c.id desc limit ${filter.limit}`)
}
