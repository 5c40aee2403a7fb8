import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openTestServer } from '#server/testing-http.ts'
let server
before(async () => { server = await openTestServer() })
after(() => server.close())
const send = (role, method, url, body) => server.send({ method, url, body, headers: server.as[role] })
test('storm', async () => {
  const w = server.world
  const partyId = await w.newParty()
  await w.call('POST', `/api/parties/${partyId}/credit-accounts`, { level: 'segment', segment: '备件' })
  const { items } = await w.call('GET', `/api/parties/${partyId}/credit-accounts`)
  const own = items.find((x) => x.level === 'party')
  await w.call('PUT', `/api/credit-accounts/${partyId}/${own.id}/limit`, { limit: '1000.00', currency: 'CNY', toOn: w.dayFromToday(90), reason: 'x' })
  await w.call('POST', '/api/invoices', { party: partyId, number: 'I1', currency: 'CNY', amount: '1000.00', issuedOn: w.dayFromToday(-1), terms: 'net-30' })
  const held = []
  for (let i = 0; i < 40; i++) {
    const made = await w.call('POST', '/api/orders', { party: partyId, number: w.unique('S'), currency: 'CNY', lines: [{ item: 'x', quantity: '1', unitPrice: '100.00' }] })
    const c = await w.call('POST', `/api/orders/${made.order.id}/confirm`)
    assert.ok(c.check.holdId, JSON.stringify(c.check))
    held.push({ id: made.order.id, hold: c.check.holdId })
  }
  const t0 = performance.now()
  const jobs = []
  const push = (name, p) => jobs.push(p.then((r) => [name, r.status, r.status >= 300 ? r.text : '']))
  for (const [i, h] of held.entries()) {
    const u = `/api/holds/${partyId}/${h.hold}`
    if (i % 4 === 0) { push('release', send('credit-manager', 'POST', `${u}/release`, { reason: 'r' })); push('release', send('credit-manager', 'POST', `${u}/release`, { reason: 'r' })) }
    if (i % 4 === 1) { push('cancel', send('sales', 'POST', `/api/orders/${h.id}/cancel`, { reason: 'c' })); push('release', send('credit-manager', 'POST', `${u}/release`, { reason: 'r' })) }
    if (i % 4 === 2) { push('amend', send('sales', 'PUT', `/api/orders/${h.id}`, { note: 'n' })); push('reject', send('credit-manager', 'POST', `${u}/reject`, { reason: 'r' })) }
    if (i % 4 === 3) { push('receipt', send('accountant', 'POST', '/api/receipts', { party: partyId, currency: 'CNY', amount: '60.00' })); push('part', send('credit-manager', 'POST', `${u}/release`, { reason: 'r', amount: '50.00' })) }
  }
  const all = await Promise.all(jobs)
  console.log('ms', performance.now() - t0)
  const tally = {}
  for (const [n, s, t] of all) { const k = `${n} ${s}`; tally[k] = (tally[k] ?? 0) + 1; if (s >= 500) console.log(n, s, t) }
  console.log(tally)
  for (let i = 0; i < 200; i++) {
    const left = await server.database.db.pool.query("select count(*)::int n from graphile_worker.jobs where task_identifier = 'check_recheck'")
    if (left.rows[0].n === 0) break
    await sleep(100)
  }
  const counts = await server.database.db.pool.query(`select (select sum(open_holds)::int from exposure.balance where account_id = $1) n, (select count(*)::int from "check".hold where state in ('open','asked')) m`, [own.id])
  console.log(counts.rows[0])
  const states = await server.database.db.pool.query(`select h.state hold, o.state "order", count(*)::int from "check".hold h join "order".sales_order o on o.id = h.document_id group by 1, 2 order by 1,2`)
  console.table(states.rows)
  const errs = await server.database.db.pool.query("select task_identifier, last_error, attempts from graphile_worker.jobs where last_error is not null")
  console.log(errs.rows)
  assert.equal(counts.rows[0].n, counts.rows[0].m)
})
