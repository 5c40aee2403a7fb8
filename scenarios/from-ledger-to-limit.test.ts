import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sealEverything } from '#server/audit/testing.ts'
import { verifyAudit } from '#server/audit/verify-audit.ts'
import { replayDecisions } from '#server/scoring/replay-decisions.ts'
import { openTestServer, type Reply, type TestServer } from '#server/testing-http.ts'

// A trader brings its ledger on a Monday. The cast: 华东 pays on time, 恒通 pays late, 新锐 is new.
// Everything goes through the public API, as an integrator or a browser would.

const ledger = `应收明细表
单位:元
客户编码,客户名称,统一社会信用代码,发票号码,开票日期,到期日,价税合计,结清日期
HD,华东液压机械有限公司,91330100799655058B,FP-001,2025-09-01,2025-10-01,"120,000.00",2025-09-28
HD,华东液压机械有限公司,91330100799655058B,FP-002,2025-12-01,2025-12-31,"130,000.00",2025-12-30
HD,华东液压机械有限公司,91330100799655058B,FP-003,2026-03-01,2026-03-31,"125,000.00",2026-03-30
HD,华东液压机械有限公司,91330100799655058B,FP-004,2026-10-20,2026-11-30,"140,000.00",
HT,恒通贸易有限公司,,FP-101,2025-09-01,2025-10-01,"80,000.00",2025-12-20
HT,恒通贸易有限公司,,FP-102,2025-12-01,2025-12-31,"90,000.00",2026-04-15
HT,恒通贸易有限公司,,FP-103,2026-05-01,2026-05-31,"95,000.00",
HT,恒通贸易有限公司,,FP-104,2026-06-01,2026-05-01,"10,000.00",
XR,新锐电子有限公司,,FP-201,2026-11-01,2026-12-01,"20,000.00",
合计,,,,,,"810,000.00",
`

let server: TestServer

before(async () => {
  server = await openTestServer()
})

after(() => server.close())

async function get(url: string, role: 'credit-manager' | 'accountant' = 'credit-manager') {
  const reply = await server.send({ method: 'GET', url, headers: server.as[role] })
  assert.equal(reply.status, 200, reply.text)
  return reply.json
}

async function post(url: string, body: unknown, role: 'credit-manager' | 'accountant') {
  return server.send({ method: 'POST', url, body, headers: server.as[role] })
}

async function partyIdOf(code: string): Promise<string> {
  const { items } = (await get(`/api/parties?text=${code}`)) as { items: { id: string }[] }
  assert.equal(items.length, 1, code)
  return items[0]?.id ?? ''
}

async function rate(code: string) {
  const id = await partyIdOf(code)
  const done = await post(`/api/parties/${id}/ratings`, undefined, 'credit-manager')
  assert.equal(done.status, 200, done.text)
  const ratings = (await get(`/api/parties/${id}/ratings`)) as {
    items: { grade: string; score: string; explanation: { zh: string }[] }[]
  }
  const limits = (await get(`/api/parties/${id}/limits`)) as {
    items: { amount: string; terms: string }[]
  }
  return { rating: ratings.items[0], limit: limits.items[0] }
}

let batchId = ''
let scoreOfLatePayer = 0

test('Monday 9:00: the ledger is uploaded; one row of ten is wrong and named', async () => {
  const file = { name: '应收明细.csv', text: ledger, fields: { kind: 'invoices' } }
  const request = { method: 'POST', url: '/api/imports', file, headers: server.as.accountant }
  const reply = await server.send(request)
  assert.equal(reply.status, 200, reply.text)
  batchId = String(
    (reply.json as { id?: string; batch?: { id: string } }).batch?.id ?? reply.json.id,
  )
  const checked = JSON.stringify(await get(`/api/imports/${batchId}`, 'accountant'))
  assert.match(checked, /FP-104/)
  assert.match(checked, /2026-05-01/)
})

test('Monday 9:05: the good rows are taken, the bad one waits in the error file', async () => {
  const refused = await post(`/api/imports/${batchId}/apply`, { onlyGood: false }, 'accountant')
  assert.equal(refused.status, 409, refused.text)
  const taken = await post(`/api/imports/${batchId}/apply`, { onlyGood: true }, 'accountant')
  assert.equal(taken.status, 200, taken.text)
  const url = `/api/imports/${batchId}/errors`
  const errors: Reply = await server.send({ method: 'GET', url, headers: server.as.accountant })
  assert.match(errors.text, /FP-104/)
  assert.doesNotMatch(errors.text, /FP-103/)
})

test('Monday 9:10: ageing shows who owes what since when, and sums to the balance', async () => {
  const ageing = (await get('/api/ageing?asOf=2026-11-24', 'accountant')) as {
    totals: { balance: string; notDue: string; buckets: string[]; unappliedCredits: string }[]
  }
  const [total] = ageing.totals
  assert.equal(total?.balance, '255000.00')
  assert.equal(total?.notDue, '160000.00')
  assert.equal(
    total?.buckets.find((amount) => amount === '95000.00'),
    '95000.00',
  )
})

test('Monday 9:20: the good payer gets more credit and longer terms than the late one', async () => {
  const good = await rate('HD')
  const late = await rate('HT')
  const fresh = await rate('XR')
  assert.ok(['AAA', 'AA', 'A'].includes(good.rating?.grade ?? ''), good.rating?.grade)
  assert.ok(['CCC', 'CC', 'C', 'D'].includes(late.rating?.grade ?? ''), late.rating?.grade)
  assert.ok(Number(good.limit?.amount) > Number(late.limit?.amount))
  assert.equal(late.limit?.terms === 'prepaid' || late.limit?.terms === 'net-15', true)
  assert.ok(Number(fresh.limit?.amount) <= 50_000, 'a new customer starts small')
  assert.match(late.rating?.explanation.map(({ zh }) => zh).join('\n') ?? '', /逾期/)
  scoreOfLatePayer = Number(late.rating?.score)
})

test('Tuesday: the late payer pays; nothing is open and the rating rises a little', async () => {
  const receipt = {
    party: 'HT',
    currency: 'CNY',
    amount: '95000.00',
    receivedOn: '2026-11-24',
  }
  const paid = await post('/api/receipts', receipt, 'accountant')
  assert.equal(paid.status, 200, paid.text)
  const again = await rate('HT')
  assert.ok(Number(again.rating?.score) > scoreOfLatePayer)
})

test('Wednesday: the auditor replays every decision and verifies the trail', async () => {
  const { db } = server.database
  const replay = await replayDecisions(db, async () => {})
  assert.deepEqual(replay.differences, [])
  assert.equal(replay.replayed, 8)
  await sealEverything(db)
  const proof = await verifyAudit(db)
  assert.deepEqual(proof.findings, [])
  assert.equal(proof.unsealedEntries, 0)
})
