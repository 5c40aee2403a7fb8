export { tryPolicy } from '#server/lab/try-policy.ts'
