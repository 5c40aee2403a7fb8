export { historyOfRow } from '#server/audit/entry.store.ts'
