import { type Connection, jsonOf } from '#bench/connection.ts'
import type { Day } from '#kernel/calendar/day.ts'

/** A document that a client made and others may act on; `isOver` once its life has ended. */
export type Made = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly amount: string
  readonly segment?: string
  /** Asked for again under its number: it may be committed anew. */
  isAgain: boolean
  readonly settled: Set<string>
}

/** Fifty customers in five groups with tight limits, and the documents that clients made so far. */
export type StressWorld = {
  readonly seed: string
  readonly today: Day
  readonly partyIds: readonly string[]
  /** Accounts that may be frozen and set free again. */
  readonly accounts: readonly { readonly partyId: string; readonly id: string }[]
  readonly reservations: Made[]
  readonly invoices: Made[]
  readonly receipts: Made[]
  readonly orders: Made[]
  /** Ten connections for copies of one request, for one client at a time. */
  readonly copies: { readonly connections: readonly Connection[]; isBusy: boolean }
  /** Somebody else than the clients, who releases what they ask for. */
  readonly releaser: { readonly connection: Connection; isBusy: boolean }
  /** Numbers of documents of which ten copies were sent. */
  readonly copied: string[]
}

const groups = 5
const parties = 50
const limits = { party: '100000.00', segment: '40000.00', group: '500000.00' }

/** The parties, their ties and their limits, made over HTTP as people make them. */
export async function populate(
  connection: Connection,
  of: { seed: string; today: Day; limitToOn: Day },
): Promise<Pick<StressWorld, 'partyIds' | 'accounts'>> {
  const call = async (method: string, path: string, body?: unknown) => {
    const reply = await connection.ask({ method, path, body })
    const json = jsonOf(reply)
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`)
    return json
  }
  const partyIds: string[] = []
  for (let number = 0; number < parties; number++) {
    const tie: Record<string, string> = {}
    const head = partyIds[number % groups]
    if (number >= groups && head) tie.groupParentId = head
    // A few are paid for by the one before them.
    const payer = partyIds[number - 1]
    if (number % 12 === 11 && payer) tie.payerId = payer
    const name = `${of.seed} 第${number + 1}贸易有限公司`
    const made = await call('POST', '/api/parties', { name, terms: 'net-30', ...tie })
    partyIds.push(String(made.id))
  }
  const accounts: { partyId: string; id: string }[] = []
  for (const [number, partyId] of partyIds.entries()) {
    const path = `/api/parties/${partyId}/credit-accounts`
    await call('POST', path, { level: 'segment', segment: 'export' })
    if (number < groups) await call('POST', path, { level: 'group' })
    const { items } = await call('GET', path)
    for (const { id, level } of items as { id: string; level: keyof typeof limits }[]) {
      const limit = { limit: limits[level], currency: 'CNY', toOn: of.limitToOn, reason: 'stress' }
      await call('PUT', `/api/credit-accounts/${partyId}/${id}/limit`, limit)
      if (level === 'party') accounts.push({ partyId, id })
    }
  }
  return { partyIds, accounts }
}
