import type { StressClient } from '#bench/stress-client.ts'
import type { Made } from '#bench/stress-world.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { chance, integerBetween, pick } from '#kernel/random/random.ts'

/** Something that a caller does; its requests count as operations. */
export type Act = (client: StressClient) => Promise<void>

/** Acts with how often they come, in all about a hundred. */
export const reservationActs: readonly (readonly [Act, number])[] = [
  [(client) => reserve(client), 26],
  [reserveAgain, 6],
  [reserveTenTimes, 1],
  [reserveMany, 1],
  [commit, 10],
  [commitPart, 4],
  [release, 9],
]

export const receivableActs: readonly (readonly [Act, number])[] = [
  [invoiceReserved, 11],
  [invoiceFreely, 2],
  [pay, 16],
  [payAhead, 1],
  [takeBack, 2],
  [writeOff, 1],
  [voidReceipt, 1],
  [voidInvoice, 1],
]

export const personActs: readonly (readonly [Act, number])[] = [
  [freezeAndFree, 0.3],
  [releaseOldestHold, 0.5],
]

const remembered = 4000

export function remember(
  list: Made[],
  { isAgain = false, ...made }: Omit<Made, 'isAgain' | 'settled'> & { isAgain?: boolean },
): void {
  const next = { ...made, isAgain, settled: new Set<string>() }
  if (list.length < remembered) list.push(next)
  else list[Math.floor(Math.random() * remembered)] = next
}

/** One of the documents; mostly it is forgotten then, so that now and then one comes too late. */
export function takeOne(client: StressClient, list: Made[]): Made | undefined {
  if (list.length === 0) return undefined
  const at = integerBetween(client.stream, 0, list.length - 1)
  const found = list[at]
  const last = list.at(-1)
  if (found && last && chance(client.stream, 0.8)) {
    list[at] = last
    list.pop()
  }
  return found
}

function asked(client: StressClient, number: string, party?: string) {
  const { stream, world } = client
  return {
    party: party ?? pick(stream, world.partyIds),
    document: number,
    amount: client.amount(25_000),
    currency: 'CNY',
    ...(chance(stream, 0.15) && { segment: 'export' }),
    ...(chance(stream, 0.1) && { priority: integerBetween(stream, 1, 9) }),
    ...(chance(stream, 0.05) && { expiresInMinutes: 1 }),
  }
}

async function reserve(client: StressClient, party?: string): Promise<void> {
  const body = { mode: 'reserve', ...asked(client, client.unique('R'), party) }
  const { json, isDone } = await client.post('reserve', '/api/credit-checks', body)
  if (isDone) noteReservation(client, json)
}

type Reserved = {
  readonly reservation?: Omit<Made, 'isAgain' | 'settled'> | null
  readonly levels?: readonly { readonly segment: string }[]
}

function noteReservation(
  client: StressClient,
  { reservation, levels }: Reserved,
  isAgain = false,
): void {
  if (!reservation) return
  const segment = levels?.[0]?.segment ?? ''
  remember(client.world.reservations, { ...reservation, segment, isAgain })
}

/** The same document with another amount, perhaps while others act on it. */
async function reserveAgain(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.reservations)
  if (!known) return reserve(client)
  known.isAgain = true
  const body = {
    ...{ mode: 'reserve', party: known.partyId, document: known.number },
    ...{ amount: client.amount(25_000), currency: 'CNY' },
    ...(known.segment && { segment: known.segment }),
  }
  const { json, isDone } = await client.post('reserve again', '/api/credit-checks', body)
  if (isDone) noteReservation(client, json, true)
}

/** Ten copies of one request under one key, at the same time, to both servers: they act once. */
async function reserveTenTimes(client: StressClient): Promise<void> {
  const { copied, copies } = client.world
  if (copies.isBusy) return reserve(client)
  copies.isBusy = true
  try {
    const number = client.unique('C')
    const key = client.unique('K')
    const body = { mode: 'reserve', ...asked(client, number) }
    const request = { method: 'POST', path: '/api/credit-checks', body, key }
    const answers = await Promise.all(
      copies.connections.map((connection) => client.ask('reserve ten times', request, connection)),
    )
    const different = new Set(answers.map(({ json }) => JSON.stringify(json.decisionId)))
    if (different.size > 1) client.fault(`copies of ${number} had ${different.size} answers`)
    copied.push(number)
  } finally {
    copies.isBusy = false
  }
}

/** Several in one call, the last of them for the document of the first, with another amount. */
async function reserveMany(client: StressClient): Promise<void> {
  const checks = Array.from({ length: 8 }, () => asked(client, client.unique('M')))
  const [first] = checks
  if (first) checks.push({ ...first, amount: client.amount(40_000) })
  const body = { mode: 'reserve', checks }
  const { json, isDone } = await client.post('reserve many', '/api/credit-checks', body)
  if (!isDone) return
  for (const item of json.items as Reserved[]) noteReservation(client, item, true)
}

async function commit(client: StressClient): Promise<void> {
  await resolve(client, 'commit', {})
}

async function commitPart(client: StressClient): Promise<void> {
  await resolve(client, 'commit in part', { amount: '50.00' })
}

