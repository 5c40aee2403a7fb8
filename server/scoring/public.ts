export { rateParties } from '#server/scoring/rate-parties.ts'
