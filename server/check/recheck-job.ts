import type { FollowHolds } from '#server/check/follow-hold.ts'
import { recheckHolds } from '#server/check/recheck-holds.ts'
import type { JobKind } from '#server/platform/job.ts'

/** Asks again for what waits for room; queued when exposure falls or a limit rises. */
export function recheckJob(orders: FollowHolds): JobKind {
  return {
    kind: 'hold.recheck',
    task: 'check_recheck',
    perform: (context, input) =>
      recheckHolds(context, (input as { accountIds: readonly string[] }).accountIds, orders),
  }
}
