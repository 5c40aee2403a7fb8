import type { Day } from '#kernel/calendar/day.ts'
import { orderNumbersOf, post, relieveOrders, restoreOrders } from '#server/exposure/public.ts'
import { walk } from '#server/platform/database.ts'
import type { CommandTransaction } from '#server/platform/run-command.ts'
import {
  importedOfOrders,
  importedSums,
  importedWithOrder,
  type LedgerSum,
  partiesOfBatch,
  standingSums,
} from '#server/receivable/import-sums.store.ts'

const chunkSize = 2_000

/**
 * Posts what an import brought, or takes back what it had: one entry per account, stage and
 * currency, whose document is the import. Orders that its invoices bill count there no more.
 */
export async function postImport(
  tx: CommandTransaction,
  batchId: string,
  of: { readonly sign: 1n | -1n; readonly on: Day },
): Promise<void> {
  const cause = of.sign === 1n ? 'imported' : 'import-undone'
  for await (const sums of walk(tx, importedSums(batchId), chunkSize)) {
    await postSums(tx, sums, { batchId, cause, ...of })
  }
  const parties = await partiesOfBatch(tx, batchId)
  for (let start = 0; start < parties.length; start += chunkSize) {
    const chunk = parties.slice(start, start + chunkSize)
    if (of.sign === -1n) {
      const undone = await importedWithOrder(tx, batchId, chunk)
      // Imports of before this version took over as one.
      const asOne = chunk.map((partyId) => ({ partyId, invoiceId: batchId }))
      await restoreOrders(tx, [...undone, ...asOne], of.on)
      continue
    }
    const orders = await orderNumbersOf(tx, chunk)
    if (orders.length === 0) continue
    const billed = await importedOfOrders(tx, batchId, orders)
    await relieveOrders(
      tx,
      billed.map((each) => ({ ...each, on: of.on })),
    )
  }
}

/** Posts the whole book as it stands, once, where it was kept before the exposure ledger was. */
export async function postStandingBook(
  tx: CommandTransaction,
  of: { readonly documentId: string; readonly on: Day },
): Promise<void> {
  const opening = { batchId: of.documentId, cause: 'opening-balance', sign: 1n, on: of.on } as const
  for await (const sums of walk(tx, standingSums, chunkSize)) await postSums(tx, sums, opening)
}

function postSums(
  tx: CommandTransaction,
  sums: readonly LedgerSum[],
  of: {
    readonly batchId: string
    readonly cause: string
    readonly sign: 1n | -1n
    readonly on: Day
  },
): Promise<void> {
  return post(
    tx,
    sums.map(({ minor, partyId, segment, stage, currency }) => ({
      ...{ partyId, segment: segment ?? '', stage, currency, minor: of.sign * minor },
      ...{ documentKind: 'import', documentId: of.batchId, number: of.cause, cause: of.cause },
      ...{ effectiveOn: of.on, decisionId: null, shipOn: null },
    })),
  )
}
