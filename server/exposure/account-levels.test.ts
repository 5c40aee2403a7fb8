import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { AccountPage } from '#contract/exposure.ts'
import {
  type CreditStories,
  type Customer,
  openCreditStories,
  said,
  stagesOf,
} from '#server/testing-credit.ts'

// Whose account counts what: segments, payers, groups, and what happens when they change.

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.proveAndClose())

const reserve = (party: string, document: string, amount: string, more = {}) =>
  story.check({ party, document, amount, mode: 'reserve', ...more })

/** The group account that a party heads, with a limit of its own. */
async function groupOf(head: Customer, limit: string) {
  const group = await story.openAccount(head.id, { level: 'group' })
  await story.setLimit(group, limit)
  return group
}

const change = async (party: string, links: object) => {
  await story.put(`/api/parties/${party}`, links)
  await story.settled()
}

test('a payer is charged for what another buys, and its conduct decides', async () => {
  const payer = await story.customer('1000.00')
  const buyer = await story.customer('1.00', { payerId: payer.id })
  const first = await reserve(buyer.id, 'PAY-1', '600.00')
  assert.equal(first.outcome, 'approved', said(first))
  assert.deepEqual(
    first.levels.map(({ code, level }) => [level, code]),
    [['party', payer.code]],
  )
  assert.deepEqual(stagesOf(await story.own(payer)), { order: 600 })
  const own = await story.own(buyer)
  assert.deepEqual([stagesOf(own), own.chargedTo?.code], [{ order: 600 }, payer.code])
  assert.equal(said(await reserve(payer.id, 'PAY-2', '500.00')), 'held by limit')
  await story.invoice(payer.id, 'PAY-OLD', '1000.00', { issuedOn: '2026-08-01' })
  assert.match(said(await reserve(buyer.id, 'PAY-3', '1.00')), /^held by overdue-30, limit/)
})

test('the limits of segment, party and group hold at once', async () => {
  const head = await story.customer(null)
  const [one, two] = [
    await story.customer('1000.00', { groupParentId: head.id }),
    await story.customer('1000.00', { groupParentId: head.id }),
  ]
  const group = await groupOf(head, '1200.00')
  const spares = await story.openAccount(one.id, { level: 'segment', segment: '备件' })
  await story.setLimit(spares, '300.00')
  const ask = (party: string, document: string, amount: string, segment?: string) =>
    reserve(party, document, amount, segment === undefined ? {} : { segment })
  const inSegment = await ask(one.id, 'L-1', '300.00', '备件')
  assert.equal(inSegment.outcome, 'approved', said(inSegment))
  assert.deepEqual(
    inSegment.levels.map(({ after: used, headroom, level }) => [level, used, headroom]),
    [
      ['segment', '300.00', '15.00'],
      ['party', '300.00', '750.00'],
      ['group', '300.00', '960.00'],
    ],
  )
  const beyondSegment = await ask(one.id, 'L-2', '100.00', '备件')
  assert.equal(said(beyondSegment), 'held by limit')
  const [exceeded] = beyondSegment.fired
  assert.deepEqual(exceeded?.facts.levels, [
    {
      ...{ level: 'segment', code: one.code, segment: '备件', currency: 'CNY' },
      ...{ limit: '300.00', tolerance: '15.00', after: '400.00', missing: '85.00' },
    },
  ])
  assert.notEqual((await ask(one.id, 'L-3', '700.00')).outcome, 'held')
  assert.equal(said(await ask(one.id, 'L-4', '51.00')), 'held by limit')
  const beyondGroup = await ask(two.id, 'L-5', '300.00')
  assert.equal(said(beyondGroup), 'held by limit')
  const levels = beyondGroup.fired[0]?.facts.levels as { level: string; missing: string }[]
  assert.deepEqual(
    levels.map((each) => [each.level, each.missing]),
    [['group', '40.00']],
  )
  assert.notEqual((await ask(two.id, 'L-6', '260.00')).outcome, 'held')
  assert.deepEqual(stagesOf(await story.account(group)), { order: 1260 })
  assert.deepEqual(stagesOf(await story.account(spares)), { order: 300 })
  assert.deepEqual(stagesOf(await story.own(one)), { order: 1000 })
})

