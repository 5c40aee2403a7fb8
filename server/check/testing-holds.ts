import { sql } from 'kysely'
import type { Role } from '#contract/role.ts'
import { checkInputsText } from '#kernel/check/check-inputs.ts'
import { checkResultText } from '#kernel/check/check-result.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import {
  balance,
  factsOf,
  levelOf,
  limitRule,
  prepared,
  requestOf,
} from '#kernel/check/testing-check.ts'
import { invariant } from '#kernel/invariant.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import type { FollowHolds } from '#server/check/follow-hold.ts'
import type { NewHold } from '#server/check/hold.store.ts'
import { openHolds } from '#server/check/open-holds.ts'
import { insertParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { type CommandTransaction, type Context, runCommand } from '#server/platform/run-command.ts'
import type { TestDatabase } from '#server/testing.ts'

/** Holds of documents that exist in name only, for tests of what people do about holds. */
export type HoldMaker = {
  /** A held document of a customer with an account, 800.00 CNY asked for by 林晓. */
  held(change?: Partial<NewHold>): Promise<NewHold & { readonly id: string }>
  newCustomer(): Promise<{ readonly partyId: string; readonly accountId: string }>
  write(work: (tx: CommandTransaction) => Promise<unknown>): Promise<void>
}

export function makeHolds(database: TestDatabase): HoldMaker {
  let made = 0
  const filling = { name: 'test.fill', permission: 'receivable:write', input: {} } as const
  const write: HoldMaker['write'] = async (work) => {
    await runCommand(database.context(), filling, work)
  }
  const newCustomer = async () => {
    const customer = { partyId: newId(), accountId: newId() }
    await write(async (tx) => {
      const party = { id: customer.partyId, name: `客户${++made}有限公司`, roles: ['customer'] }
      await insertParties(tx, [party as Parameters<typeof insertParties>[1][number]])
      await tx.run(sql`
        insert into exposure.account (party_id, id, level, currency, charged_party_id)
        values (${customer.partyId}, ${customer.accountId}, 'party', 'CNY', ${customer.partyId})`)
    })
    return customer
  }
  return {
    write,
    newCustomer,
    held: async (change = {}) => {
      const partyId = change.partyId ?? (await newCustomer()).partyId
      const account = change.accountId ?? (await accountOf(database, partyId))
      const hold: NewHold = {
        ...{ partyId, documentKind: 'order', documentId: newId(), number: `SO-${++made}` },
        ...{ checkpoint: 'order', decisionId: newId(), accountPartyId: partyId },
        ...{ accountId: account, currency: currency('CNY'), amountMinor: 800_00n },
        ...{ rules: ['limit'], priority: 5, owner: 'credit-manager', requestedBy: '林晓' },
        ...{ salesperson: null, ...change },
      }
      let id = ''
      await write(async (tx) => {
        await insertDecision(tx, hold)
        id = (await openHolds(tx, [hold])).get(hold.documentId) ?? ''
      })
      return { ...hold, id }
    },
  }
}

/** A room of orders of which only the answer of the gate matters. */
export function ordersThat(release: FollowHolds['release']): FollowHolds {
  const nothing = async () => undefined
  return { lock: nothing, release, reject: nothing, recall: nothing }
}

/** A person of one role with a name of their own. */
export function personOf(database: TestDatabase, name: string, ...roles: Role[]): Context {
  const context = database.context()
  return { ...context, actor: { kind: 'person', id: newId(), name, roles } }
}

/** What the gate says of an order that has 500.00 CNY of room. */
async function insertDecision(tx: CommandTransaction, hold: NewHold): Promise<void> {
  const facts = factsOf({
    levels: [levelOf({ balances: [balance({ invoiced: 500_00n })] })],
  })
  const request = requestOf({ amount: { minor: hold.amountMinor, currency: hold.currency } })
  const decision = decideCheck(prepared([limitRule]), facts, request)
  invariant(decision.kind === 'decided', 'there is a rate for every currency of these tests')
  const remedy = { kind: 'reduce-amount', to: { minor: 500_00n, currency: hold.currency } } as const
  await tx.run(sql`
    insert into "check".decision (party_id, id, mode, checkpoint, outcome, document_id, number,
      currency, amount_minor, policy_id, engine, inputs, result, hash, decided_for)
    values (${hold.partyId}, ${hold.decisionId}, 'reserve', ${hold.checkpoint}, 'held',
      ${hold.documentId}, ${hold.number}, ${hold.currency}, ${hold.amountMinor}, ${newId()}, 'test',
      ${checkInputsText(facts, request, [])},
      ${checkResultText(decision, [remedy])}, ${Buffer.alloc(32)}, ${hold.requestedBy})`)
}

async function accountOf({ db }: TestDatabase, partyId: string): Promise<string> {
  const row = await db.row(sql<{ id: string }>`
    select id from exposure.account where party_id = ${partyId}`)
  invariant(row, 'a customer of these tests has an account')
  return row.id
}

function currency(code: string): Currency {
  const parsed = parseCurrency(code)
  invariant(parsed, `${code} is a currency`)
  return parsed
}
