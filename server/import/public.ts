export { checkImport } from '#server/import/check-import.ts'
export { openImportFile } from '#server/import/open-file.ts'
