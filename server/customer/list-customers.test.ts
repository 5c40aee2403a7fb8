import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import {
  type CustomerChoices,
  type CustomerPage,
  type CustomerSort,
  customerColumns,
} from '#contract/customer.ts'
import { followAllChanges } from '#server/customer/follow-changes.ts'
import { verifyLines } from '#server/customer/verify-lines.ts'
import { type CreditStories, openCreditStories } from '#server/testing-credit.ts'

let at: CreditStories
before(async () => {
  at = await openCreditStories('2026-11-24')
})
after(() => at.close())

async function list(query: string): Promise<CustomerPage> {
  const reply = await at.send('GET', `/api/customers?${query}`)
  assert.equal(reply.status, 200, reply.text)
  return reply.json as unknown as CustomerPage
}

const codes = (page: CustomerPage) => page.items.map(({ code }) => code)

/** Nothing of a line is believed: once the jobs are done, it is reckoned again from all rooms. */
async function prove(today = '2026-11-24'): Promise<void> {
  await at.settled()
  const context = { ...at.server.database.context('admin'), today: today as never }
  await followAllChanges(context)
  assert.deepEqual((await verifyLines(context)).differences, [])
}

function invoice(party: string, number: string, amount: string, dueOn: string, currency = 'CNY') {
  const issuedOn = dueOn < '2026-11-01' ? dueOn : '2026-11-01'
  return at.post('/api/invoices', { party, number, currency, amount, issuedOn, dueOn })
}

test('a line says what the rooms know of a customer as soon as they know it', async () => {
  const pump = await at.customer('100000.00', { code: 'L-1', region: '华中', salesperson: '王敏' })
  await invoice('L-1', 'L-1-1', '30000.00', '2026-10-24')
  await invoice('L-1', 'L-1-2', '20000.00', '2026-12-24')
  const [line] = (await list('text=L-1')).items
  assert.deepEqual(
    { ...line, name: '', reckonedAt: '' },
    {
      partyId: pump.id,
      ...{ code: 'L-1', name: '', shortName: null, roles: ['customer'], industry: null },
      ...{ region: '华中', department: null, salesperson: '王敏', closedOn: null },
      ...{ grade: null, score: null, ratedOn: null, status: 'open', openHolds: 0 },
      ...{ currency: 'CNY', limit: '100000.00', limitToOn: '2027-12-31', limitExpired: false },
      ...{ exposure: '50000.00', available: '50000.00', utilisation: '50.00' },
      ...{ open: '50000.00', overdue: '30000.00', daysOverdue: 31, reckonedAt: '' },
    },
  )
  await at.post('/api/receipts', { party: 'L-1', currency: 'CNY', amount: '30000.00' })
  const [paid] = (await list('text=L-1')).items
  assert.deepEqual([paid?.open, paid?.overdue, paid?.daysOverdue], ['20000.00', '0.00', 0])
  assert.deepEqual([paid?.exposure, paid?.utilisation], ['20000.00', '20.00'])
  await prove()
})

test('a line is the ageing, the account and the holds of the day, in plain SQL too', async () => {
  const { db } = at.server.database
  await at.customer('1000.00', { code: 'S-1' })
  await invoice('S-1', 'S-1-1', '900.00', '2026-11-02')
  const order = {
    party: 'S-1',
    currency: 'CNY',
    lines: [{ item: 'A', quantity: '1', unitPrice: '500' }],
  }
  const made = (await at.post('/api/orders', order)) as { order: { id: string } }
  await at.post(`/api/orders/${made.order.id}/confirm`, {})
  const [line] = (await list('text=S-1')).items
  assert.equal(line?.openHolds, 1)
  const sums = await db.row(sql<Record<string, unknown>>`
    select (select sum(open_minor) from receivable.invoice i where i.party_id = l.party_id)::bigint
        as open,
      (select sum(invoiced_minor + order_minor) from exposure.balance b
        where b.party_id = l.party_id)::bigint as exposure,
      l.open_minor, l.exposure_minor
    from customer.line l where l.code = 'S-1'`)
  assert.equal(sums?.open, sums?.open_minor)
  assert.equal(sums?.exposure, sums?.exposure_minor)
})

