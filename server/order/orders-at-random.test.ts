import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { sql } from 'kysely'
import { parse } from 'yaml'
import { isRefusal } from '#contract/problem.ts'
import { verifyExposure } from '#server/check/public.ts'
import { amendOrder } from '#server/order/amend-order.ts'
import { cancelOrder } from '#server/order/cancel-order.ts'
import { closeOrder } from '#server/order/close-order.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { deliverOrder } from '#server/order/deliver-order.ts'
import { invoiceDeliveries } from '#server/order/invoice-deliveries.ts'
import { reopenOrder } from '#server/order/reopen-order.ts'
import { returnGoods } from '#server/order/return-goods.ts'
import { showOrder } from '#server/order/show-order.ts'
import { accepted, onHold, openOrderStories, pieces, today } from '#server/order/testing-orders.ts'
import { newId } from '#server/platform/ids.ts'
import { draftPolicy, publishPolicy } from '#server/policy/public.ts'

const { database, story } = await openOrderStories()
before(letPayersChange)

/** By the standard rules a changed payer waits for a release: then hardly any order would move. */
async function letPayersChange(): Promise<void> {
  const file = new URL('../../packs/standard/check-rules.yaml', import.meta.url)
  const { rules, ...rest } = parse(readFileSync(file, 'utf8'))
  const others = (rules as { id: string }[]).filter(({ id }) => id !== 'payer-changed')
  const document = { ...rest, rules: others }
  const draft = accepted(await draftPolicy(database.context(), { kind: 'check-rules', document }))
  accepted(await publishPolicy(database.context(), draft.id))
}

const seed = Number(process.env.SEED ?? randomInt(2 ** 31))

/** A small generator of its own, so that a failing run can be made again. */
function randomOf(start: number): (below: number) => number {
  let state = start
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return Math.floor((state / 2 ** 31) * below)
  }
}

const limitMinor = 500_00n
const workers = 6
const actsEach = 25

type Random = (below: number) => number

/** One act on one order, whatever comes of it. */
async function act(
  id: string,
  payers: readonly string[],
  of: { readonly random: Random; readonly kinds: number },
): Promise<unknown> {
  const { kinds, random } = of
  const sales = story.sales()
  const lines = [{ line: 1, quantity: String(1 + random(8)) }]
  const reason = '随机'
  switch (random(kinds)) {
    case 0:
    case 16:
    case 17:
      return confirmOrder(sales, id)
    case 1:
      return amendOrder(sales, id, {
        lines: [pieces(String(1 + random(30)), { unitPrice: `${8 + random(5)}.${random(99)}` })],
      })
    case 2:
    case 3:
    case 18:
    case 19:
    case 20:
      return deliverOrder(sales, id, { lines, complete: random(9) === 0 })
    case 4: {
      const order = await showOrder(sales, id)
      const delivery = isRefusal(order) ? undefined : order.deliveries[0]?.id
      return returnGoods(sales, id, {
        ...{ delivery: delivery ?? '-', lines, reason, again: random(2) === 0 },
      })
    }
    case 5: {
      const number = `INV-${id.slice(-6)}-${random(1_000_000)}`
      return invoiceDeliveries(database.context('accountant', today), id, { number })
    }
    case 6:
      return cancelOrder(sales, id, { reason })
    case 8:
    case 9:
      return amendOrder(sales, id, { payer: payers[random(payers.length + 1)] ?? null })
    case 7:
      return closeOrder(sales, id, {})
    case 11:
      return amendOrder(sales, id, { terms: random(3) === 0 ? 'prepaid' : 'net-30' })
    case 12: {
      const order = accepted(await showOrder(sales, id))
      const party = order.payer?.id ?? order.partyId
      const amount = `${1 + random(80)}.${10 + random(89)}`
      return story.invoiced({ party, number: order.number }, `INV-${newId()}`, amount)
    }
    case 13:
    case 14: {
      const order = accepted(await showOrder(sales, id))
      const invoice = order.invoices[random(order.invoices.length)]
      const partyId = order.payer?.id ?? order.partyId
      return invoice && story.voided({ partyId, id: invoice.id }).catch(() => undefined)
    }
    case 15: {
      const { holds } = accepted(await showOrder(sales, id))
      const [hold] = holds
      const manager = database.context('credit-manager', today)
      const amount = random(2) === 0 ? {} : { amount: `${50 + random(200)}.00` }
      const act = random(3) === 0 ? 'reject' : 'release'
      return hold && onHold(manager, act, hold, { reason, ...(act === 'release' && amount) })
    }
    default:
      return reopenOrder(sales, id)
  }
}