async function resolve(client: StressClient, act: string, body: { amount?: string }) {
  const known = takeOne(client, client.world.reservations)
  if (!known) return reserve(client)
  const path = `/api/reservations/${known.partyId}/${known.id}/commit`
  const { isDone, json } = await client.post(act, path, body)
  if (!isDone) return
  known.settled.add(String(json.committed))
  // Committed once, to one amount, whoever asked how often.
  if (known.settled.size > 1 && !known.isAgain) {
    client.fault(`${known.number} was committed to ${[...known.settled].join(' and ')}`)
  }
  if (chance(client.stream, 0.9)) client.world.reservations.push(known)
}

async function release(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.reservations)
  if (!known) return reserve(client)
  const path = `/api/reservations/${known.partyId}/${known.id}/release`
  await client.post('release', path, { reason: 'stress' })
}

/** Bills what was reserved or committed, in full, in part or somewhat more. */
async function invoiceReserved(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.reservations)
  if (!known) return invoiceFreely(client)
  const share = pick(client.stream, [0.3, 1, 1, 1, 1.05])
  const amount = (Math.ceil(Number(known.amount) * share * 100) / 100).toFixed(2)
  await invoice(client, { party: known.partyId, amount, orderNumber: known.number })
}

async function invoiceFreely(client: StressClient): Promise<void> {
  const party = pick(client.stream, client.world.partyIds)
  await invoice(client, { party, amount: client.amount(5_000) })
}

async function invoice(
  client: StressClient,
  of: { party: string; amount: string; orderNumber?: string },
): Promise<void> {
  const { today } = client.world
  const dueOn = addDays(today, integerBetween(client.stream, 0, 60))
  const number = client.unique('I')
  const body = { ...of, number, currency: 'CNY', issuedOn: today, dueOn }
  const { json, isDone } = await client.post('invoice', '/api/invoices', body)
  if (!isDone) return
  const id = String(json.id)
  remember(client.world.invoices, { partyId: of.party, id, number, amount: of.amount })
}

async function pay(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.invoices)
  if (!known) return invoiceFreely(client)
  const isPart = chance(client.stream, 0.2)
  const amount = isPart ? (Number(known.amount) / 2).toFixed(2) : known.amount
  const allocate = [{ invoiceId: known.id, amount }]
  await receive(client, 'pay', { party: known.partyId, amount, allocate })
}

async function payAhead(client: StressClient): Promise<void> {
  const party = pick(client.stream, client.world.partyIds)
  const allocate = pick(client.stream, ['oldest-first', 'none'])
  await receive(client, 'pay ahead', { party, amount: client.amount(3_000), allocate })
}

async function receive(
  client: StressClient,
  act: string,
  of: { party: string; amount: string; allocate: unknown },
): Promise<void> {
  const number = client.unique('P')
  const body = { ...of, number, currency: 'CNY' }
  const { json, isDone } = await client.post(act, '/api/receipts', body)
  if (!isDone) return
  const id = String(json.id)
  remember(client.world.receipts, { partyId: of.party, id, number, amount: of.amount })
}

/** A credit note for goods that came back. */
async function takeBack(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.invoices)
  if (!known) return invoiceFreely(client)
  const amount = (Number(known.amount) / 4).toFixed(2)
  await client.post('take back', '/api/credits', {
    ...{ party: known.partyId, number: client.unique('N'), currency: 'CNY', amount },
    ...{ reason: 'return', allocate: 'oldest-first' },
  })
}

async function writeOff(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.invoices)
  if (!known) return invoiceFreely(client)
  const path = `/api/invoices/${known.partyId}/${known.id}/write-off`
  await client.post('write off', path, { note: 'stress' })
}

async function voidReceipt(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.receipts)
  if (!known) return payAhead(client)
  const path = `/api/credits/${known.partyId}/${known.id}/void`
  await client.post('void a receipt', path, { reason: 'stress' })
}

async function voidInvoice(client: StressClient): Promise<void> {
  const known = takeOne(client, client.world.invoices)
  if (!known) return invoiceFreely(client)
  const path = `/api/invoices/${known.partyId}/${known.id}/void`
  await client.post('void an invoice', path, { reason: 'stress' })
}

async function freezeAndFree(client: StressClient): Promise<void> {
  const { partyId, id } = pick(client.stream, client.world.accounts)
  const path = `/api/credit-accounts/${partyId}/${id}/status`
  const set = (status: string) =>
    client.ask(status, { method: 'PUT', path, body: { status, reason: 'stress' } })
  await set('frozen')
  for (let times = 0; times < 3; times++) await reserve(client, partyId)
  await set('open')
}

async function releaseOldestHold(client: StressClient): Promise<void> {
  const { releaser } = client.world
  if (releaser.isBusy) return reserve(client)
  releaser.isBusy = true
  try {
    const list = { method: 'GET', path: '/api/holds?limit=1' }
    const { json } = await client.ask('list holds', list, releaser.connection)
    const [hold] = json.items as { partyId: string; id: string }[]
    if (!hold) return
    const path = `/api/holds/${hold.partyId}/${hold.id}/release`
    const body = { reason: 'stress' }
    const request = { method: 'POST', path, body, key: client.unique('K') }
    await client.ask('release a hold', request, releaser.connection)
  } finally {
    releaser.isBusy = false
  }
}
