import type { DuplicateSuggestion, PartyHead } from '#contract/party.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { mergeParties } from '#server/party/merge-parties.ts'
import { candidatePairs, findIdentities } from '#server/party/name-index.store.ts'
import { familiesOf } from '#server/party/party.store.ts'
import {
  bySureness,
  type KnownIdentity,
  known,
  suggestionOf,
} from '#server/party/suggest-duplicates.ts'
import { type Reader, walk } from '#server/platform/database.ts'
import { type Progress, requestJob } from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

export type SuggestedPair = DuplicateSuggestion & { readonly of: PartyHead }

export type DuplicateSearchResult = {
  compared: number
  sameCode: number
  similarName: number
  merged: number
  /** The surest thousand, none that was merged by this search. */
  suggestions: SuggestedPair[]
}

/** Queues a search among all parties; its suggestions are the job's result. */
export function requestDuplicateSearch(
  context: Context,
  input: { mergeSameCode?: boolean },
): Promise<{ jobId: string } | Refusal> {
  const asked = { mergeSameCode: input.mergeSameCode ?? false }
  return runCommand(
    context,
    { name: 'party.search-duplicates', permission: 'party:merge', input: asked },
    async (tx) => ({ jobId: await requestJob(tx, context, 'party.search-duplicates', asked) }),
  )
}

const shownMax = 1_000
const batchSize = 5_000

/** Compares every two parties that share a code, an account or a key of their names. */
export async function searchDuplicates(
  context: Context,
  input: { readonly mergeSameCode?: boolean },
  progress: Progress,
): Promise<DuplicateSearchResult> {
  const result = await context.db.snapshot((reader) => comparePairs(reader, progress))
  if (!input.mergeSameCode) return withoutExcess(result)
  const merged = await mergeSameCodes(context, result.suggestions)
  return withoutExcess({
    ...result,
    merged: merged.size,
    suggestions: result.suggestions.filter((pair) => !merged.has(pair)),
  })
}

async function comparePairs(reader: Reader, progress: Progress): Promise<DuplicateSearchResult> {
  const result: DuplicateSearchResult = {
    compared: 0,
    sameCode: 0,
    similarName: 0,
    merged: 0,
    suggestions: [],
  }
  for await (const pairs of walk(reader, candidatePairs(), batchSize)) {
    const ids = new Set(pairs.flatMap(({ a, b }) => [a, b]))
    const identities = await findIdentities(reader, [...ids])
    const byId = new Map(identities.map((identity) => [identity.id, known(identity)]))
    for (const { a, b } of pairs) {
      const suggestion = compare(byId.get(a), byId.get(b))
      if (!suggestion) continue
      if (suggestion.kind === 'same-code') result.sameCode++
      else result.similarName++
      result.suggestions.push(suggestion)
    }
    result.compared += pairs.length
    result.suggestions = surest(result.suggestions)
    await progress(result.compared, null)
  }
  return result
}

function compare(
  a: KnownIdentity | undefined,
  b: KnownIdentity | undefined,
): SuggestedPair | undefined {
  const suggestion = a && b ? suggestionOf(a, b) : undefined
  return a && suggestion && { ...suggestion, of: { id: a.id, code: a.code, name: a.name } }
}

/** Every pair of one code, since these can be merged without asking, and the most alike others. */
function surest(pairs: readonly SuggestedPair[]): SuggestedPair[] {
  const sorted = [...pairs].sort(bySureness)
  const similar = sorted.findIndex((pair) => pair.kind === 'similar-name')
  return similar < 0 ? sorted : sorted.slice(0, similar + shownMax)
}

function withoutExcess(result: DuplicateSearchResult): DuplicateSearchResult {
  return { ...result, suggestions: result.suggestions.slice(0, shownMax) }
}

/** Merges into the party whose file was opened first. What is refused stays a suggestion. */
async function mergeSameCodes(
  context: Context,
  pairs: readonly SuggestedPair[],
): Promise<Set<SuggestedPair>> {
  const merged = new Set<SuggestedPair>()
  for (const pair of pairs) {
    if (pair.kind !== 'same-code') continue
    const families = await familiesOf(context.db, [pair.of.id, pair.id])
    const [a, b] = [families.get(pair.of.id), families.get(pair.id)]
    if (a === undefined || b === undefined) continue
    if (a !== b) {
      const [partyId = a, duplicateId = b] = [a, b].sort()
      const reason = '代码相同 (same valid code)'
      const answer = await mergeParties(context, partyId, { duplicateId, reason })
      if (isRefusal(answer)) continue
    }
    merged.add(pair)
  }
  return merged
}
