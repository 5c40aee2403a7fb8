import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { CreditCheckReply, Reservation } from '#contract/check.ts'
import {
  type Body,
  type CreditStories,
  openCreditStories,
  stagesOf,
} from '#server/testing-credit.ts'

let story: CreditStories
before(async () => {
  story = await openCreditStories('2026-11-24')
})
after(() => story.proveAndClose())

async function reserved(party: string, document: string, amount: string, more: Body = {}) {
  const body = { party, document, amount, mode: 'reserve', ...more }
  const { reservation } = await story.check(body)
  assert.ok(reservation)
  return { ...reservation, url: `/api/reservations/${party}/${reservation.id}` }
}

const commit = (url: string, body: Body = {}) =>
  story.post(`${url}/commit`, body) as Promise<Reservation>
const release = (url: string) => story.post(`${url}/release`, {}) as Promise<Reservation>
const shown = async (url: string) => {
  const { committed, state } = await story.get(url)
  return [state, committed]
}

/** Lets a reservation's time pass: its end moves into the past, as if it had been made earlier. */
async function timePasses({ id, partyId }: Reservation): Promise<void> {
  const past = sql`now() - interval '1 second'`
  await story.server.database.withoutTriggers(sql`
    update "check".reservation set expires_at = ${past} where party_id = ${partyId} and id = ${id}`)
  await story.server.database.withoutTriggers(sql`
    update exposure.position set expires_at = ${past}
    where party_id = ${partyId} and document_id = ${id}`)
}

test('a reservation counts until it is released; a second release changes nothing', async () => {
  const customer = await story.customer('1000.00')
  const { number, state, url } = await reserved(customer.id, 'R-1', '600.00')
  assert.deepEqual([number, state], ['R-1', 'open'])
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 600 })
  const first = await release(url)
  const entries = await story.count('exposure.entry')
  assert.deepEqual(
    [first, await release(url)].map((each) => each.state),
    ['released', 'released'],
  )
  assert.equal(await story.count('exposure.entry'), entries)
  assert.deepEqual(stagesOf(await story.own(customer)), {})
  await story.refused('wrong-state', /was released/, 'POST', `${url}/commit`, {})
})

test('a commitment in full keeps counting; the same one again is answered alike', async () => {
  const customer = await story.customer('1000.00')
  const { url } = await reserved(customer.id, 'C-1', '600.00')
  const first = await commit(url)
  assert.deepEqual([first.state, first.committed, first.expiresAt], ['committed', '600.00', null])
  const entries = await story.count('exposure.entry')
  assert.deepEqual(await commit(url), first)
  assert.equal(await story.count('exposure.entry'), entries)
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 600 })
  const other = { amount: '500.00' }
  await story.refused('wrong-state', /committed already/, 'POST', `${url}/commit`, other)
  assert.equal((await release(url)).state, 'released')
  assert.deepEqual(stagesOf(await story.own(customer)), {})
})

test('a commitment in part frees the rest; more than was reserved is refused', async () => {
  const customer = await story.customer('1000.00')
  const { url } = await reserved(customer.id, 'P-1', '600.00')
  for (const amount of ['600.01', '0', '-1', '1.001']) {
    await story.refused('invalid-input', /up to the CNY 600\.00/, 'POST', `${url}/commit`, {
      amount,
    })
  }
  assert.equal((await commit(url, { amount: '250.00' })).committed, '250.00')
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 250 })
  assert.equal((await commit(url, { amount: '250.00' })).committed, '250.00')
  const again = await reserved(customer.id, 'P-1', '400.00')
  assert.deepEqual([again.state, again.committed], ['committed', '400.00'])
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 400 })
})

test('a reservation ends by its time: it counts no more and cannot be committed', async () => {
  const customer = await story.customer('1000.00')
  const kept = await reserved(customer.id, 'E-0', '100.00', { expiresInMinutes: 60 })
  const { url, ...reservation } = await reserved(customer.id, 'E-1', '600.00')
  await timePasses(reservation)
  await story.refused('reservation-expired', /reserve it again/, 'POST', `${url}/commit`, {})
  await story.byTheClock('reservation.expire')
  assert.deepEqual(await shown(url), ['expired', null])
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 100 })
  const late = await story.send('POST', `${url}/commit`, {})
  assert.deepEqual([late.status, late.json.kind], [410, 'reservation-expired'])
  assert.equal((await release(url)).state, 'expired')
  const again = await reserved(customer.id, 'E-1', '700.00')
  assert.deepEqual([again.id, again.state], [reservation.id, 'open'])
  assert.equal((await commit(again.url)).committed, '700.00')
  assert.deepEqual(await shown(kept.url), ['open', null])
})

