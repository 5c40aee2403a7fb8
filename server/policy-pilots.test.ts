import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { parse } from 'yaml'
import type { PilotList, RulePilot, TrialReadout } from '#contract/pilot.ts'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { groupOf } from '#kernel/document/trial.ts'
import { todayIn } from '#server/platform/today.ts'
import { rateParties } from '#server/scoring/rate-parties.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import { showLimits } from '#server/scoring/show-rating.ts'
import { type CreditStories, openCreditStories, said } from '#server/testing-credit.ts'

let at: CreditStories
const today = todayIn('Asia/Shanghai')
before(async () => {
  // Versions are published by the clock of the database, so the story happens today.
  at = await openCreditStories(today)
})
after(() => at.proveAndClose())

const standard = (kind: string) =>
  parse(readFileSync(`${import.meta.dirname}/../packs/standard/${kind}.yaml`, 'utf8'))

function done<Value>(answer: Value | Refusal): Value {
  assert.ok(!isRefusal(answer), isRefusal(answer) ? JSON.stringify(answer.refused) : '')
  return answer
}

const admin = () => ({ ...at.server.database.context('admin'), today })

async function published(kind: 'check-rules' | 'limit-policy', document: unknown): Promise<void> {
  await decided(String((await at.post('/api/policies', { kind, document }, 'credit-manager')).id))
}

/** A second person approves what another one submitted, and it counts at once. */
async function decided(id: string): Promise<void> {
  await at.post(`/api/policies/${id}/submission`, {}, 'credit-manager')
  await at.post(`/api/policies/${id}/approval`, {})
}

const tenDays = {
  ...{ id: 'overdue-10', kind: 'days-overdue', overDays: 10, minimumAmount: '100' },
  ...{ checkpoints: ['order', 'delivery'] },
}

function rulesWith(...more: readonly object[]) {
  const document = standard('check-rules')
  // What the standard rules say of overdue customers stays out of the story.
  const rules = document.rules.filter(({ id }: { id: string }) => !/^(overdue|no-)/.test(id))
  return { ...document, rules: [...rules, ...more] }
}

/** A customer with an invoice that is so many days overdue. */
async function late(code: string, days: number): Promise<void> {
  await at.customer('50000.00', { code })
  const invoice = { party: code, number: `${code}-1`, currency: 'CNY', amount: '900.00' }
  await at.post('/api/invoices', {
    ...{ ...invoice, issuedOn: addDays(today, -90), dueOn: addDays(today, -days) },
  })
}

const reserve = (party: string, document: string, amount = '1000.00') =>
  at.check({ party, document, amount, mode: 'reserve' })

const pilots = async () => (await at.get('/api/policy-pilots')) as unknown as PilotList
const pilotOf = async (rule: string) =>
  (await at.get(`/api/policy-pilots/${rule}`)) as unknown as RulePilot

test('a rule that is tried out lets pass, tells sales nothing, and tells who would be held', async () => {
  await late('P-1', 20)
  await late('P-2', 4)
  await published('check-rules', rulesWith({ ...tenDays, reaction: 'shadow' }))
  const passed = await reserve('P-1', 'P-1-A')
  assert.equal(said(passed), 'approved')
  assert.ok(!JSON.stringify(passed).includes('overdue-10'))
  assert.equal(said(await reserve('P-2', 'P-2-A')), 'approved')
  assert.equal(said(await reserve('P-1', 'P-1-B', '90000.00')), 'held by limit')
  // A question is no document.
  await at.check({ party: 'P-1', amount: '5.00' })
  const [rule, ...rest] = (await pilots()).rules.filter(({ reaction }) => reaction === 'shadow')
  assert.deepEqual(rest, [])
  assert.deepEqual(
    [rule?.rule, rule?.documents, rule?.customers, rule?.held, rule?.amount],
    ['overdue-10', 2, 1, 1, '1000.00'],
  )
  const shown = await pilotOf('overdue-10')
  const why = `逾期超过 10 天的合计 CNY 900.00, 最长 20 天 (${addDays(today, -20)} 到期)`
  assert.deepEqual(
    shown.latest.map(({ number, isHeld, sentence }) => [number, isHeld, sentence?.zh]),
    [
      ['P-1-B', true, why],
      ['P-1-A', false, why],
    ],
  )
  assert.deepEqual(
    shown.weeks.map(({ documents, held }) => [documents, held]),
    [[2, 1]],
  )
  assert.equal(shown.comparison.challengers, 1)
  assert.ok(shown.comparison.figures.every(({ verdict }) => verdict === 'too-few'))
})

test('a document that is asked about again counts once, as it was decided last', async () => {
  await reserve('P-1', 'P-1-B', '2000.00')
  const [rule] = (await pilots()).rules.filter(({ reaction }) => reaction === 'shadow')
  assert.deepEqual([rule?.documents, rule?.held, rule?.amount], [2, 0, '3000.00'])
})

test('what was recorded beside a decision is made again to the same bytes', async () => {
  const { differences, replayed } = await replayDecisions(at.server.database.db, async () => {})
  assert.ok(replayed >= 5)
  assert.deepEqual(differences, [])
})

