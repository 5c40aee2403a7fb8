import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  type CreditStories,
  type Customer,
  openCreditStories,
  said,
  stagesOf,
} from '#server/testing-credit.ts'

// What is agreed with a customer and changes by the day: limits, statuses, securities, currencies.

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.proveAndClose())

const ask = (party: string, amount: string, more = {}) => story.check({ party, amount, ...more })
const ref = ({ id, account }: Customer) => ({ partyId: id, id: account })

test('a temporary limit counts from its first to its last day, and until it is ended', async () => {
  story.turnTo('2026-11-24')
  const customer = await story.customer('1000.00')
  const url = `${story.accountUrl(ref(customer))}/temporary-limits`
  const days = { fromOn: '2026-11-26', toOn: '2026-11-30', reason: '旺季' }
  await story.post(url, { amount: '500.00', ...days })
  const outcomes: [string, string, string | null][] = []
  for (const on of ['2026-11-25', '2026-11-26', '2026-11-30', '2026-12-01']) {
    story.turnTo(on)
    const answer = await ask(customer.id, '1575.00')
    outcomes.push([on, said(answer), answer.levels[0]?.limit ?? null])
  }
  assert.deepEqual(outcomes, [
    ['2026-11-25', 'held by limit', '1050.00'],
    ['2026-11-26', 'warned by utilisation', '1575.00'],
    ['2026-11-30', 'warned by utilisation', '1575.00'],
    ['2026-12-01', 'held by limit', '1050.00'],
  ])
  story.turnTo('2026-11-27')
  const granted = (await story.own(customer)).temporaryLimits
  assert.deepEqual(
    granted.map(({ amount, grantedBy, inForce }) => [amount, grantedBy, inForce]),
    [['500.00', 'admin', true]],
  )
  const ended = await story.send('DELETE', `${url}/${granted[0]?.id}`)
  assert.equal(ended.status, 200, ended.text)
  assert.equal(said(await ask(customer.id, '1575.00')), 'held by limit')
  const past = { amount: '1.00', fromOn: '2026-11-01', toOn: '2026-11-26', reason: '晚了' }
  await story.refused('invalid-input', /toOn/, 'POST', url, past)
  const none = { amount: '0', toOn: '2026-11-30', reason: '空' }
  await story.refused('invalid-input', /above zero/, 'POST', url, none)
})

test('without a limit nobody is let in, nor after its last day', async () => {
  story.turnTo('2026-11-24')
  const customer = await story.customer(null)
  assert.equal(said(await ask(customer.id, '1.00')), 'held by no-file, limit')
  await story.setLimit(ref(customer), '1000.00', { toOn: '2026-11-25' })
  story.turnTo('2026-11-26')
  assert.equal(said(await ask(customer.id, '1.00')), 'held by limit-expired')
})

test('a limit set by hand stays against ratings until its last day', async () => {
  story.turnTo('2026-11-24')
  const customer = await story.customer(null)
  await story.setLimit(ref(customer), '777.00', { toOn: '2026-11-30' })
  const rated = async (on: string) => {
    story.turnTo(on)
    await story.post(`/api/parties/${customer.id}/ratings`)
    const { grade, limit, limitSource } = await story.own(customer)
    return [limitSource, limit === '777.00', grade !== null]
  }
  assert.deepEqual(await rated('2026-11-30'), ['manual', true, true])
  assert.deepEqual(await rated('2026-12-01'), ['policy', false, true])
})

test('freezing and unfreezing decide the next check', async () => {
  story.turnTo('2026-11-24')
  const customer = await story.customer('1000.00')
  const outcomes: string[] = []
  for (const status of ['frozen', 'watch', 'blocked', 'open']) {
    await story.setStatus(ref(customer), status, '法务通知')
    outcomes.push(`${status}: ${said(await ask(customer.id, '10.00'))}`)
  }
  assert.deepEqual(outcomes, [
    'frozen: held by status',
    'watch: warned by status',
    'blocked: held by status',
    'open: approved',
  ])
  const url = `${story.accountUrl(ref(customer))}/status`
  const again = { status: 'open', reason: '再开' }
  await story.refused('wrong-state', /open already/, 'PUT', url, again)
  const sales = { role: 'sales' } as const
  await story.refused('forbidden', /exposure:freeze/, 'PUT', url, again, sales)
})

