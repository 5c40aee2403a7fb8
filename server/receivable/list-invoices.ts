import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { InvoicePage, InvoiceQuery } from '#contract/receivable-list.ts'
import { daysBetween } from '#kernel/calendar/day.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { cursorText, dayPart, idPart, readCursor, textPart } from '#server/platform/page-cursor.ts'
import { readDays } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import {
  type DocumentTotal,
  listInvoices as findPage,
  type InvoiceFilter,
  type InvoiceOrder,
  totalsOfInvoices,
} from '#server/receivable/document-list.store.ts'
import { invoiceReply } from '#server/receivable/document-replies.ts'
import type { InvoiceRow } from '#server/receivable/invoice.store.ts'
import { labelsOf } from '#server/receivable/party-labels.ts'
import { readFamily } from '#server/receivable/read-ageing.ts'

/** A page of invoices: open ones unless asked otherwise, what is due longest first. */
export async function listInvoices(
  context: Context,
  query: InvoiceQuery,
): Promise<InvoicePage | Refusal> {
  const filter = await readFilter(context, query)
  if (isRefusal(filter)) return filter
  const order = readOrder(query, filter)
  if (isRefusal(order)) return order
  const cursor = readCursor(query.after, [placeParts[order.sort], idPart])
  if (isRefusal(cursor)) return cursor
  const [key = '', id = ''] = cursor ?? []
  const limit = query.limit ?? 50
  const page = { limit, after: cursor && { key, id } }
  const [rows, totals] = await Promise.all([
    findPage(context.db, filter, order, page),
    query.totals ? totalsOfInvoices(context.db, filter) : null,
  ])
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => ({
      ...invoiceReply(row),
      party: labels(row.partyId),
      daysPastDue: row.openMinor > 0n ? Math.max(0, daysBetween(row.dueOn, context.today)) : 0,
    })),
    totals: totals?.map(totalReply) ?? null,
    next: last ? cursorText(placeOf(last, order), last.id) : null,
  }
}

const placeParts = { dueOn: dayPart, open: /^\d{1,19}$/, number: textPart } as const

function placeOf(row: InvoiceRow, { sort }: InvoiceOrder): string {
  if (sort === 'open') return String(row.openMinor)
  return sort === 'number' ? row.number : row.dueOn
}

async function readFilter(context: Context, query: InvoiceQuery): Promise<InvoiceFilter | Refusal> {
  const partyIds = await readFamily(context, query.party)
  if (isRefusal(partyIds)) return partyIds
  const days = readDays(query, ['dueFrom', 'dueTo', 'issuedFrom', 'issuedTo'])
  if (isRefusal(days)) return days
  return {
    ...days,
    actor: context.actor,
    partyIds,
    state: query.state ?? (query.number === undefined ? 'open' : 'all'),
    today: context.today,
    currency: query.currency ?? null,
    department: query.department ?? null,
    salesperson: query.salesperson ?? null,
    numberStart: query.number ?? null,
  }
}

function readOrder(query: InvoiceQuery, { state }: InvoiceFilter): InvoiceOrder | Refusal {
  const sort = query.sort ?? (query.number === undefined ? 'dueOn' : 'number')
  if (sort === 'open' && !['open', 'overdue', 'disputed'].includes(state)) {
    const detail = 'sort: order by what is open among open, overdue or disputed invoices only.'
    const zh = '排序：只有未结清、已逾期或有争议的发票可以按未结金额排序。'
    return refuse('invalid-input', detail, { field: 'sort', zh })
  }
  const latestFirst = ['all', 'paid', 'voided'].includes(state) && sort === 'dueOn'
  const usual = latestFirst || sort === 'open' ? 'desc' : 'asc'
  return { sort, order: query.order ?? usual }
}

function totalReply({ amountMinor, count, currency, restMinor }: DocumentTotal) {
  return {
    ...{ currency, count, amount: toDecimal({ minor: amountMinor, currency }) },
    open: toDecimal({ minor: restMinor, currency }),
  }
}
