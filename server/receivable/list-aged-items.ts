import type { AgedItemPage, AgedItemQuery } from '#contract/ageing.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Day, daysBetween } from '#kernel/calendar/day.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { cursorText, dayPart, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'
import { type AgedItemRow, listAgedItems as findPage } from '#server/receivable/aged-item.store.ts'
import { creditColumn, notDueColumn } from '#server/receivable/ageing-column.ts'
import { labelsOf } from '#server/receivable/party-labels.ts'
import { readAgeing } from '#server/receivable/read-ageing.ts'

/** The open items behind an ageing: of the book or a party, of one column or of all. */
export async function listAgedItems(
  context: Context,
  query: AgedItemQuery,
): Promise<AgedItemPage | Refusal> {
  const asked = await readAgeing(context, query)
  if (isRefusal(asked)) return asked
  const cursor = readCursor(query.after, [dayPart, idPart])
  if (isRefusal(cursor)) return cursor
  const column = columnNumber(query.column)
  if (column !== null && column > asked.terms.buckets.buckets.length) {
    const zh = `没有第 ${column} 个账龄区间。`
    return refuse('invalid-input', `column: there is no bucket ${column}.`, { zh })
  }
  const [key, id] = cursor ?? []
  const limit = query.limit ?? 50
  const after = key === undefined || id === undefined ? null : { key, id }
  const page = { column, owners: query, limit, after }
  const rows = await findPage(context.db, asked.scope, asked.terms, page)
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => ({ ...itemReply(row, asked.terms.asOf), party: labels(row.partyId) })),
    next: last ? cursorText(last.dueOn ?? last.issuedOn, last.id) : null,
  }
}

function columnNumber(text: string | undefined): number | null {
  if (text === undefined) return null
  if (text === 'not-due') return notDueColumn
  return text === 'unapplied-credits' ? creditColumn : Number(text)
}

function itemReply({ amountMinor, openMinor, column, ...item }: AgedItemRow, asOf: Day) {
  const { currency } = item
  const named = new Map([
    [notDueColumn, 'not-due'],
    [creditColumn, 'unapplied-credits'],
  ])
  return {
    ...item,
    amount: toDecimal({ minor: amountMinor, currency }),
    open: toDecimal({ minor: openMinor, currency }),
    daysPastDue: item.dueOn === null ? 0 : Math.max(0, daysBetween(item.dueOn, asOf)),
    column: named.get(column) ?? String(column),
  }
}