test('filters leave what they say, and the totals are those of what they leave', async () => {
  const of = { region: '华东', industry: '泵阀' }
  for (const [code, limit, due, amount] of [
    ['F-1', '1000.00', '2026-11-20', '500.00'],
    ['F-2', '1000.00', '2026-09-01', '1500.00'],
    ['F-3', null, '2026-12-20', '70.00'],
    ['F-4', '8000.00', '2026-12-20', '40.00'],
  ] as const) {
    await at.customer(limit, { ...of, code, salesperson: code < 'F-3' ? '王敏' : '李雷' })
    await invoice(code, `${code}-1`, amount, due)
  }
  const [frozen] = (await list('text=F-4')).items
  const accounts = await at.get(`/api/parties/${frozen?.partyId}/credit-accounts`)
  const [account] = accounts.items as { id: string }[]
  const status = { status: 'frozen', reason: 'test' }
  await at.send('PUT', `/api/credit-accounts/${frozen?.partyId}/${account?.id}/status`, status)
  const cases: [query: string, codes: string[]][] = [
    ['', ['F-1', 'F-2', 'F-3', 'F-4']],
    ['salesperson=王敏', ['F-1', 'F-2']],
    ['overdue=true', ['F-1', 'F-2']],
    ['overdue=false', ['F-3', 'F-4']],
    ['daysOverdueOver=4', ['F-2']],
    ['daysOverdueOver=3', ['F-1', 'F-2']],
    ['utilisationOver=50', ['F-2']],
    ['utilisationOver=49', ['F-1', 'F-2']],
    ['limitIs=none', ['F-3']],
    ['limitIs=in-force', ['F-1', 'F-2', 'F-4']],
    ['limitIs=expired', []],
    ['grade=A', []],
    ['grade=A,none', ['F-1', 'F-2', 'F-3', 'F-4']],
    ['held=true', []],
    ['currency=USD', []],
    ['state=closed', []],
    ['role=supplier', []],
    ['sort=available', ['F-2', 'F-1', 'F-4', 'F-3']],
    ['sort=available&order=desc', ['F-4', 'F-1', 'F-2', 'F-3']],
    ['sort=daysOverdue&order=desc', ['F-2', 'F-1', 'F-4', 'F-3']],
  ]
  for (const [query, expected] of cases) {
    const page = await list(`region=华东&industry=泵阀&${query}`)
    if (query.startsWith('sort=daysOverdue')) {
      assert.deepEqual(codes(page).slice(0, 2), expected.slice(0, 2), query)
    } else assert.deepEqual(codes(page), expected, query)
    assert.equal(page.totals?.customers, expected.length, query)
  }
  const { totals } = await list('region=华东&industry=泵阀&overdue=true')
  assert.deepEqual(
    [totals?.currency, totals?.limit, totals?.exposure, totals?.available, totals?.overdue],
    ['CNY', '2000.00', '2000.00', '0.00', '2000.00'],
  )
  assert.deepEqual(codes(await list('region=华东&status=frozen,blocked')), ['F-4'])
})

test('pages in every order together are the whole list, each customer once', async () => {
  const all = new Set(codes(await list('limit=500&role=any')))
  for (const sort of customerColumns.filter((one): one is CustomerSort => one !== 'roles')) {
    for (const order of ['asc', 'desc']) {
      const met: string[] = []
      let page = await list(`role=any&sort=${sort}&order=${order}&limit=3`)
      for (;;) {
        met.push(...codes(page))
        if (page.next === null) break
        const after = encodeURIComponent(page.next)
        page = await list(
          `role=any&sort=${sort}&order=${order}&limit=3&totals=false&after=${after}`,
        )
      }
      assert.equal(met.length, all.size, `${sort} ${order}`)
      assert.deepEqual(new Set(met), all, `${sort} ${order}`)
    }
  }
})