async function draftOrders(parties: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const party of [...parties, ...parties, ...parties]) {
    ids.push((await story.draft(party, [pieces('12')], { overDelivery: '20%' })).id)
  }
  return ids
}

test('whatever is done with orders at once, no limit is passed and every order adds up', async (t) => {
  t.diagnostic(`seed ${seed}`)
  const parties = [await story.newCustomer(limitMinor), await story.newCustomer(limitMinor)]
  const ids = await draftOrders(parties)
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      const of = { random: randomOf(seed + worker), kinds: 11 }
      for (let n = 0; n < actsEach; n++) await act(ids[of.random(ids.length)] ?? '', parties, of)
    }),
  )
  const [moved] = await database.db.rows(sql<{ count: number }>`
    select count(*)::integer as count from platform.event
    where kind = 'order.amended' and facts::jsonb -> 'fields' ? 'payer'`)
  t.diagnostic(`${moved?.count} times another payer`)
  assert.deepEqual((await verifyExposure(database.db)).differences, [])
  for (const party of parties) {
    const stages = (await story.standing(party)).split(' ').map(BigInt)
    const exposure = stages.reduce((sum, minor) => sum + minor, 0n)
    // The standard check rules tolerate 5 % on top.
    assert.ok(exposure * 100n <= limitMinor * 105n, `${exposure} of ${limitMinor}`)
  }
  for (const id of ids) {
    const { counted, delivered, invoiced, order, rest } = await figuresOf(id)
    assert.equal(order.minor, counted, JSON.stringify(order.shown))
    assert.equal(counted, rest, JSON.stringify(order.shown))
    assert.equal(order.deliveredMinor + invoiced, delivered, JSON.stringify(order.shown))
  }
})

test('an order adds up when it is invoiced ahead, voided, released in part or paid in cash', async (t) => {
  t.diagnostic(`seed ${seed}`)
  const parties = [await story.newCustomer(limitMinor), await story.newCustomer(limitMinor)]
  const ids = await draftOrders(parties)
  const of = { random: randomOf(seed), kinds: 22 }
  // Once more is invoiced than there is, a voided invoice may give back what another one bills.
  const beyond = new Set<string>()
  for (let n = 0; n < 12 * actsEach; n++) {
    const id = ids[of.random(ids.length)] ?? ''
    await act(id, parties, of)
    const { cash, counted, delivered, invoiced, order, rest } = await figuresOf(id)
    const said = `act ${n} of seed ${seed}: ${JSON.stringify(order.shown)}`
    const counts = order.minor + order.deliveredMinor
    if (cash) {
      assert.equal(counts, 0n, said)
      continue
    }
    assert.ok(counted <= rest, said)
    const left = delivered + counted - invoiced
    if (left < 0n) beyond.add(id)
    if (beyond.has(id)) assert.ok(counts >= left, said)
    else assert.equal(counts, left, said)
  }
  assert.deepEqual((await verifyExposure(database.db)).differences, [])
})

/** What an order counts with, and what it would by what was ordered, delivered and invoiced. */
async function figuresOf(id: string) {
  const shown = accepted(await showOrder(story.sales(), id))
  const positions = await database.db.rows(sql<{ stage: string; minor: bigint }>`
    select stage, amount_minor as minor from exposure.position where order_number = ${shown.number}`)
  const at = (stage: string) =>
    positions.reduce((sum, one) => (one.stage === stage ? sum + one.minor : sum), 0n)
  const kept = await database.db.row(sql<{ cash: boolean; counted: bigint }>`
    select cash, coalesce(counted_minor, 0) as counted from "order".sales_order where id = ${id}`)
  const minorOf = (amount: string) => BigInt(amount.replace('.', ''))
  const isRunning = shown.state === 'confirmed' && shown.completedOn === null
  return {
    cash: kept?.cash === true,
    counted: isRunning ? (kept?.counted ?? 0n) : 0n,
    rest: isRunning ? minorOf(shown.rest) : 0n,
    delivered: minorOf(shown.delivered),
    invoiced: shown.invoices.reduce((sum, { amount }) => sum + minorOf(amount), 0n),
    order: { shown, minor: at('order'), deliveredMinor: at('delivered') },
  }
}
