export { openLedger } from '#server/scoring/open-ledger.ts'
export { rateParties } from '#server/scoring/rate-parties.ts'
export { gradesAsOf } from '#server/scoring/rating.store.ts'