test('amounts in another currency count in the base currency once its rate is known', async () => {
  const { id } = await at.customer(null, { code: 'C-1', currency: 'USD', region: '海外' })
  await invoice('C-1', 'C-1-1', '100.00', '2026-11-01', 'USD')
  const before = await list('region=海外')
  assert.equal(before.items[0]?.partyId, id)
  assert.deepEqual([before.items[0]?.open, before.totals?.withoutRate], ['100.00', 1])
  const rate = { from: 'USD', to: 'CNY', rateOn: '2026-11-20', rate: '7.1' }
  await at.post('/api/exchange-rates', { rates: [rate] })
  await prove()
  const { totals } = await list('region=海外')
  assert.deepEqual([totals?.open, totals?.overdue, totals?.withoutRate], ['710.00', '710.00', 0])
  assert.deepEqual(totals?.byCurrency[0]?.open, '100.00')
})

test('a merged duplicate counts to its survivor until the merge is undone', async () => {
  const survivor = await at.customer('500.00', { code: 'M-1', region: '合并' })
  const duplicate = await at.customer(null, { code: 'M-2', region: '合并' })
  await invoice('M-2', 'M-2-1', '80.00', '2026-11-01')
  const merge = { duplicateId: duplicate.id, reason: 'the same' }
  const merged = await at.post(`/api/parties/${survivor.id}/merges`, merge)
  const together = await list('region=合并')
  assert.deepEqual(
    together.items.map(({ code, open }) => [code, open]),
    [['M-1', '80.00']],
  )
  await prove()
  await at.send('DELETE', `/api/parties/${survivor.id}/merges/${String(merged.id)}`)
  const apart = await list('region=合并')
  assert.deepEqual(
    apart.items.map(({ code, open }) => [code, open]),
    [
      ['M-1', '0.00'],
      ['M-2', '80.00'],
    ],
  )
  await prove()
})

test('what falls due while nothing happens is overdue on the next day', async () => {
  await at.customer(null, { code: 'D-1', region: '跨日' })
  await invoice('D-1', 'D-1-1', '60.00', '2026-11-24')
  assert.equal((await list('region=跨日')).items[0]?.overdue, '0.00')
  await prove()
  at.turnTo('2026-11-25')
  await prove('2026-11-25')
  const [line] = (await list('region=跨日')).items
  assert.deepEqual([line?.overdue, line?.daysOverdue], ['60.00', 1])
  at.turnTo('2026-11-24')
})

test('after a crash of the database every line is reckoned anew', async () => {
  const { db } = at.server.database
  await db.pool.query('truncate platform.touched_party')
  await db.pool.query(`update customer.line set open_minor = 1 where code = 'F-1'`)
  await prove()
})

test('what is not understood is refused by its field', async () => {
  for (const [query, told] of [
    ['after=x', /after: give what the page before told/],
    ['status=closed', /status: "closed" is none of open, watch, blocked, frozen/],
    ['sort=roles', /sort/],
    ['group=x', /group/],
    [
      `sort=limit&after=${Buffer.from('["x","01900000-0000-7000-8000-000000000000"]').toString('base64url')}`,
      /after/,
    ],
  ] as const) {
    const reply = await at.send('GET', `/api/customers?${query}`)
    assert.equal(reply.status, 400, query)
    assert.match(String(reply.json.detail), told)
  }
})

test('filters are told what they can be set to, grades from the best', async () => {
  for (const region of ['选择乙', '选择甲', '选择甲']) await at.customer(null, { region })
  await list('region=选择甲')
  const reply = await at.send('GET', '/api/customer-choices')
  assert.equal(reply.status, 200, reply.text)
  const { grades, region } = reply.json as unknown as CustomerChoices
  assert.deepEqual(grades[0], { code: 'AAA', zh: '信用极好', en: 'Excellent' })
  assert.deepEqual(
    region.filter((one) => one.startsWith('选择')),
    ['选择乙', '选择甲'],
  )
})