test('a security covers from its first day, expires after its last, or is ended', async () => {
  story.turnTo('2026-11-24')
  const customer = await story.customer('1000.00')
  await story.invoice(customer.id, 'SEC-1', '1000.00')
  const url = `/api/parties/${customer.id}/securities`
  const terms = { currency: 'CNY', issuer: '中国信保', fromOn: '2026-11-26', toOn: '2026-11-30' }
  const insured = { kind: 'insured', number: 'P-1', amount: '333.33', counts: '90%', ...terms }
  const security = await story.post(url, insured)
  assert.deepEqual([security.counted, security.counts], ['299.99', false])
  await story.refused('already-exists', /P-1/, 'POST', url, insured)
  const on = async (day: string) => {
    story.turnTo(day)
    await story.byTheClock('exposure.turn-securities')
    return [day, stagesOf(await story.own(customer)), said(await ask(customer.id, '300.00'))]
  }
  assert.deepEqual(await on('2026-11-25'), ['2026-11-25', { invoiced: 1000 }, 'held by limit'])
  const covered = { invoiced: 1000, insured: 299.99 }
  const passes = 'warned by utilisation'
  assert.deepEqual(await on('2026-11-26'), ['2026-11-26', covered, passes])
  assert.deepEqual(await on('2026-11-30'), ['2026-11-30', covered, passes])
  assert.deepEqual(await on('2026-12-01'), ['2026-12-01', { invoiced: 1000 }, 'held by limit'])
  const letter = { kind: 'letter-of-credit', number: 'LC-1', amount: '400.00' }
  const second = await story.post(url, { ...letter, currency: 'CNY', toOn: '2026-12-31' })
  assert.equal(second.counts, true)
  assert.notEqual((await ask(customer.id, '300.00')).outcome, 'held')
  const end = `/api/securities/${customer.id}/${second.id}/end`
  await story.post(end, { reason: '不符点' })
  assert.equal(said(await ask(customer.id, '300.00')), 'held by limit')
  await story.refused('wrong-state', /ended on/, 'POST', end, { reason: '再次' })
  const refused = { ...letter, number: 'LC-2', currency: 'CNY', toOn: '2026-11-30' }
  await story.refused('invalid-input', /toOn/, 'POST', url, refused)
})

test('security beyond what is owed covers what is ordered next', async () => {
  story.turnTo('2026-11-24')
  const customer = await story.customer('100.00')
  const pledge = { kind: 'collateral', number: 'K-1', currency: 'CNY', amount: '500.00' }
  await story.post(`/api/parties/${customer.id}/securities`, { ...pledge, toOn: '2026-12-31' })
  const answer = await ask(customer.id, '550.00')
  const [level] = answer.levels
  assert.deepEqual([level?.before, level?.after], ['0.00', '50.00'])
})

test('amounts in another currency are valued at the rate of the day, without an entry', async () => {
  story.turnTo('2026-11-24')
  const customer = await story.customer('10000.00')
  const reserve = { document: 'FX-1', amount: '1000.00', currency: 'USD', mode: 'reserve' }
  const asked = { party: customer.id, ...reserve }
  await story.refused('no-exchange-rate', /USD to CNY/, 'POST', '/api/credit-checks', asked)
  const setRate = (rateOn: string, rate: string) =>
    story.post('/api/exchange-rates', { rates: [{ from: 'USD', to: 'CNY', rateOn, rate }] })
  await setRate('2026-11-20', '7.1')
  const reserved = await story.check(asked)
  assert.deepEqual(reserved.exposure, { currency: 'CNY', before: {}, after: { order: '7100.00' } })
  const entries = await story.count('exposure.entry')
  assert.deepEqual((await ask(customer.id, '3000.00')).outcome, 'warned')
  await setRate('2026-11-25', '7.6')
  assert.equal((await story.own(customer)).exposure, '7100.00')
  story.turnTo('2026-11-25')
  const { available, balances, exposure } = await story.own(customer)
  assert.deepEqual([exposure, available, balances[0]?.net], ['7600.00', '2400.00', '1000.00'])
  const later = await ask(customer.id, '3000.00')
  assert.equal(said(later), 'held by limit')
  assert.deepEqual(later.exposure.before, { order: '7600.00' })
  assert.equal(await story.count('exposure.entry'), entries)
})
