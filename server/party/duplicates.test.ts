import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { NewParty } from '#contract/party.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { createParty } from '#server/party/create-party.ts'
import { familyIdsOf } from '#server/party/party.store.ts'
import { requestDuplicateSearch, searchDuplicates } from '#server/party/search-duplicates.ts'
import { suggestDuplicates } from '#server/party/suggest-duplicates.ts'
import { findJob } from '#server/platform/job.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

const given: readonly (NewParty & { code: string })[] = [
  { code: 'A', name: '深圳市华强电子有限公司', identifiers: uscc('91350100M000100Y43') },
  { code: 'B', name: '深圳华强电子股份有限公司' },
  { code: 'C', name: '完全不同公司', identifiers: uscc('91350100M000100Y43') },
  { code: 'D', name: '深圳市华强电子有限公司', identifiers: uscc('91330100799655058B') },
  { code: 'E', name: '绿野农资商行', bankAccounts: [{ accountNumber: '6222000011112222' }] },
  { code: 'F', name: '蓝海渔具厂', bankAccounts: [{ accountNumber: '6222 0000 1111 2222' }] },
  { code: 'G', name: '后来改名公司', otherNames: [{ name: '绿野农资商店', kind: 'former' }] },
  {
    code: 'H',
    name: '组织机构代码公司',
    identifiers: [{ scheme: 'organisation-code', value: 'M000100Y-4' }],
  },
]

function uscc(value: string) {
  return [{ scheme: 'uscc' as const, value }]
}

let database: TestDatabase
const idOf = new Map<string, string>()
before(async () => {
  database = await openTestDatabase()
  for (const party of given) {
    const made = accepted(
      await createParty(database.context(), { ...party, acceptDuplicate: true }),
    )
    idOf.set(party.code, made.id)
  }
})
after(() => database.close())

function accepted<Answer>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) assert.fail(answer.refused.detail)
  return answer
}

const table: readonly (readonly [string, string, string])[] = [
  ['one code before similar names', 'A', 'same-code C, same-code H, similar-name B'],
  ['two spellings, whichever code each has', 'B', 'similar-name A, similar-name D'],
  ['never a party with a contradicting code', 'D', 'similar-name B'],
  ['one account under two names, and a former name', 'E', 'similar-name G, similar-name F'],
  ['from the organisation code to the credit code around it', 'H', 'same-code A, same-code C'],
]
for (const [sentence, code, expected] of table) {
  test(`suggestions: ${sentence}`, async () => {
    const found = await suggestDuplicates(database.context(), idOf.get(code) ?? '')
    assert.equal(found.map((one) => `${one.kind} ${one.code}`).join(', '), expected)
  })
}

test('the search among all finds the pairs that each party finds for itself', async () => {
  const pairs = new Set<string>()
  for (const { code } of given) {
    const found = await suggestDuplicates(database.context(), idOf.get(code) ?? '')
    for (const one of found) pairs.add([code, one.code].sort().join(''))
  }
  const result = await searchDuplicates(database.context(), {}, async () => {})
  assert.deepEqual(
    result.suggestions.map((one) => [one.of.code, one.code].sort().join('')).sort(),
    [...pairs].sort(),
  )
  assert.deepEqual([result.sameCode, result.merged], [3, 0])
})

test('a search is queued as a job by those who may merge', async () => {
  const { jobId } = accepted(await requestDuplicateSearch(database.context('credit-manager'), {}))
  assert.equal((await findJob(database.db, jobId))?.kind, 'party.search-duplicates')
  assert.ok(isRefusal(await requestDuplicateSearch(database.context('sales'), {})))
})

test('only parties of one valid code are merged without asking, into the oldest', async () => {
  const input = { mergeSameCode: true }
  const result = await searchDuplicates(database.context(), input, async () => {})
  const family = ['A', 'C', 'H'].map((code) => idOf.get(code) ?? '')
  assert.deepEqual(await familyIdsOf(database.db, family[2] ?? ''), family)
  assert.equal(result.merged, 3)
  assert.ok(result.suggestions.every((one) => one.kind === 'similar-name'))
  const again = await searchDuplicates(database.context(), input, async () => {})
  assert.deepEqual([again.sameCode, again.merged], [0, 0])
})
