export { followAllChanges } from '#server/customer/follow-changes.ts'
export { verifyLines } from '#server/customer/verify-lines.ts'
