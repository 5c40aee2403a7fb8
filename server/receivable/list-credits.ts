import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { CreditPage, CreditQuery } from '#contract/receivable-list.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { cursorText, dayPart, idPart, readCursor } from '#server/platform/page-cursor.ts'
import { readDays } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import { listCredits as findPage, totalsOfCredits } from '#server/receivable/document-list.store.ts'
import { creditReply } from '#server/receivable/document-replies.ts'
import { labelsOf } from '#server/receivable/party-labels.ts'
import { readFamily } from '#server/receivable/read-ageing.ts'

/** A page of receipts, credit notes and write-offs, latest first. */
export async function listCredits(
  context: Context,
  query: CreditQuery,
): Promise<CreditPage | Refusal> {
  const cursor = readCursor(query.after, [dayPart, idPart])
  if (isRefusal(cursor)) return cursor
  const partyIds = await readFamily(context, query.party)
  if (isRefusal(partyIds)) return partyIds
  const days = readDays(query, ['from', 'to'])
  if (isRefusal(days)) return days
  const filter = {
    ...days,
    actor: context.actor,
    partyIds,
    kind: query.kind ?? null,
    state: query.state ?? 'all',
    currency: query.currency ?? null,
    numberStart: query.number ?? null,
  } as const
  const [key = '', id = ''] = cursor ?? []
  const limit = query.limit ?? 50
  const [rows, totals] = await Promise.all([
    findPage(context.db, filter, { limit, after: cursor && { key, id } }),
    query.totals ? totalsOfCredits(context.db, filter) : null,
  ])
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => ({ ...creditReply(row), party: labels(row.partyId) })),
    totals:
      totals?.map(({ amountMinor, count, currency, restMinor }) => ({
        ...{ currency, count, amount: toDecimal({ minor: amountMinor, currency }) },
        unapplied: toDecimal({ minor: restMinor, currency }),
      })) ?? null,
    next: last ? cursorText(last.effectiveOn, last.id) : null,
  }
}
