export { loadHistories } from '#server/receivable/load-histories.ts'
