export { openTestDatabase, type TestDatabase } from '#server/testing.ts'
