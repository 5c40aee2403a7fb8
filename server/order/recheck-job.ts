import { recheckHolds } from '#server/check/public.ts'
import { followRelease } from '#server/order/follow-release.ts'
import type { JobKind } from '#server/platform/job.ts'

/** Asks again for what waits for room; queued when exposure falls or a limit rises. */
export const recheckJob: JobKind = {
  kind: 'hold.recheck',
  task: 'check_recheck',
  perform: (context, input) =>
    recheckHolds(context, (input as { accountIds: readonly string[] }).accountIds, followRelease),
}
