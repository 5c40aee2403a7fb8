import { cleanUpImports } from '#server/import/clean-up-imports.ts'
import { performImport, removeOldUploads } from '#server/import/request-import.ts'
import type { JobKind } from '#server/platform/job.ts'

export const importJobs: JobKind[] = [
  { kind: 'import.check', perform: performImport },
  {
    kind: 'import.clean-up',
    cron: '20 * * * *',
    perform: async (context) => {
      await removeOldUploads()
      return cleanUpImports(context)
    },
  },
]
