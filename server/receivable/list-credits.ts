import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { CreditPage, CreditQuery } from '#contract/receivable.ts'
import { cursorText, dayPart, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'
import { listCredits as findPage } from '#server/receivable/document-list.store.ts'
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
  const [key, id] = cursor ?? []
  const limit = query.limit ?? 50
  const rows = await findPage(context.db, {
    partyIds,
    kind: query.kind ?? null,
    state: query.state ?? 'all',
    limit,
    after: key === undefined || id === undefined ? null : { key, id },
  })
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => ({ ...creditReply(row), party: labels(row.partyId) })),
    next: last ? cursorText(last.effectiveOn, last.id) : null,
  }
}
