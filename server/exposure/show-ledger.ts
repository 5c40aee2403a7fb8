import type { LedgerPage } from '#contract/exposure.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { accountsByIds, leavesBelow } from '#server/exposure/account.store.ts'
import { listEntries } from '#server/exposure/entry.store.ts'
import type { AccountRef } from '#server/exposure/read-account.ts'
import { visibleIds } from '#server/party/public.ts'
import { cursorText, idPart, readCursor } from '#server/platform/page-cursor.ts'
import type { Context } from '#server/platform/run-command.ts'

/** The entries behind an account's balances, those of accounts below it included, latest first. */
export async function showLedger(
  context: Context,
  ref: AccountRef,
  query: { limit?: number; after?: string; stage?: string },
): Promise<LedgerPage | Refusal> {
  const cursor = readCursor(query.after, [idPart])
  if (isRefusal(cursor)) return cursor
  const [account] = await accountsByIds(context.db, [ref])
  if (!account) return refuse('not-found', 'There is no such credit account.')
  const limit = query.limit ?? 50
  const leaves = await leavesBelow(context.db, ref.id)
  const partyIds = leaves.map(({ partyId }) => partyId)
  const seen = await visibleIds(context.db, context.actor, partyIds)
  const rows = await listEntries(context.db, {
    accountIds: leaves.filter(({ partyId }) => seen.has(partyId)),
    ...{ stage: query.stage ?? null, limit, after: cursor?.[0] ?? null },
  })
  const last = rows.length === limit ? rows.at(-1) : undefined
  return {
    items: rows.map(({ accountId: _, amountMinor, ...row }) => ({
      ...row,
      amount: toDecimal({ minor: amountMinor, currency: row.currency }),
    })),
    next: last ? cursorText(last.id) : null,
  }
}
