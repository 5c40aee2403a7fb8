export { ratingEvents } from '#server/scoring/events.ts'
export { openLedger } from '#server/scoring/open-ledger.ts'
export {
  type EndingOverride,
  overridesAsOf,
  overridesEnding,
} from '#server/scoring/override.store.ts'
export { rateParties } from '#server/scoring/rate-parties.ts'
export { gradesAsOf } from '#server/scoring/rating.store.ts'
export { limitOn, ratingHistory, ratingOn } from '#server/scoring/show-on-day.ts'
