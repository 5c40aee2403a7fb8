import { searchDuplicates } from '#server/party/search-duplicates.ts'
import { spellNames } from '#server/party/spell-names.ts'
import type { JobKind } from '#server/platform/job.ts'

export const partyJobs: JobKind[] = [
  { kind: 'party.spell-names', cron: '* * * * *', perform: spellNames },
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
