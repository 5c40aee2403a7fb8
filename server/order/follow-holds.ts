import { lockHeldOrder } from '#server/order/change-order.ts'
import { followRecall } from '#server/order/follow-recall.ts'
import { followRejection, followRelease } from '#server/order/follow-release.ts'

/** What is done with an order whose hold ends, for the room that keeps the holds. */
export const followHolds = {
  lock: lockHeldOrder,
  release: followRelease,
  reject: followRejection,
  recall: followRecall,
}