test('a tree of accounts is walked from the top down, and found by the name of a member', async () => {
  const top = await story.customer(null)
  const middle = await story.customer('100.00', { groupParentId: top.id })
  const member = await story.customer('1000.00', { groupParentId: middle.id, name: '翠微轴承厂' })
  const topGroup = await groupOf(top, '500.00')
  const middleGroup = await groupOf(middle, '800.00')
  const list = async (query: string) => {
    const page = (await story.get(`/api/credit-accounts?${query}`)) as AccountPage
    return page.items.map(({ code, level }) => `${level} ${code}`).sort()
  }
  const below = (id: string) => list(`below=${id}`)
  assert.deepEqual(await below(topGroup.id), [`group ${middle.code}`, `party ${top.code}`].sort())
  assert.deepEqual(
    await below(middleGroup.id),
    [`party ${middle.code}`, `party ${member.code}`].sort(),
  )
  const text = encodeURIComponent('翠微轴承')
  assert.deepEqual(await list(`level=group&top=true&text=${text}`), [`group ${top.code}`])
  assert.deepEqual(await list(`level=party&text=${text}`), [`party ${member.code}`])
  assert.deepEqual(await list('level=group&text=no-such-name'), [])
})

test('a group above a group counts its members too', async () => {
  const top = await story.customer(null)
  const middle = await story.customer('100.00', { groupParentId: top.id })
  const member = await story.customer('1000.00', { groupParentId: middle.id })
  const topGroup = await groupOf(top, '500.00')
  await groupOf(middle, '800.00')
  const answer = await reserve(member.id, 'TOP-1', '600.00')
  assert.equal(said(answer), 'held by limit')
  assert.deepEqual(
    answer.levels.map(({ code, level }) => [level, code]),
    [
      ['party', member.code],
      ['group', middle.code],
      ['group', top.code],
    ],
  )
  assert.notEqual((await reserve(member.id, 'TOP-1', '500.00')).outcome, 'held')
  assert.deepEqual(stagesOf(await story.account(topGroup)), { order: 500 })
})

test('a party that moves takes its balances along, and no entry is written', async () => {
  const [left, right] = [await story.customer(null), await story.customer(null)]
  const stays = await story.customer('1000.00', { groupParentId: left.id })
  const member = await story.customer('1000.00', { groupParentId: right.id })
  const groups = [await groupOf(left, '900.00'), await groupOf(right, '900.00')] as const
  const spares = { segment: '备件', requestedOn: '2026-12-31' }
  await reserve(stays.id, 'MOVE-1', '50.00')
  await reserve(member.id, 'MOVE-2', '300.00', spares)
  await reserve(member.id, 'MOVE-3', '200.00')
  await story.invoice(member.id, 'MOVE-4', '100.00')
  const sums = async () => {
    const accounts = [await story.account(groups[0]), await story.account(groups[1])]
    return accounts.map((each) => stagesOf(each))
  }
  assert.deepEqual(await sums(), [{ order: 50 }, { order: 500, invoiced: 100 }])
  const entries = await story.count('exposure.entry')
  await change(member.id, { groupParentId: left.id })
  assert.deepEqual(await sums(), [{ order: 550, invoiced: 100 }, {}])
  await story.proveLedger()
  await change(member.id, { groupParentId: null, payerId: stays.id })
  assert.deepEqual(stagesOf(await story.own(stays)), { order: 550, invoiced: 100 })
  assert.deepEqual(await sums(), [{ order: 550, invoiced: 100 }, {}])
  await story.proveLedger()
  await change(member.id, { payerId: null })
  assert.deepEqual(await sums(), [{ order: 50 }, {}])
  assert.deepEqual(stagesOf(await story.own(stays)), { order: 50 })
  assert.deepEqual(stagesOf(await story.own(member)), { order: 500, invoiced: 100 })
  assert.equal(await story.count('exposure.entry'), entries)
})

