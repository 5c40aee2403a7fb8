import { type Act, remember, takeOne } from '#bench/stress-acts.ts'
import type { StressClient } from '#bench/stress-client.ts'
import type { Made } from '#bench/stress-world.ts'
import { chance, integerBetween, pick } from '#kernel/random/random.ts'

/** What is done with orders, with how often. */
export const orderActs: readonly (readonly [Act, number])[] = [
  [order, 12],
  [confirmAgain, 2],
  [amend, 5],
  [deliver, 9],
  [deliverPart, 5],
  [returnGoods, 2],
  [invoiceDeliveries, 8],
  [cancel, 4],
  [reopen, 2],
  [close, 2],
  [copy, 1],
]

type Shown = { order?: { id: string; partyId: string; number: string; amount: string } }

async function order(client: StressClient): Promise<void> {
  const { stream, world } = client
  const made = await client.post('order', '/api/orders', {
    party: pick(stream, world.partyIds),
    number: client.unique('O'),
    currency: 'CNY',
    lines: linesOf(client),
    overDelivery: '10%',
    ...(chance(stream, 0.15) && { segment: 'export' }),
    ...(chance(stream, 0.1) && { payer: pick(stream, world.partyIds) }),
  })
  const shown = (made.json as Shown).order ?? (made.json as unknown as Made)
  if (!made.isDone || !shown.id) return
  remember(world.orders, shown)
  await client.post('confirm', `/api/orders/${shown.id}/confirm`, {})
}

function linesOf(client: StressClient) {
  const quantity = String(integerBetween(client.stream, 1, 40))
  const unitPrice = `${integerBetween(client.stream, 5, 300)}.00`
  return [{ item: 'A-1', quantity, unitPrice, unit: '件' }]
}

async function on(client: StressClient, act: string, path: string, body: unknown): Promise<void> {
  const known = takeOne(client, client.world.orders)
  if (!known) return order(client)
  await client.post(act, `/api/orders/${known.id}/${path}`, body)
  if (chance(client.stream, 0.9)) client.world.orders.push(known)
}

async function confirmAgain(client: StressClient): Promise<void> {
  await on(client, 'confirm again', 'confirm', {})
}

async function amend(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.orders)
  if (!known) return order(client)
  const { stream, world } = client
  const payer = chance(stream, 0.5) ? null : pick(stream, world.partyIds)
  const isMove = chance(stream, 0.3)
  const body = isMove ? { payer } : { lines: linesOf(client) }
  const act = isMove ? 'amend payer' : 'amend'
  await client.ask(act, { method: 'PUT', path: `/api/orders/${known.id}`, body })
  if (chance(client.stream, 0.9)) client.world.orders.push(known)
}

async function deliver(client: StressClient): Promise<void> {
  await on(client, 'deliver', 'deliveries', { number: client.unique('D') })
}

/** One piece, which may be more than is left. */
async function deliverPart(client: StressClient): Promise<void> {
  const lines = [{ line: 1, quantity: '1' }]
  await on(client, 'deliver in part', 'deliveries', { number: client.unique('D'), lines })
}

async function returnGoods(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.orders)
  if (!known) return order(client)
  const { json } = await client.ask('show', { method: 'GET', path: `/api/orders/${known.id}` })
  const [delivery] = (json.deliveries ?? []) as { id: string }[]
  if (!delivery) return
  await client.post('return goods', `/api/orders/${known.id}/returns`, {
    ...{ delivery: delivery.id, reason: 'stress', again: chance(client.stream, 0.5) },
    lines: [{ line: 1, quantity: '1' }],
  })
}

async function invoiceDeliveries(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.orders)
  if (!known) return order(client)
  const { today, invoices } = client.world
  const number = client.unique('V')
  const path = `/api/orders/${known.id}/invoices`
  const { json, isDone } = await client.post('invoice an order', path, { number, issuedOn: today })
  const made = (json.invoice ?? json) as { partyId?: string; id?: string; amount?: string }
  const { partyId } = made
  if (!isDone || !partyId || !made.id || !made.amount) return
  remember(invoices, { partyId, id: made.id, number, amount: made.amount })
}

async function cancel(client: StressClient): Promise<void> {
  await on(client, 'cancel', 'cancel', { reason: 'stress' })
}

async function reopen(client: StressClient): Promise<void> {
  await on(client, 'reopen', 'reopen', {})
}

async function close(client: StressClient): Promise<void> {
  await on(client, 'close', 'close', { settle: chance(client.stream, 0.3), reason: 'stress' })
}

async function copy(client: StressClient): Promise<void> {
  await on(client, 'copy', 'copy', { number: client.unique('O') })
}
