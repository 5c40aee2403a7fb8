export { ratingEvents } from '#server/scoring/events.ts'
export { openLedger } from '#server/scoring/open-ledger.ts'
export { rateParties } from '#server/scoring/rate-parties.ts'
export { limitOn, ratingHistory, ratingOn } from '#server/scoring/show-on-day.ts'
