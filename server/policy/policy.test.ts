import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import { isRefusal } from '#contract/problem.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { followBaseCurrency } from '#server/policy/follow-base-currency.ts'
import { installPack } from '#server/policy/install-pack.ts'
import {
  checkRulesOfVersion,
  publishedCheckRules,
  publishedLimitPolicy,
} from '#server/policy/prepared-policies.ts'
import { publishPolicy } from '#server/policy/publish-policy.ts'
import {
  findPublished,
  findVersion,
  listVersions,
  retirePublished,
} from '#server/policy/version.store.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
let context: Context

before(async () => {
  database = await openTestDatabase()
  context = database.context('credit-manager')
})

after(() => database.close())

const standard = (file: string) =>
  parse(readFileSync(`${import.meta.dirname}/../../packs/standard/${file}.yaml`, 'utf8'))

async function draft(document: unknown): Promise<string> {
  const made = await draftPolicy(context, { kind: 'limit-policy', document })
  assert.ok(!isRefusal(made), isRefusal(made) ? made.refused.detail : '')
  return made.id
}

test('a new database has the standard policies published as version 1', async () => {
  const published = (await listVersions(context.db)).filter((v) => v.state === 'published')
  assert.deepEqual(
    published.map(({ kind, number }) => `${kind} ${number}`),
    ['check-rules 1', 'limit-policy 1', 'rating-scale 1', 'scorecard 1'],
  )
})

test('a document with mistakes is not stored, and every mistake is told with its place', async () => {
  const document = standard('limit-policy')
  document.caps.AA = 30_000_000
  document.termz = {}
  const answer = await draftPolicy(context, { kind: 'limit-policy', document })
  assert.ok(isRefusal(answer))
  assert.equal(answer.refused.kind, 'policy-has-problems')
  assert.match(JSON.stringify(answer.refused.facts), /termz/)
  const versions = await listVersions(context.db, 'limit-policy')
  assert.equal(versions.length, 1)
})

test('a check rule that could never fire is told with its place', async () => {
  const document = standard('check-rules')
  document.rules[1].scope = { grades: ['E'], roles: ['costumer'] }
  const answer = await draftPolicy(context, { kind: 'check-rules', document })
  assert.ok(isRefusal(answer))
  assert.match(answer.refused.detail, /^rules\[1\]\.scope\.grades\[0\]: .* \(and 1 more\)$/)
})

test('the base currency that a first import chooses is that of limits and check rules', async () => {
  const other = await openTestDatabase()
  const to = other.context('admin')
  const command = { name: 'policy.publish', permission: 'policy:publish', input: {} } as const
  await runCommand(to, command, async (tx) => {
    await followBaseCurrency(tx, 'USD', 'import')
  })
  const rules = await publishedCheckRules(to.db)
  assert.ok(!isRefusal(rules))
  assert.equal(rules.rules.currency, 'USD')
  const limits = await publishedLimitPolicy(to.db)
  assert.ok(!isRefusal(limits))
  assert.equal(limits.policy.currency, 'USD')
  await other.close()
})

test('a policy that a newer pack brings is in the currency of those that are there', async () => {
  const other = await openTestDatabase()
  const to = other.context('admin')
  const command = { name: 'policy.publish', permission: 'policy:publish', input: {} } as const
  await runCommand(to, command, async (tx) => {
    await followBaseCurrency(tx, 'USD', 'import')
    await retirePublished(tx, 'check-rules')
  })
  const installed = await installPack(to, 'standard', { onlyMissing: true })
  assert.deepEqual(installed, { published: ['check-rules v3'] })
  const rules = await publishedCheckRules(to.db)
  assert.ok(!isRefusal(rules))
  assert.equal(rules.rules.currency, 'USD')
  await other.close()
})

test('check rules are told as published now, and as any version was', async () => {
  const first = await publishedCheckRules(context.db)
  assert.ok(!isRefusal(first))
  const document = { ...standard('check-rules'), graceDays: 7 }
  const draft = await draftPolicy(context, { kind: 'check-rules', document })
  assert.ok(!isRefusal(draft) && !isRefusal(await publishPolicy(context, draft.id)))
  const second = await publishedCheckRules(context.db)
  assert.ok(!isRefusal(second))
  assert.deepEqual([second.versionId, second.rules.graceDays], [draft.id, 7])
  assert.equal((await checkRulesOfVersion(context.db, first.versionId)).graceDays, 3)
})

test('publishing retires the version before, and rolling back publishes it again', async () => {
  const first = await findPublished(context.db, 'limit-policy')
  const id = await draft({ ...standard('limit-policy'), roundTo: 5000 })
  assert.ok(!isRefusal(await publishPolicy(context, id)))
  assert.equal((await findVersion(context.db, first?.id ?? ''))?.state, 'retired')
  const policies = await publishedLimitPolicy(context.db)
  assert.ok(!isRefusal(policies))
  assert.equal(policies.policy.stepMinor, 500_000n)
  assert.ok(!isRefusal(await publishPolicy(context, first?.id ?? '')))
  assert.equal((await findPublished(context.db, 'limit-policy'))?.id, first?.id)
})

test('a kind has one draft: the next one takes its place', async () => {
  await draft({ ...standard('limit-policy'), roundTo: 2000 })
  await draft({ ...standard('limit-policy'), roundTo: 5000 })
  const drafts = (await listVersions(context.db, 'limit-policy')).filter((v) => v.state === 'draft')
  assert.equal(drafts.length, 1)
})

test('two people who publish at once leave one version published', async () => {
  const id = await draft({ ...standard('limit-policy'), roundTo: 10_000 })
  const answers = await Promise.all([publishPolicy(context, id), publishPolicy(context, id)])
  assert.equal(answers.filter((answer) => isRefusal(answer)).length, 1)
  const published = (await listVersions(context.db, 'limit-policy')).filter(
    (v) => v.state === 'published',
  )
  assert.deepEqual(
    published.map((v) => v.id),
    [id],
  )
})

test('a pack can be installed with its amounts in another currency', async () => {
  const answer = await installPack(context, 'standard', { onlyMissing: false, currency: 'USD' })
  assert.ok(!isRefusal(answer))
  const policies = await publishedLimitPolicy(context.db)
  assert.ok(!isRefusal(policies))
  assert.equal(policies.policy.currency, 'USD')
})

test('an accountant may read policies but not write them', async () => {
  const document = standard('limit-policy')
  const answer = await draftPolicy(database.context('accountant'), {
    kind: 'limit-policy',
    document,
  })
  assert.ok(isRefusal(answer) && answer.refused.kind === 'forbidden')
})
