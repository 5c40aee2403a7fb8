import { performKeptCheck } from '#server/import/check-kept.ts'
import { cleanUpImports } from '#server/import/clean-up-imports.ts'
import { removeOldUploads } from '#server/import/kept-file.ts'
import { performImport } from '#server/import/request-import.ts'
import type { JobKind } from '#server/platform/job.ts'

export const importJobs: JobKind[] = [
  { kind: 'import.check', perform: performImport },
  { kind: 'import.check-kept', perform: performKeptCheck },
  {
    kind: 'import.clean-up',
    cron: '20 * * * *',
    perform: async (context) => {
      await removeOldUploads(context.db, Date.now())
      return cleanUpImports(context)
    },
  },
]
