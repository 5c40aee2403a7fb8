import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { InvoicePage, InvoiceQuery } from '#contract/receivable.ts'
import { daysBetween } from '#kernel/calendar/day.ts'
import { cursorText, dayPart, idPart, readCursor, textPart } from '#server/platform/page-cursor.ts'
import { readDay } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import { listInvoices as findPage } from '#server/receivable/document-list.store.ts'
import { invoiceReply } from '#server/receivable/document-replies.ts'
import { labelsOf } from '#server/receivable/party-labels.ts'
import { readFamily } from '#server/receivable/read-ageing.ts'

/** A page of invoices: open ones unless asked otherwise, what is due longest first. */
export async function listInvoices(
  context: Context,
  query: InvoiceQuery,
): Promise<InvoicePage | Refusal> {
  const byNumber = query.number !== undefined
  const cursor = readCursor(query.after, [byNumber ? textPart : dayPart, idPart])
  if (isRefusal(cursor)) return cursor
  const partyIds = await readFamily(context, query.party)
  if (isRefusal(partyIds)) return partyIds
  const dueFrom = query.dueFrom === undefined ? null : readDay(query.dueFrom, 'dueFrom')
  if (isRefusal(dueFrom)) return dueFrom
  const dueTo = query.dueTo === undefined ? null : readDay(query.dueTo, 'dueTo')
  if (isRefusal(dueTo)) return dueTo
  const [key, id] = cursor ?? []
  const limit = query.limit ?? 50
  const rows = await findPage(context.db, {
    partyIds,
    state: query.state ?? (byNumber ? 'all' : 'open'),
    today: context.today,
    currency: query.currency ?? null,
    dueFrom,
    dueTo,
    numberStart: query.number ?? null,
    limit,
    after: key === undefined || id === undefined ? null : { key, id },
  })
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => ({
      ...invoiceReply(row),
      party: labels(row.partyId),
      daysPastDue: row.openMinor > 0n ? Math.max(0, daysBetween(row.dueOn, context.today)) : 0,
    })),
    next: last ? cursorText(byNumber ? last.number : last.dueOn, last.id) : null,
  }
}
