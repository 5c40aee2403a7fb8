import type { Reader } from '#server/platform/database.ts'
import { walk } from '#server/platform/database.ts'
import { standingSums } from '#server/receivable/import-sums.store.ts'

type Sums = { invoiced: bigint; prepayment: bigint; bill: bigint }

/** What the book says of each party and currency, `party currency`, for the exposure ledger's proof. */
export async function standingBook(db: Reader): Promise<Map<string, Sums>> {
  const book = new Map<string, Sums>()
  for await (const rows of walk(db, standingSums, 10_000)) {
    for (const { partyId, currency, stage, minor } of rows) {
      const key = `${partyId} ${currency}`
      const sums = book.get(key) ?? { invoiced: 0n, prepayment: 0n, bill: 0n }
      sums[stage] += minor
      book.set(key, sums)
    }
  }
  return book
}
