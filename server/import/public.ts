export { checkImport } from '#server/import/check-import.ts'
