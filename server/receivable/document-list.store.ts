import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { ofPartiesInSum, pageOfSeen } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import { type CreditKind, type CreditRow, creditColumns } from '#server/receivable/credit.store.ts'
import { type InvoiceRow, invoiceColumns } from '#server/receivable/invoice.store.ts'

export type InvoiceFilter = {
  readonly actor: Actor
  readonly partyIds: readonly string[] | null
  readonly state: 'open' | 'overdue' | 'disputed' | 'paid' | 'voided' | 'all'
  readonly today: Day
  readonly currency: string | null
  readonly dueFrom: Day | null
  readonly dueTo: Day | null
  readonly issuedFrom: Day | null
  readonly issuedTo: Day | null
  readonly department: string | null
  readonly salesperson: string | null
  readonly numberStart: string | null
}

/** The value that a list is ordered by and the id of the last row of the page before. */
type Place = { readonly key: string; readonly id: string }

export type InvoiceOrder = {
  readonly sort: 'dueOn' | 'open' | 'number'
  readonly order: 'asc' | 'desc'
}

const sorts = {
  dueOn: { key: 'due_on', type: sql`date` },
  open: { key: 'open_minor', type: sql`bigint` },
  number: { key: 'number', type: sql`text` },
}

/** A page of invoices; each order walks an index of its own. */
export function listInvoices(
  db: Reader,
  filter: InvoiceFilter,
  { order, sort }: InvoiceOrder,
  page: { readonly limit: number; readonly after: Place | null },
): Promise<InvoiceRow[]> {
  const { key, type } = sorts[sort]
  const where = invoicesWhere(filter)
  const sign = order === 'asc' ? sql`>` : sql`<`
  const { after } = page
  if (after) {
    const place = sql.ref(`i.${key}`)
    where.push(sql`(${place}, i.id) ${sign} (${after.key}::${type}, ${after.id}::uuid)`)
  }
  const table = sql`receivable.invoice`
  const invoices = { table, row: 'i', where, key, direction: order } as const
  return pageOfSeen(
    db,
    { ...filter, limit: page.limit },
    invoices,
    (from, seen, by) =>
      sql<InvoiceRow>`
      select ${invoiceColumns} from ${from} where ${seen} order by ${by} limit ${page.limit}`,
  )
}

export type DocumentTotal = {
  readonly currency: Currency
  readonly count: number
  readonly amountMinor: bigint
  /** Open of invoices, unapplied of credits. */
  readonly restMinor: bigint
}

export function totalsOfInvoices(db: Reader, filter: InvoiceFilter): Promise<DocumentTotal[]> {
  return db.rows(sql<DocumentTotal>`
    select i.currency, count(*)::integer as count, sum(i.amount_minor)::bigint as "amountMinor",
      sum(i.open_minor)::bigint as "restMinor"
    from receivable.invoice i
    where ${sql.join([...invoicesWhere(filter), ...ofPartiesInSum(filter, sql`i.party_id`)], sql` and `)}
    group by i.currency order by i.currency`)
}

function invoicesWhere(filter: InvoiceFilter): RawBuilder<unknown>[] {
  const { numberStart, today } = filter
  const where: RawBuilder<unknown>[] = [stateIs(filter.state, today)]
  if (filter.currency) where.push(sql`i.currency = ${filter.currency}`)
  if (filter.dueFrom) where.push(sql`i.due_on >= ${filter.dueFrom}`)
  if (filter.dueTo) where.push(sql`i.due_on <= ${filter.dueTo}`)
  if (filter.issuedFrom) where.push(sql`i.issued_on >= ${filter.issuedFrom}`)
  if (filter.issuedTo) where.push(sql`i.issued_on <= ${filter.issuedTo}`)
  if (filter.department) where.push(sql`i.department = ${filter.department}`)
  if (filter.salesperson) where.push(sql`i.salesperson = ${filter.salesperson}`)
  if (numberStart !== null) where.push(beginsWith(sql`i.number`, numberStart))
  return where
}

function stateIs(state: InvoiceFilter['state'], today: Day): RawBuilder<unknown> {
  switch (state) {
    case 'open':
      return sql`i.open_minor > 0`
    case 'overdue':
      return sql`i.open_minor > 0 and i.due_on < ${today}`
    case 'disputed':
      return sql`i.open_minor > 0 and (i.party_id, i.id) in (
        select d.party_id, d.invoice_id from receivable.dispute d where d.closed_on is null)`
    case 'paid':
      return sql`i.open_minor = 0 and i.voided_on is null`
    case 'voided':
      return sql`i.voided_on is not null`
    case 'all':
      return sql`true`
  }
}

/** Numbers sort by their characters: nothing after the last of them begins like it. */
function beginsWith(number: RawBuilder<unknown>, start: string): RawBuilder<unknown> {
  return sql`${number} >= ${start} and starts_with(${number}, ${start})
    and ${number} < ${start}::text || chr(1114111)`
}

export type CreditFilter = {
  readonly actor: Actor
  readonly partyIds: readonly string[] | null
  readonly kind: CreditKind | null
  readonly state: 'unapplied' | 'all'
  readonly currency: string | null
  readonly from: Day | null
  readonly to: Day | null
  readonly numberStart: string | null
}

/** A page of credits, latest first. */
export function listCredits(
  db: Reader,
  filter: CreditFilter,
  { after, limit }: { readonly limit: number; readonly after: Place | null },
): Promise<CreditRow[]> {
  const where = creditsWhere(filter)
  if (after) where.push(sql`(c.effective_on, c.id) < (${after.key}::date, ${after.id}::uuid)`)
  const table = sql`receivable.credit`
  const credits = { table, row: 'c', where, key: 'effective_on', direction: 'desc' } as const
  return pageOfSeen(
    db,
    { ...filter, limit },
    credits,
    (from, seen, by) =>
      sql<CreditRow>`
      select ${creditColumns} from ${from} where ${seen} order by ${by} limit ${limit}`,
  )
}

export function totalsOfCredits(db: Reader, filter: CreditFilter): Promise<DocumentTotal[]> {
  return db.rows(sql<DocumentTotal>`
    select c.currency, count(*)::integer as count, sum(c.amount_minor)::bigint as "amountMinor",
      sum(c.unapplied_minor)::bigint as "restMinor"
    from receivable.credit c
    where ${sql.join([...creditsWhere(filter), ...ofPartiesInSum(filter, sql`c.party_id`)], sql` and `)}
    group by c.currency order by c.currency`)
}

function creditsWhere(filter: CreditFilter): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (filter.state === 'unapplied') where.push(sql`c.unapplied_minor > 0`)
  if (filter.kind) where.push(sql`c.kind = ${filter.kind}`)
  if (filter.currency) where.push(sql`c.currency = ${filter.currency}`)
  if (filter.from) where.push(sql`c.effective_on >= ${filter.from}`)
  if (filter.to) where.push(sql`c.effective_on <= ${filter.to}`)
  if (filter.numberStart !== null) where.push(beginsWith(sql`c.number`, filter.numberStart))
  return where
}