test('the gate knows another payer at once, before the balances have followed', async () => {
  const payer = await story.customer('100.00')
  const buyer = await story.customer('1000.00')
  await reserve(buyer.id, 'SOON-1', '90.00')
  await story.put(`/api/parties/${buyer.id}`, { payerId: payer.id })
  const answer = await reserve(buyer.id, 'SOON-2', '20.00')
  assert.equal(said(answer), 'held by limit')
  assert.deepEqual(answer.exposure.before, { order: '90.00' })
})

test('a merged duplicate charges its survivor, and stands for itself again afterwards', async () => {
  const survivor = await story.customer('1000.00')
  const duplicate = await story.customer('1000.00')
  await reserve(survivor.id, 'ONE-1', '600.00')
  await reserve(duplicate.id, 'ONE-2', '300.00')
  await story.invoice(duplicate.id, 'ONE-OLD', '2000.00', { issuedOn: '2026-08-01' })
  await story.post('/api/receipts', { party: duplicate.id, currency: 'CNY', amount: '1500.00' })
  const entries = await story.count('exposure.entry')
  const merging = { duplicateId: duplicate.id, reason: '同一家公司' }
  const merge = await story.post(`/api/parties/${survivor.id}/merges`, merging)
  await story.settled()
  assert.deepEqual(stagesOf(await story.own(survivor)), { order: 900, invoiced: 500 })
  await story.proveLedger()
  const asked = await story.check({ party: survivor.id, amount: '1.00' })
  assert.equal(said(asked), 'held by limit')
  await story.post('/api/receipts', { party: duplicate.id, currency: 'CNY', amount: '400.00' })
  const stillOld = await story.check({ party: survivor.id, amount: '1.00' })
  assert.ok(
    stillOld.fired.some(({ rule }) => rule === 'overdue'),
    said(stillOld),
  )
  const undoing = await story.send('DELETE', `/api/parties/${survivor.id}/merges/${merge.id}`)
  assert.equal(undoing.status, 200, undoing.text)
  await story.settled()
  assert.deepEqual(stagesOf(await story.own(survivor)), { order: 600 })
  assert.deepEqual(stagesOf(await story.own(duplicate)), { order: 300, invoiced: 100 })
  assert.equal(await story.count('exposure.entry'), entries + 1, 'the receipt, and no more')
})

test('a buyer whose own account is frozen, or file closed, gets nothing, whoever pays', async () => {
  const payer = await story.customer('1000.00')
  const buyer = await story.customer(null, { payerId: payer.id })
  await story.setStatus({ partyId: buyer.id, id: buyer.account }, 'frozen', '诉讼')
  const answer = await reserve(buyer.id, 'FROZEN-1', '10.00')
  assert.equal(said(answer), 'held by status')
  const other = await story.customer(null, { payerId: payer.id })
  await story.put(`/api/parties/${other.id}`, { closedOn: '2026-11-01' })
  const closed = await story.check({ party: other.id, amount: '10.00' })
  assert.equal(said(closed), 'held by file-closed')
})

test('paying the invoices of a segment makes room in that segment', async () => {
  const customer = await story.customer('1000.00')
  const segment = await story.openAccount(customer.id, { level: 'segment', segment: '备件' })
  await story.setLimit(segment, '100.00')
  await story.invoice(customer.id, 'SEG-1', '90.00', { segment: '备件' })
  const answer = await story.check({ party: customer.id, amount: '50.00', segment: '备件' })
  const advice = answer.remedies.map(({ sentence }) => sentence.en)
  assert.ok(advice.includes('Pay SEG-1 CNY 35.00'), advice.join('; '))
})
