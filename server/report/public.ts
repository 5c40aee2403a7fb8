export { noteNearLimits } from '#server/report/note-near-limits.ts'
export { recordFigures } from '#server/report/record-figures.ts'
