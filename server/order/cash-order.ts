import { isRefusal } from '#contract/problem.ts'
import { countsNothing } from '#kernel/check/decide-check.ts'
import type { OrderBook } from '#server/order/order-book.ts'
import type { Reader } from '#server/platform/database.ts'
import { publishedCheckRules } from '#server/policy/public.ts'

/** Whether the order is paid in cash and, by the published check rules, never counts. */
export async function isCashOrder(
  db: Reader,
  { charged, order }: Pick<OrderBook, 'charged' | 'order'>,
): Promise<boolean> {
  const published = await publishedCheckRules(db)
  if (isRefusal(published)) return false
  return countsNothing(published.rules, order.terms ?? charged.terms)
}
