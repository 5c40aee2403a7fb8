import { searchDuplicates } from '#server/party/search-duplicates.ts'
import type { JobKind } from '#server/platform/job.ts'

export const partyJobs: JobKind[] = [
  {
    kind: 'party.search-duplicates',
    perform: (context, input, progress) =>
      searchDuplicates(context, { mergeSameCode: asksToMerge(input) }, progress),
  },
]

function asksToMerge(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'mergeSameCode' in input
    ? input.mergeSameCode === true
    : false
}
