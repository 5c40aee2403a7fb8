import { isRefusal } from '#contract/problem.ts'
import { countsNothing } from '#kernel/check/decide-check.ts'
import type { OrderPositions } from '#kernel/order/order-positions.ts'
import type { OrderBook } from '#server/order/order-book.ts'
import type { Reader } from '#server/platform/database.ts'
import { publishedCheckRules } from '#server/policy/public.ts'

type Agreed = Pick<OrderBook, 'order' | 'party'>

/** Whether the order is paid in cash and, by the published check rules, never counts. */
export async function isCashOrder(db: Reader, { order, party }: Agreed): Promise<boolean> {
  const published = await publishedCheckRules(db)
  if (isRefusal(published)) return false
  return countsNothing(published.rules, order.terms ?? party.terms)
}

/** What the order is to count with: what its positions say, or nothing if it is paid in cash. */
export async function countedPositions(
  db: Reader,
  of: Agreed,
  positions: OrderPositions,
): Promise<OrderPositions> {
  if (!(await isCashOrder(db, of))) return positions
  const deliveries = positions.deliveries.map(({ id }) => ({ id, minor: 0n }))
  return { counted: 0n, order: 0n, deliveries }
}