test('the next step is a draft that waits for a second person, and then begins anew', async () => {
  const url = '/api/policy-pilots/overdue-10/drafts'
  await at.refused('not-found', /no such rule/, 'POST', url.replace('-10', '-x'), {
    reaction: 'warn',
  })
  await at.refused('wrong-state', /at "shadow" already/, 'POST', url, { reaction: 'shadow' })
  const draft = await at.post(url, { reaction: 'warn', replaces: null }, 'credit-manager')
  await at.refused('conflict', /another draft/, 'POST', url, { reaction: 'hold', replaces: null })
  assert.equal(said(await reserve('P-1', 'P-1-C')), 'approved')
  await decided(String(draft.id))
  assert.equal(said(await reserve('P-1', 'P-1-D')), 'warned by overdue-10')
  const warning = await pilotOf('overdue-10')
  assert.equal(warning.reaction, 'warn')
})

test('challengers of a trial are held, its champions are not, and the readout waits for its day', async () => {
  const trial = { name: '10 天', share: '50%', readOn: addDays(today, 90), group: 'challenger' }
  await published('check-rules', rulesWith({ ...tenDays, reaction: 'hold', trial }))
  const drawn: string[] = []
  const outcomes = new Map<boolean, Set<string>>([
    [true, new Set()],
    [false, new Set()],
  ])
  for (let number = 1; number <= 16; number += 1) {
    await late(`T-${number}`, 20)
    const reply = await reserve(`T-${number}`, `T-${number}-A`)
    const isDrawn = groupOf({ name: '10 天', shareBps: 5_000 }, reply.partyId) === 'challenger'
    outcomes.get(isDrawn)?.add(said(reply))
    if (isDrawn) drawn.push(reply.partyId)
  }
  assert.deepEqual(outcomes.get(true), new Set(['held by overdue-10']))
  assert.deepEqual(outcomes.get(false), new Set(['approved']))
  const [found] = (await pilots()).trials
  assert.deepEqual([found?.kind, found?.name, found?.share], ['check-rules', '10 天', '50%'])
  const url = `/api/policy-trials/check-rules/${encodeURIComponent('10 天')}`
  const readout = (await at.get(url)) as unknown as TrialReadout
  assert.equal(readout.isDue, false)
  const { challengers, champions, figures } = readout.comparison
  assert.equal(challengers + champions, 18)
  const held = figures.find(({ id }) => id === 'held')
  // Of the champions only the first customer was held, by another rule.
  assert.ok(Number(held?.champion) * champions <= 1.01)
  assert.ok(Number(held?.challenger) > 0.5)
  const heldAll = Number(held?.challenger) * challengers
  const [survivor, duplicate] = drawn
  await at.post(`/api/parties/${survivor}/merges`, { duplicateId: duplicate, reason: '重复' })
  const merged = ((await at.get(url)) as unknown as TrialReadout).comparison
  assert.equal(merged.challengers, challengers - 1)
  const after = merged.figures.find(({ id }) => id === 'held')
  assert.ok(
    Math.abs(Number(after?.challenger) * merged.challengers - heldAll) < 0.02,
    'none is lost',
  )
  await at.refused('not-found', /no such trial/, 'GET', url.replace('check-rules', 'scorecard'))
  await at.refused('not-found', /no such trial/, 'GET', url.replace('check-rules', 'x'))
})

test('challengers get the limit of their variant, and who is drawn is told on the file', async () => {
  const limits = standard('limit-policy')
  const half = Object.fromEntries(
    Object.entries(limits.newCustomer.amounts).map(([grade, amount]) => [
      grade,
      Number(amount) / 2,
    ]),
  )
  const trial = { name: '半额', share: '50%', readOn: addDays(today, 90), group: 'challenger' }
  const label = { zh: '半额试点', en: 'Half' }
  const newCustomer = { ...limits.newCustomer, amounts: half }
  await published('limit-policy', {
    ...limits,
    variants: [{ id: 'half', label, scope: {}, trial, newCustomer }],
  })
  done(await rateParties(admin(), { indicators: 'fresh', limits: true }, async () => {}))
  const { rows } = await at.server.database.db.pool.query(
    `select id from party.party where code like 'T-%' and merged_into_id is null`,
  )
  const seen = new Map<string, Set<string>>()
  for (const { id } of rows) {
    const [limit] = await showLimits(at.server.database.db, id, today)
    const group = groupOf({ name: '半额', shareBps: 5_000 }, id)
    assert.deepEqual(limit?.variant ?? null, group === 'challenger' ? label : null)
    seen.set(group, (seen.get(group) ?? new Set()).add(String(limit?.amount)))
  }
  assert.deepEqual([seen.get('challenger')?.size, seen.get('champion')?.size], [1, 1])
  const [mine, theirs] = ['challenger', 'champion'].map((group) => [...(seen.get(group) ?? [])][0])
  assert.equal(Number(mine) * 2, Number(theirs))
})
