import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelList, ModelResult, NewModel, ShownModel } from '#contract/model.ts'
import { isRefusal } from '#contract/problem.ts'
import { loadDemo } from '#server/demo/public.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
let manager: Readonly<Record<string, string>>
before(async () => {
  server = await openTestServer()
  manager = server.as['credit-manager']
  const size = { seed: 'test', customers: 120, suppliers: 2, openOrders: false }
  const loaded = await loadDemo(server.database.context('admin'), size)
  assert.ok(!isRefusal(loaded), JSON.stringify(loaded))
})
after(() => server.close())

const asked: NewModel = { thresholdDays: 5, horizonDays: 120, months: 12 }

async function start(body: NewModel): Promise<string> {
  const reply = await server.send({ method: 'POST', url: '/api/models', body, headers: manager })
  assert.equal(reply.status, 200, reply.text)
  return String(reply.json.jobId)
}

async function shown(id: string): Promise<ShownModel> {
  const reply = await server.send({ method: 'GET', url: `/api/models/${id}`, headers: manager })
  assert.equal(reply.status, 200, reply.text)
  return reply.json as ShownModel
}

async function ended(id: string): Promise<ShownModel> {
  for (let waitedMs = 0; waitedMs < 60_000; waitedMs += 50) {
    const model = await shown(id)
    if (model.state !== 'waiting' && model.state !== 'running') return model
    await sleep(50)
  }
  return assert.fail('the training has not ended in a minute')
}

async function trained(body: NewModel): Promise<ModelResult & { readonly jobId: string }> {
  const jobId = await start(body)
  const { problem, result } = await ended(jobId)
  assert.ok(result, JSON.stringify(problem))
  return { ...result, jobId }
}

async function policyOf(id: string) {
  const reply = await server.send({ method: 'GET', url: `/api/policies/${id}`, headers: manager })
  assert.equal(reply.status, 200, reply.text)
  return reply.json as { kind: string; state: string; document: unknown; hash: string }
}

test('a training answers with a model card and a draft of the scorecard', async () => {
  const model = await trained(asked)
  assert.equal(model.kind, 'fitted')
  const sum = (of: 'cases' | 'bads') => model.months.reduce((all, each) => all + each[of], 0)
  assert.deepEqual([sum('cases'), sum('bads')], [model.cases, model.bads])
  const { inSample, outOfTime } = model
  assert.ok(inSample?.quality && outOfTime?.quality)
  for (const { low, value, high } of Object.values(inSample.quality)) {
    assert.ok(low < value && value < high, `${low} ${value} ${high}`)
  }
  assert.ok(inSample.quality.auc.low > 0.5 && inSample.calibration.length === 10)
  assert.ok(model.characteristics.length >= 1 && model.characteristics.length <= 12)
  for (const { id, iv, parts } of model.characteristics) {
    assert.ok(iv > 0 && parts.some(({ points }) => Number(points) > 0), id)
    assert.equal(
      parts.reduce((all, { bad, good }) => all + bad + good, 0),
      model.cases,
      id,
    )
  }
  const chances = model.grades.map(({ chance }) => chance)
  assert.deepEqual(
    chances,
    [...chances].sort((a, b) => a - b),
  )
  assert.ok(model.draft && model.notDrafted === null)
  const draft = await policyOf(model.draft.id)
  assert.deepEqual([draft.kind, draft.state], ['scorecard', 'draft'])
  assert.deepEqual(draft.document, model.document)
})

test('every indicator is a characteristic or left out with a reason, and none is both', async () => {
  const model = await trained({ ...asked, without: ['average_days_late'] })
  const used = model.characteristics.map(({ id }) => id)
  const out = model.leftOut.map(({ id }) => id)
  assert.deepEqual(
    used.filter((id) => out.includes(id)),
    [],
  )
  assert.equal(new Set(out).size, out.length)
  const reply = await server.send({ method: 'GET', url: '/api/indicators', headers: manager })
  const all = (reply.json.items as { id: string }[]).map(({ id }) => id)
  assert.deepEqual([...used, ...out].sort(), [...all].sort())
  const why = model.leftOut.find(({ id }) => id === 'average_days_late')?.why
  assert.equal(why, 'asked')
})

