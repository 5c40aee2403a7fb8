import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { policyEffect, tellOfEffect } from '#server/lab/policy-effect.ts'
import { submitWithImpact } from '#server/lab/submit-with-impact.ts'
import { takeExample } from '#server/lab/take-example.ts'
import type { tryPolicy } from '#server/lab/try-policy.ts'
import { createParty } from '#server/party/create-party.ts'
import type { Context } from '#server/platform/run-command.ts'
import { approvePolicy, rejectPolicy } from '#server/policy/approve-policy.ts'
import { changesOf } from '#server/policy/changes-of.ts'
import { draftPolicy } from '#server/policy/draft-policy.ts'
import { dropExample } from '#server/policy/examples.ts'
import { publishDue, publishPolicy } from '#server/policy/publish-policy.ts'
import { submitPolicy, withdrawPolicy } from '#server/policy/submit-policy.ts'
import { findOpenChange, findPublished, findVersion } from '#server/policy/version.store.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'
import { createPerson } from '#server/user/create-person.ts'

let database: TestDatabase
let author: Context
let approver: Context

before(async () => {
  database = await openTestDatabase()
  author = await person('wang')
  approver = await person('li')
})

after(() => database.close())

async function person(login: string): Promise<Context> {
  const admin = database.context('admin')
  const made = await createPerson(
    { ...admin, actor: { ...admin.actor, kind: 'operator' } },
    { login, name: login, roles: ['credit-manager'], password: 'long enough a password' },
  )
  assert.ok(!isRefusal(made), JSON.stringify(made))
  const context = database.context('credit-manager')
  return { ...context, actor: { ...context.actor, id: made.id, name: login } }
}

const standard = (file: string) =>
  parse(readFileSync(`${import.meta.dirname}/../packs/standard/${file}.yaml`, 'utf8'))

function limitPolicy(untilInvoices: number) {
  const document = standard('limit-policy')
  return { ...document, newCustomer: { ...document.newCustomer, untilInvoices } }
}

async function drafted(document: unknown, more: object = {}): Promise<string> {
  const made = await draftPolicy(author, { kind: 'limit-policy', document, ...more })
  return done(made).id
}

function done<Value>(answer: Value | Refusal): Value {
  assert.ok(!isRefusal(answer), isRefusal(answer) ? answer.refused.detail : '')
  return answer as Value
}

function refused(answer: unknown, kind: string, detail: RegExp): void {
  assert.ok(isRefusal(answer as never), JSON.stringify(answer))
  const { refused: problem } = answer as Refusal
  assert.equal(problem.kind, kind)
  assert.match(problem.detail, detail)
}

async function notices(): Promise<string[]> {
  const rows = await database.db.rows(sql<{ told: string }>`
    select p.login || ': ' || n.kind as told from notice.notice n
    join "user".person p on p.id = n.person_id order by n.id`)
  return rows.map(({ told }) => told)
}

const state = async (id: string) => (await findVersion(database.db, id))?.state

test('a change is submitted, approved by another person and counts; its author cannot approve', async () => {
  const first = await findPublished(author.db, 'limit-policy')
  const id = await drafted(limitPolicy(5))
  refused(await publishPolicy(author, id), 'wrong-state', /Submit it for approval first/)
  refused(
    await approvePolicy(approver, id, {}),
    'wrong-state',
    /is draft: only one that is submitted/,
  )
  assert.equal(done(await submitPolicy(author, id, null)).state, 'submitted')
  refused(await approvePolicy(author, id, {}), 'forbidden', /another person must/)
  refused(
    await draftPolicy(author, { kind: 'limit-policy', document: limitPolicy(7) }),
    'wrong-state',
    /Version 2 is submitted/,
  )
  const changes = done(await changesOf(author.db, id, null))
  assert.deepEqual(changes.items, [
    {
      path: 'newCustomer.untilInvoices',
      zh: '新客户 · 满多少张发票前算新客户 3 → 5',
      en: 'new customers, new until so many invoices 3 → 5',
    },
  ])
  const approved = done(await approvePolicy(approver, id, { note: 'fine' }))
  assert.deepEqual(
    [approved.state, approved.submittedBy, approved.approvedBy, approved.publishedBy],
    ['published', 'wang', 'li', 'li'],
  )
  assert.deepEqual(await notices(), [
    ...['wang: policy.submitted', 'li: policy.submitted'],
    ...['wang: policy.published', 'li: policy.published', 'wang: policy.approved'],
  ])
  const back = done(await publishPolicy(author, first?.id ?? '', 'rounding was too rough'))
  assert.deepEqual([back.state, back.publicationNote], ['published', 'rounding was too rough'])
  assert.equal(await state(id), 'retired')
})

test('a rejected change is a draft again with the reason, and so is one that is taken back', async () => {
  const id = await drafted(limitPolicy(6))
  done(await submitPolicy(author, id, null))
  const sent = done(await rejectPolicy(approver, id, 'why not 5000?'))
  assert.deepEqual([sent.state, sent.rejection, sent.rejectedBy], ['draft', 'why not 5000?', 'li'])
  done(await submitPolicy(author, id, null))
  assert.equal((await findVersion(author.db, id))?.rejection, null)
  assert.equal(done(await withdrawPolicy(author, id)).state, 'draft')
  refused(await withdrawPolicy(author, id), 'wrong-state', /nothing to take back/)
})

test('a draft that somebody else has written meanwhile is not written over', async () => {
  const open = await findOpenChange(author.db, 'limit-policy')
  const replaces = open?.hash ?? null
  await drafted(limitPolicy(2), { replaces })
  const late = { kind: 'limit-policy' as const, document: limitPolicy(12), replaces }
  refused(await draftPolicy(approver, late), 'conflict', /wang has written another draft/)
  const none = { ...late, replaces: null }
  refused(await draftPolicy(approver, none), 'conflict', /wang has written another draft/)
})