test('unknown reservations are told as such', async () => {
  const customer = await story.customer('1000.00')
  const { id } = await reserved(customer.id, 'U-1', '1.00')
  const absent = '01900000-0000-7000-8000-000000000000'
  for (const key of [`${customer.id}/${absent}`, `${absent}/${id}`]) {
    const url = `/api/reservations/${key}`
    await story.refused('not-found', /no such reservation/, 'GET', url)
    for (const act of ['commit', 'release']) {
      await story.refused('not-found', /no such reservation/, 'POST', `${url}/${act}`, {})
    }
  }
  const url = `/api/reservations/${customer.id}/no-id/commit`
  await story.refused('invalid-input', /id/, 'POST', url, {})
})

test('what is held counts with nothing until it is released, or given up', async () => {
  const customer = await story.customer('100.00')
  const { state, url } = await reserved(customer.id, 'H-1', '600.00')
  assert.equal(state, 'held')
  await story.refused('wrong-state', /on hold/, 'POST', `${url}/commit`, {})
  await release(url)
  assert.deepEqual(await shown(url), ['released', null])
  const { items } = await story.get(`/api/holds?party=${customer.id}`)
  assert.deepEqual(items, [])
})

test('a release that is taken back leaves a reservation held, unless it was committed', async () => {
  const customer = await story.customer('100.00')
  for (const document of ['K-1', 'K-2', 'K-3']) {
    const { id, url } = await reserved(customer.id, document, '600.00')
    const { items } = (await story.get(`/api/holds?party=${customer.id}`)) as { items: Body[] }
    const hold = `/api/holds/${customer.id}/${items.find((each) => each.number === document)?.id}`
    await story.post(`${hold}/release`, { reason: '老客户' }, 'credit-manager')
    assert.deepEqual(await shown(url), ['open', null])
    if (document === 'K-1') {
      const back = await story.post(`${hold}/recall`, { reason: '看错了' })
      assert.equal(back.state, 'open')
      assert.deepEqual(await shown(url), ['held', null])
      assert.deepEqual(stagesOf(await story.own(customer)), {})
      const { releases } = (await story.get(hold)) as { releases: Body[] }
      assert.deepEqual([releases[0]?.recallReason, releases[0]?.endedOn !== null], ['看错了', true])
      const timeline = await story.get(`/api/parties/${customer.id}/timeline`)
      const kinds = (timeline.items as { kind: string }[]).map(({ kind }) => kind)
      assert.ok(kinds.includes('hold.recalled'), kinds.join())
      await story.post(`/api/reservations/${customer.id}/${id}/release`, {})
    } else {
      if (document === 'K-2') await commit(url)
      else await story.invoice(customer.id, 'INV-K', '200.00', { orderNumber: document })
      const body = { reason: '看错了' }
      const refused = await story.send('POST', `${hold}/recall`, body)
      const state = document === 'K-2' ? 'committed' : 'invoiced'
      assert.deepEqual([refused.json.kind, refused.json.state], ['wrong-state', state])
      assert.match(String(refused.json.zh), /预占已处理/)
    }
  }
})

test('a document that is asked for again counts once, with its new amount', async () => {
  const customer = await story.customer('1000.00')
  const first = await reserved(customer.id, 'N-1', '900.00')
  const second = await reserved(customer.id, 'N-1', '950.00')
  assert.equal(second.id, first.id)
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 950 })
  const tooMuch = await story.check({
    ...{ party: customer.id, document: 'N-1', amount: '2000.00', mode: 'reserve' },
  })
  assert.equal(tooMuch.outcome, 'held')
  assert.deepEqual(tooMuch.reservation?.amount, '950.00')
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 950 })
})

test('a document that counts at one segment is not asked for at another', async () => {
  const customer = await story.customer('1000.00')
  const { url } = await reserved(customer.id, 'R-SEG', '100.00')
  const asked = { party: customer.id, document: 'R-SEG', amount: '100.00', currency: 'CNY' }
  const moved = { ...asked, mode: 'reserve', segment: 'export' }
  const refused = await story.send('POST', '/api/credit-checks', moved)
  assert.deepEqual([refused.status, refused.json.field], [409, 'segment'], refused.text)
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 100 })
  await release(url)
  await reserved(customer.id, 'R-SEG', '100.00', { segment: 'export' })
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 100 })
})