test('two bins are merged by hand, and what it costs is told', async () => {
  const before = await trained(asked)
  const of = before.characteristics.find(({ parts }) => parts.length >= 4) ?? assert.fail()
  const merges = [{ id: of.id, bin: 0 }]
  const after = await trained({ ...asked, merges })
  assert.deepEqual(after.byHand?.before, before.inSample?.quality)
  const [cost] = after.byHand?.characteristics ?? []
  assert.equal(cost?.id, of.id)
  assert.equal(cost?.ivBefore, of.iv)
  assert.ok(cost && cost.ivAfter <= cost.ivBefore)
  const merged = after.characteristics.find(({ id }) => id === of.id)
  if (merged) {
    const [first, second] = of.parts
    assert.equal(merged.parts.length, of.parts.length - 1)
    assert.equal(merged.parts[0]?.bad, (first?.bad ?? 0) + (second?.bad ?? 0))
  }
  assert.deepEqual((await shown(after.jobId)).asked.merges, merges)
  // The draft of the training before made way; it can be drafted again over the one that is read.
  assert.equal((await shown(before.jobId)).isDraftKept, false)
  assert.ok(after.draft)
  const redraft = (replaces: string | null) =>
    server.send({
      ...{ method: 'POST', url: `/api/models/${before.jobId}/drafts`, headers: manager },
      body: { replaces },
    })
  assert.equal((await redraft(null)).status, 409)
  const again = await redraft((await policyOf(after.draft.id)).hash)
  assert.equal(again.status, 200, again.text)
  assert.deepEqual((await policyOf(String(again.json.id))).document, before.document)
})

test('a draft that a person wrote is not replaced: the model says whose it is', async () => {
  const { items } = (await server.send({ method: 'GET', url: '/api/policies', headers: manager }))
    .json as { items: { id: string; kind: string; state: string; hash: string }[] }
  const card = (state: string) =>
    items.find((each) => each.kind === 'scorecard' && each.state === state)
  const { document } = await policyOf(card('published')?.id ?? assert.fail())
  const body = { kind: 'scorecard', document, replaces: card('draft')?.hash ?? null }
  const headers = server.as.admin
  const own = await server.send({ method: 'POST', url: '/api/policies', body, headers })
  assert.equal(own.status, 200, own.text)
  const model = await trained(asked)
  assert.equal(model.draft, null)
  assert.match(model.notDrafted?.en ?? '', /A draft of the scorecard by admin is there/)
  assert.equal((await policyOf(String(own.json.id))).state, 'draft')
})

test('with too few bad customers the card in force stays, and says so', async () => {
  const model = await trained({ ...asked, thresholdDays: 45, months: 6 })
  assert.equal(model.kind, 'expert-updated')
  assert.deepEqual([model.inSample, model.outOfTime, model.byHand], [null, null, null])
  assert.match(model.limits[0]?.zh ?? '', /坏客户只有 \d+ 个, 建模至少要 30 个/)
  assert.ok(model.characteristics.length > 10)
  for (const { id, label } of model.characteristics) assert.notEqual(label.zh, id)
})

test('what cannot be trained is refused before it is queued, naming field and remedy', async () => {
  const cases = [
    [
      { without: ['no_such_indicator'] },
      400,
      /without: .*no_such_indicator.*GET \/api\/indicators/,
    ],
    [{ merges: [{ id: 'nothing', bin: 0 }] }, 400, /merges: .*nothing/],
    [{ without: ['late_share_12m'], merges: [{ id: 'late_share_12m', bin: 0 }] }, 400, /without/],
    [{ months: 4, horizonDays: 180 }, 400, /months: .*at least \d+ months or a shorter horizon/],
    [{ thresholdDays: 0 }, 400, /thresholdDays/],
    [{ leaks: 'perhaps' }, 400, /leaks/],
  ] as const
  const before = await jobs()
  for (const [body, status, expected] of cases) {
    const reply = await server.send({ method: 'POST', url: '/api/models', body, headers: manager })
    assert.equal(reply.status, status, reply.text)
    assert.match(reply.text, expected)
  }
  assert.equal(await jobs(), before)
})

test('a bin that is not there is told by the job, in both languages', async () => {
  const { id } = (await trained(asked)).characteristics[0] ?? assert.fail()
  const model = await ended(await start({ ...asked, merges: [{ id, bin: 50 }] }))
  assert.equal(model.state, 'failed')
  assert.match(model.problem?.en ?? '', /no bin 50 to merge: of its \d+ bins of values, choose/)
  assert.match(model.problem?.zh ?? '', /没有可以与下一箱合并的第 51 箱/)
})

test('a training is stopped on request and stays in the list', async () => {
  const jobId = await start(asked)
  const url = `/api/jobs/${jobId}`
  const stopped = await server.send({ method: 'DELETE', url, headers: manager })
  assert.equal(stopped.status, 200, stopped.text)
  const model = await ended(jobId)
  assert.deepEqual([model.state, model.result], ['cancelled', null])
  const reply = await server.send({ method: 'GET', url: '/api/models', headers: manager })
  const { items } = reply.json as ModelList
  assert.equal(items[0]?.id, jobId)
  const fitted = items.filter(({ kind }) => kind === 'fitted')
  assert.ok(fitted.length >= 3 && fitted.every(({ auc }) => Number(auc) > 0.5))
})

async function jobs(): Promise<number> {
  const found = await server.database.db.pool.query('select count(*)::int as n from platform.job')
  return found.rows[0].n
}
