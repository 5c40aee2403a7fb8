import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ModelResult, ShownModel } from '#contract/model.ts'
import type { TrainingTable } from '#contract/training-table.ts'
import { openStream, unit } from '#kernel/random/random.ts'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let at: CreditStories
before(async () => {
  at = await openCreditStories('2026-11-24')
})
after(() => at.close())

/** Customers of whom those who pay late go bad more often; one column is written afterwards. */
function table(rows: number): string {
  const stream = openStream('uploaded', rows)
  const lines = Array.from({ length: rows }, (_, row) => {
    const days = Math.floor(unit(stream) * 90)
    const isBad = unit(stream) < 0.05 + days / 150
    const region = unit(stream) < 0.5 ? '华东' : '华北'
    const known = unit(stream) < 0.8 ? String(Math.floor(unit(stream) * 100)) : 'NA'
    return [`C${row}`, days, region, known, isBad ? 'x' : '', isBad ? '坏' : '好'].join(',')
  })
  return ['客户,逾期天数,地区,无关,法务介入,结果', ...lines].join('\n')
}

async function upload(content: string, name = '样本.csv') {
  return at.server.send({
    ...{ method: 'POST', url: '/api/model-tables', file: { name, text: content } },
    headers: at.server.as.admin,
  })
}

async function trained(body: object): Promise<ShownModel> {
  const { jobId } = await at.post('/api/models', body)
  await at.settled()
  return (await at.get(`/api/models/${jobId}`)) as unknown as ShownModel
}

test('a table is looked at, trained on, and judged like a ledger', async () => {
  const reply = await upload(table(1_200))
  assert.equal(reply.status, 200, reply.text)
  const uploaded = reply.json as unknown as TrainingTable
  assert.equal(uploaded.rows, 1_200)
  assert.deepEqual(
    uploaded.columns.map(({ kind, name }) => [name, kind]),
    [
      ['客户', 'other'],
      ['逾期天数', 'number'],
      ['地区', 'words'],
      ['无关', 'number'],
      ['法务介入', 'words'],
      ['结果', 'words'],
    ],
  )
  assert.ok((uploaded.columns[3]?.missing ?? 0) > 100)
  const model = await trained({ table: { id: uploaded.id, label: '结果', bad: '坏' } })
  assert.equal(model.state, 'done', model.message ?? '')
  assert.equal(model.table, '样本.csv')
  const result = model.result as ModelResult
  assert.deepEqual([result.cases, result.draft], [1_200, null])
  assert.ok((result.inSample?.quality?.auc.value ?? 0) > 0.65)
  const [strongest] = result.characteristics
  assert.equal(strongest?.id, '逾期天数')
  assert.ok(result.leaks.some(({ id, isLeftOut }) => id === '法务介入' && isLeftOut))
  assert.match(result.notDrafted?.zh ?? '', /不是系统里的指标/)
  const { items } = await at.get('/api/models')
  assert.equal((items as { table: string }[])[0]?.table, '样本.csv')
  await at.refused('wrong-state', /no indicators/, 'POST', `/api/models/${model.id}/drafts`, {})
  const paired = await trained({
    table: { id: uploaded.id, label: '结果', bad: '坏', pairs: true },
  })
  assert.equal(paired.state, 'done', paired.message ?? '')
  const bins = strongest?.parts.length ?? 0
  const merged = await trained({
    table: { id: uploaded.id, label: '结果', bad: '坏' },
    merges: [{ id: '逾期天数', bin: 0 }],
  })
  const again = merged.result?.characteristics.find(({ id }) => id === '逾期天数')
  assert.equal(again?.parts.length, bins - 1)
})

test('what no model can be made of is refused in words', async () => {
  for (const [content, told] of [
    ['a,b\n1,2\n', /at least 50/],
    ['a,a\n1,2\n', /"a" is there twice/],
    ['', /./],
    ['PK\u0003\u0004 nonsense', /./],
  ] as const) {
    const reply = await upload(content)
    assert.ok(reply.status >= 400 && reply.status < 500, `${reply.status} ${reply.text}`)
    assert.match(String(reply.json.detail), told)
  }
  const uploaded = (await upload(table(100))).json as unknown as TrainingTable
  const asked = { id: uploaded.id, label: '结果', bad: '坏' }
  const nobody = '00000000-0000-7000-8000-000000000000'
  await at.refused('not-found', /no such table/, 'POST', '/api/models', {
    table: { ...asked, id: nobody },
  })
  await at.refused('invalid-input', /no column "没有"/, 'POST', '/api/models', {
    table: { ...asked, label: '没有' },
  })
  const failed = await trained({ table: { ...asked, bad: '很坏' } })
  assert.equal(failed.state, 'failed')
  assert.match(failed.message ?? '', /0 of 100 rows/)
})
