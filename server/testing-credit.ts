import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CreditCheckReply } from '#contract/check.ts'
import type { CreditAccount } from '#contract/exposure.ts'
import type { ProblemKind } from '#contract/problem.ts'
import type { Role } from '#contract/role.ts'
import { type Day, day } from '#kernel/calendar/day.ts'
import { verifyExposure } from '#server/check/public.ts'
import { openTestServer, type Reply, type TestServer } from '#server/testing-http.ts'

export type Body = Readonly<Record<string, unknown>>

export type Customer = { readonly id: string; readonly code: string; readonly account: string }

export type CreditStories = Awaited<ReturnType<typeof openCreditStories>>

/**
 * The whole server with customers on credit, on a day that the story tells: everything goes through
 * the API as integrators and people use it.
 */
export async function openCreditStories(firstDay: string) {
  let today: Day = day(firstDay)
  const server = await openTestServer(() => today)
  const acts = actsOn(server)
  const accounts = accountsOn(acts)
  return {
    server,
    ...acts,
    ...accounts,
    turnTo: (on: string) => {
      today = day(on)
    },
    /** A customer with a limit until the end of 2027; null: without any. */
    customer: async (limit: string | null, more: Body = {}): Promise<Customer> => {
      const party = { name: server.world.unique('武汉泵业'), ...more }
      const { code, id } = (await acts.post('/api/parties', party)) as { id: string; code: string }
      const own = await accounts.openAccount(id, { level: 'party' })
      if (limit !== null) await accounts.setLimit(own, limit)
      return { id, code, account: own.id }
    },
    /** A new person of a role; gives the cookie of their session. */
    hire: async (name: string, role: Role): Promise<string> => {
      const body = { login: name, password: `the password of ${name}` }
      await acts.post('/api/persons', { ...body, name, roles: [role], scope: 'all' })
      const { headers } = await server.send({ method: 'POST', url: '/api/session', body })
      return String(headers['set-cookie']).split(';')[0] ?? ''
    },
    close: () => server.close(),
    /** Proves what is left of all stories; a server that stayed open would keep the test waiting. */
    proveAndClose: async () => {
      try {
        await acts.proveLedger()
      } finally {
        await server.close()
      }
    },
  }
}

type Sender = { readonly role?: Role; readonly key?: string; readonly cookie?: string }

function senderOf(server: TestServer) {
  return (method: string, url: string, body?: unknown, of: Sender = {}): Promise<Reply> =>
    server.send({
      ...{ method, url, ...(body === undefined ? {} : { body }) },
      headers: {
        ...(of.cookie === undefined ? server.as[of.role ?? 'admin'] : { cookie: of.cookie }),
        ...(of.key === undefined ? {} : { 'idempotency-key': of.key }),
      },
    })
}

function actsOn(server: TestServer) {
  const send = senderOf(server)
  const accepted = async (...of: Parameters<typeof send>): Promise<Body> => {
    const reply = await send(...of)
    assert.ok(reply.status < 300, `${of[0]} ${of[1]}: ${reply.text}`)
    return reply.json
  }
  const { db } = server.database
  const settled = () => jobsDone(server)
  return {
    send,
    accepted,
    get: (url: string) => accepted('GET', url),
    post: (url: string, body?: unknown, role?: Role) =>
      accepted('POST', url, body, role === undefined ? {} : { role }),
    put: (url: string, body?: unknown) => accepted('PUT', url, body),
    refused: async (
      kind: ProblemKind,
      detail: RegExp,
      ...of: Parameters<typeof send>
    ): Promise<Body> => {
      const reply = await send(...of)
      assert.equal(reply.json.kind, kind, `${of[0]} ${of[1]}: ${reply.text}`)
      assert.match(String(reply.json.detail), detail)
      return reply.json
    },
    check: async (body: Body, role?: Role): Promise<CreditCheckReply> => {
      const of = role === undefined ? {} : { role }
      const asked = { currency: 'CNY', ...body }
      return (await accepted('POST', '/api/credit-checks', asked, of)) as CreditCheckReply
    },
    /** A decision with its rules and remedies as a person reads them. */
    explained: async (of: { readonly partyId: string; readonly decisionId: string }) => {
      const stored = await accepted('GET', `/api/credit-checks/${of.partyId}/${of.decisionId}`)
      const { fired, outcome, remedies } = stored as unknown as CreditCheckReply
      return {
        outcome,
        fired: fired.map(({ reaction, rule }) => `${reaction} ${rule}`),
        remedies: remedies.map(({ sentence }) => sentence.en),
      }
    },
    /** Waits until all that was queued is done. */
    settled,
    /** Does now what the clock would do by itself, such as `exposure.turn-securities`. */
    byTheClock: async (kind: string) => {
      const task = `timed_${kind.replaceAll(/[^a-z0-9]/g, '_')}`
      await db.pool.query('select graphile_worker.add_job($1)', [task])
      await settled()
    },
    count: async (table: string): Promise<number> => {
      const { rows } = await db.pool.query(`select count(*)::integer as count from ${table}`)
      return rows[0].count
    },
    proveLedger: async () => {
      await settled()
      assert.deepEqual((await verifyExposure(db)).differences, [])
    },
  }
}

function accountsOn(acts: ReturnType<typeof actsOn>) {
  type Ref = { readonly partyId: string; readonly id: string }
  const url = ({ id, partyId }: Ref) => `/api/credit-accounts/${partyId}/${id}`
  const account = async (ref: Ref) => (await acts.get(url(ref))) as CreditAccount
  return {
    account,
    accountUrl: url,
    own: ({ id, account: own }: Customer) => account({ partyId: id, id: own }),
    openAccount: async (party: string, of: Body) =>
      (await acts.post(`/api/parties/${party}/credit-accounts`, of)) as CreditAccount,
    setLimit: (ref: Ref, limit: string, more: Body = {}) => {
      const usual = { currency: 'CNY', toOn: '2027-12-31', reason: '授信' }
      return acts.put(`${url(ref)}/limit`, { limit, ...usual, ...more })
    },
    setStatus: (ref: Ref, status: string, reason: string) =>
      acts.put(`${url(ref)}/status`, { status, reason }),
    invoice: (party: string, number: string, amount: string, more: Body = {}) =>
      acts.post('/api/invoices', {
        ...{ party, number, currency: 'CNY', amount },
        ...{ issuedOn: '2026-11-24', terms: 'net-30', ...more },
      }),
  }
}

/** Stages of an account in one currency, as plain numbers; those of zero are left out. */
export function stagesOf(account: CreditAccount, currency = 'CNY'): Record<string, number> {
  const stages = account.balances.find((balance) => balance.currency === currency)?.stages ?? {}
  return Object.fromEntries(Object.entries(stages).map(([stage, text]) => [stage, Number(text)]))
}

/** What the gate said in a word each: `held by limit, overdue-30`. */
export function said({ fired, outcome }: CreditCheckReply): string {
  const rules = fired.filter(({ reaction }) => outcome !== 'held' || reaction === 'hold')
  return rules.length === 0 ? outcome : `${outcome} by ${rules.map(({ rule }) => rule).join(', ')}`
}

async function jobsDone({ database }: TestServer): Promise<void> {
  for (let waitedMs = 0; waitedMs < 20_000; waitedMs += 20) {
    const { rows } = await database.db.pool.query(
      `select task_identifier, last_error from graphile_worker.jobs
       where attempts < max_attempts and (run_at <= now() or locked_at is not null)`,
    )
    if (rows.length === 0) return
    await sleep(20)
  }
  assert.fail('jobs still wait after 20 seconds')
}