test('an invoice takes a reservation over, and gives back what is still wanted', async () => {
  const customer = await story.customer('1000.00')
  const { url, ...reservation } = await reserved(customer.id, 'I-1', '600.00')
  const billed = { orderNumber: 'I-1' }
  const invoice = await story.invoice(customer.id, 'INV-1', '200.00', billed)
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 400, invoiced: 200 })
  await timePasses(reservation)
  await story.byTheClock('reservation.expire')
  assert.deepEqual(stagesOf(await story.own(customer)), { invoiced: 200 })
  await story.post(`/api/invoices/${customer.id}/${invoice.id}/void`, { reason: '开错' })
  assert.deepEqual(stagesOf(await story.own(customer)), {}, 'nobody can give it back any more')
  assert.deepEqual(await shown(url), ['expired', null])
})

test('concurrent reservations never exceed a limit together', async () => {
  const customer = await story.customer('1000.00')
  await story.put(story.accountUrl({ partyId: customer.id, id: customer.account }), {
    tolerance: '0%',
  })
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      story.check({
        ...{ party: customer.id, document: `X-${index}`, amount: '90.00', mode: 'reserve' },
      }),
    ),
  )
  const passed = replies.filter(({ outcome }: CreditCheckReply) => outcome !== 'held')
  assert.equal(passed.length, 11)
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 990 })
})

test('of many who resolve a reservation at once one does, the others are told', async () => {
  const customer = await story.customer('1000.00')
  for (let round = 1; round <= 20; round++) {
    const { url } = await reserved(customer.id, `M-${round}`, '500.00')
    const acts = Array.from({ length: 12 }, (_, index) => {
      if (index % 3 === 2) return story.send('GET', url)
      if (index % 2 === 1) return story.send('POST', `${url}/release`, {})
      return story.send('POST', `${url}/commit`, { amount: index % 4 === 0 ? '300.00' : '200.00' })
    })
    const statuses = (await Promise.all(acts)).map(({ status }) => status)
    assert.deepEqual(
      statuses.filter((status) => status !== 200 && status !== 409),
      [],
    )
    const [state] = await shown(url)
    assert.equal(state, 'released')
  }
  assert.deepEqual(stagesOf(await story.own(customer)), {})
})

test('what is held for more after its invoice took all counts again when the invoice is void', async () => {
  const customer = await story.customer('1000.00')
  const { url } = await reserved(customer.id, 'V-1', '900.00')
  const invoice = await story.invoice(customer.id, 'INV-V', '900.00', { orderNumber: 'V-1' })
  assert.deepEqual(stagesOf(await story.own(customer)), { invoiced: 900 })
  assert.equal((await reserved(customer.id, 'V-1', '1200.00')).state, 'held')
  await story.post(`/api/invoices/${customer.id}/${invoice.id}/void`, { reason: '开错' })
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 900 })
  const { amount, state } = await story.get(url)
  assert.deepEqual([state, amount], ['open', '900.00'])
  assert.equal((await reserved(customer.id, 'V-1', '1200.00')).state, 'open', 'held for the rest')
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 900 })
  assert.equal((await commit(url)).committed, '900.00')
})

test('a reservation that was held and then passed is what was asked for last', async () => {
  const customer = await story.customer('1000.00')
  assert.equal((await reserved(customer.id, 'L-1', '1500.00')).state, 'held')
  await reserved(customer.id, 'L-1', '200.00')
  const { url } = await reserved(customer.id, 'L-1', '400.00')
  const { amount, state } = await story.get(url)
  assert.deepEqual([state, amount], ['open', '400.00'])
  assert.equal((await commit(url)).committed, '400.00')
  assert.deepEqual(stagesOf(await story.own(customer)), { order: 400 })
})

test('by night the exposure ledger is proved, by a job whose findings can be seen', async () => {
  await story.byTheClock('exposure.verify-by-night')
  const { items } = await story.get('/api/jobs')
  const [job] = items as { kind: string; state: string; result: { differenceCount: number } }[]
  assert.deepEqual(
    [job?.kind, job?.state, job?.result.differenceCount],
    ['exposure.verify', 'done', 0],
  )
})
