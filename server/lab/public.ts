export { replayBook } from '#server/lab/replay-book.ts'
export { tryPolicy } from '#server/lab/try-policy.ts'