test('an approved change waits for its moment, and is checked again when it comes', async () => {
  const id = await drafted(limitPolicy(4))
  done(await submitPolicy(author, id, null))
  const publishAt = '2099-01-01T00:00:00Z'
  const waiting = done(await approvePolicy(approver, id, { publishAt }))
  assert.deepEqual([waiting.state, waiting.publishAt], ['approved', publishAt])
  const system = database.context('admin')
  assert.deepEqual(await publishDue(system, id), { kind: 'not-due' })
  const queued = await database.db.row(sql<{ at: string }>`
    select to_char(run_at, 'YYYY') as at from graphile_worker.jobs
    where task_identifier = 'policy_publish'`)
  assert.equal(queued?.at, '2099')
  await due(id)
  assert.deepEqual(await publishDue(system, id), { kind: 'published' })
  assert.equal(await state(id), 'published')
})

/** Its moment was an hour ago. */
async function due(id: string): Promise<void> {
  await database.withoutTriggers(sql`
    update policy.version set publish_at = now() - interval '1 hour' where id = ${id}`)
}

test('two people who approve at once publish once', async () => {
  const id = await drafted(limitPolicy(8))
  done(await submitPolicy(author, id, null))
  const answers = await Promise.all([
    approvePolicy(approver, id, {}),
    approvePolicy(approver, id, {}),
  ])
  assert.equal(answers.filter((answer) => isRefusal(answer)).length, 1)
  assert.equal(await state(id), 'published')
})

test('examples are the tests of a policy: none is submitted that fails one', async () => {
  const party = done(await createParty(author, { name: '示例机械有限公司', roles: ['customer'] }))
  done(
    await rateParties(
      author,
      { partyIds: [party.id], indicators: 'fresh', limits: true },
      async () => {},
    ),
  )
  const kept = done(
    await takeExample(author, { kind: 'limit-policy', name: '新客户', party: party.id }),
  )
  assert.ok('amount' in kept.expected)
  refused(
    await takeExample(author, { kind: 'limit-policy', name: '新客户', party: party.id }),
    'already-exists',
    /there is an example/,
  )
  const document = limitPolicy(3)
  for (const grade of Object.keys(document.newCustomer.amounts)) {
    document.newCustomer.amounts[grade] = 0
  }
  const id = await drafted(document)
  refused(
    await submitWithImpact(author, id),
    'policy-has-problems',
    /^example "新客户": limit .* is expected, the policy says limit 0\.00/,
  )
  done(await dropExample(author, kept.id))
  assert.equal(done(await submitWithImpact(author, id)).state, 'submitted')
  const impact = (await findVersion(author.db, id)) && (await storedImpact(id))
  assert.deepEqual(
    [impact?.customers, impact?.changed, impact?.limits[0]?.lowered.customers],
    [1, 1, 1],
  )
})

test('what a version does is measured against what was expected of it', async () => {
  const change = await findOpenChange(author.db, 'limit-policy')
  assert.ok(change)
  refused(await policyEffect(author, change.id), 'wrong-state', /only one that counts/)
  assert.equal(done(await approvePolicy(approver, change.id, {})).state, 'published')
  const effect = done(await policyEffect(author, change.id))
  const { forecast, measured, since } = effect
  assert.deepEqual(measured, forecast)
  assert.deepEqual([measured.changed, measured.limits[0]?.lowered.customers], [1, 1])
  // Nobody was rated anew yet: in fact nothing changed.
  assert.deepEqual([since.upgraded, since.downgraded], [0, 0])
  const queued = await database.db.row(sql<{ days: number }>`
    select round(extract(epoch from run_at - now()) / 86400)::int as days
    from graphile_worker.jobs where task_identifier = 'policy_effect'
    order by id desc limit 1`)
  assert.equal(queued?.days, 30)
  assert.deepEqual(await tellOfEffect(author, change.id), { kind: 'told' })
  const told = await database.db.row(sql<{ body: string }>`
    select body_zh as body from notice.notice where kind = 'policy.measured' limit 1`)
  assert.equal(told?.body, '预计改变 1 个客户，现在是 1 个。')
  assert.deepEqual(await tellOfEffect(author, '01900000-0000-7000-8000-000000000000'), {
    kind: 'over',
  })
})

test('the eve of a version is the day before the one on which it came to count at the company', async () => {
  const current = await findPublished(author.db, 'limit-policy')
  assert.ok(current)
  // One in the morning of the 27th in Shanghai.
  await database.withoutTriggers(sql`
    update policy.version set published_at = '2026-11-26T17:00:00Z' where id = ${current.id}`)
  assert.equal(done(await policyEffect(author, current.id)).since.on, '2026-11-26')
})

async function storedImpact(id: string) {
  const row = await database.db.row(sql<{ impact: Awaited<ReturnType<typeof tryPolicy>> }>`
    select impact from policy.version where id = ${id}`)
  return row?.impact as Exclude<Awaited<ReturnType<typeof tryPolicy>>, Refusal> | undefined
}

test('where nobody else could approve, the author may', async () => {
  const other = await openTestDatabase()
  const alone = other.context('credit-manager')
  const made = done(await draftPolicy(alone, { kind: 'limit-policy', document: limitPolicy(9) }))
  done(await submitPolicy(alone, made.id, null))
  assert.equal(done(await approvePolicy(alone, made.id, {})).state, 'published')
  await other.close()
})
