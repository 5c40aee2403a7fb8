export { type ActAbout, actsAbout } from '#server/audit/acts-about.store.ts'
export { historyOfRow } from '#server/audit/entry.store.ts'
