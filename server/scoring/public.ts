export { rateParties } from '#server/scoring/rate-parties.ts'
export { replayDecisions } from '#server/scoring/replay-decisions.ts'
