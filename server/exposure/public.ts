export { type Account, buyersCharging } from '#server/exposure/account.store.ts'
export { creditTotals, reviewsDue } from '#server/exposure/account-figures.store.ts'
export {
  type RatedAccount,
  type TemporaryLimit,
  temporaryLimitsOf,
} from '#server/exposure/account-limit.store.ts'
export { type Buyer, partiesOnPath } from '#server/exposure/account-tree.ts'
export { addOpenHolds } from '#server/exposure/add-open-holds.ts'
export { balancesAt } from '#server/exposure/balance.store.ts'
export { billAnew } from '#server/exposure/bill-anew.ts'
export { foldByBuyer } from '#server/exposure/exposure-check.store.ts'
export { exposureOn } from '#server/exposure/exposure-on.ts'
export { findNearLimits } from '#server/exposure/find-near-limits.ts'
export { followRatings } from '#server/exposure/follow-ratings.ts'
export { frozenAccountOf } from '#server/exposure/frozen-account.ts'
export { type LockedTree, lockTree } from '#server/exposure/locked-tree.ts'
export { hasAccounts, lockOpening } from '#server/exposure/opening.store.ts'
export {
  expiredReservations,
  orderNumbersOf,
  type Position,
  positionsOf,
  positionsOfDocuments,
} from '#server/exposure/position.store.ts'
export { type Posting, post } from '#server/exposure/post.ts'
export { proveExposure } from '#server/exposure/prove-exposure.ts'
export { forgetReliefs } from '#server/exposure/relief.store.ts'
export { relieveOrders, restoreOrders, segmentOfOrder } from '#server/exposure/relieve-orders.ts'
export { applyTargets, type PositionsToSet, setPositions } from '#server/exposure/set-positions.ts'
export { describeAccounts } from '#server/exposure/show-accounts.ts'
export { type Standing, standingsOf } from '#server/exposure/standing-of.ts'
export { type UnusedCover, unusedCoverOf } from '#server/exposure/unused-cover.store.ts'
