import assert from 'node:assert/strict'
import { after } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import type { NewLine, NewOrder, OrderAnswer } from '#contract/order.ts'
import { isRefusal, type ProblemKind, type Refusal } from '#contract/problem.ts'
import { day } from '#kernel/calendar/day.ts'
import { verifyExposure } from '#server/check/public.ts'
import { lockTree } from '#server/exposure/public.ts'
import { confirmOrder } from '#server/order/confirm-order.ts'
import { createOrder } from '#server/order/create-order.ts'
import { showOrder } from '#server/order/show-order.ts'
import { insertParties } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import type { Call } from '#server/platform/route.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { readInvoice, recordInvoiceIn } from '#server/receivable/public.ts'
import { allRoutes } from '#server/rooms.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

export function accepted<Answer>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) assert.fail(answer.refused.detail)
  return answer
}

export function refused(answer: unknown, kind: ProblemKind, detail: RegExp): void {
  assert.ok(isRefusal(answer), `not refused: ${JSON.stringify(answer)}`)
  assert.equal(answer.refused.kind, kind, answer.refused.detail)
  assert.match(answer.refused.detail, detail)
}

export const today = day('2026-11-24')

let made = 0

/** A database of its own for the stories of a file; once they are told its exposure is proved. */
export async function openOrderStories() {
  const database = await openTestDatabase()
  after(async () => {
    assert.deepEqual((await verifyExposure(database.db)).differences, [])
    await database.close()
  })
  return { database, story: orderStories(database) }
}

/** What stories about orders begin with: customers with a limit, and their orders. */
function orderStories(database: TestDatabase) {
  const sales = (): Context => database.context('sales', today)
  const filling = { name: 'test.fill', permission: 'receivable:write', input: {} } as const
  const setLimit = async (partyId: string, limitMinor: bigint) => {
    await runCommand(database.context(), filling, async (tx) => {
      await lockTree(tx, [{ partyId, segment: '' }])
      await tx.run(sql`
        update exposure.account set limit_minor = ${limitMinor}, limit_from_on = ${today},
          limit_to_on = '2027-11-24', review_on = '2027-11-24', limit_source = 'manual'
        where party_id = ${partyId} and level = 'party'`)
    })
  }
  const newCustomer = async (limitMinor: bigint) => {
    const id = newId()
    const roles = ['customer'] as const
    const party = { id, name: `订货客户${++made}号有限公司`, roles, terms: 'net-30' }
    await runCommand(database.context(), filling, (tx) => insertParties(tx, [party]))
    await setLimit(id, limitMinor)
    return id
  }
  const draft = async (party: string, lines: readonly NewLine[], more: Partial<NewOrder> = {}) => {
    const order = { party, number: `SO-${++made}`, currency: 'CNY', lines: [...lines], ...more }
    return accepted(await createOrder(sales(), order)).order
  }
  const confirmed = async (...of: Parameters<typeof draft>) => {
    const { id } = await draft(...of)
    const answer = accepted(await confirmOrder(sales(), id))
    assert.equal(answer.order.state, 'confirmed', JSON.stringify(answer.check))
    return answer.order
  }
  /** What stands at the stages of a customer's own account: `order delivered invoiced`. */
  const standing = async (partyId: string) => {
    const found = await database.db.row(sql<{ text: string }>`
      select concat_ws(' ', order_minor, delivered_minor, invoiced_minor) as text
      from exposure.balance b join exposure.account a on a.party_id = b.party_id
        and a.id = b.account_id
      where b.party_id = ${partyId} and a.level = 'party' and b.currency = 'CNY'`)
    return found?.text ?? '0 0 0'
  }
  const accountant = () => database.context('accountant', today)
  /** An invoice that bears the number of an order, whatever was delivered of it. */
  const invoiced = async (
    { party, number: orderNumber }: { readonly party: string; readonly number: string },
    number: string,
    amount: string,
  ) => {
    const asked = { party, number, amount, currency: 'CNY', orderNumber, issuedOn: today }
    const drafted = accepted(await readInvoice(accountant(), asked))
    return accepted(await runCommand(accountant(), filling, (tx) => recordInvoiceIn(tx, drafted)))
  }
  const voided = async ({ id, partyId }: { readonly id: string; readonly partyId: string }) => {
    const path = '/api/invoices/:partyId/:id/void'
    accepted(await callRoute(accountant(), path, { partyId, id }, { reason: '开错' }))
  }
  const shown = async (id: string) => accepted(await showOrder(sales(), id))
  const release = async (id: string, partyId: string) => {
    const manager = database.context('credit-manager', today)
    accepted(await onHold(manager, 'release', { partyId, id }, { reason: '老客户' }))
  }
  const write = async (text: RawBuilder<unknown>) => {
    await runCommand(database.context(), filling, (tx) => tx.run(text))
  }
  return {
    ...{ sales, accountant, setLimit, newCustomer, draft, confirmed, standing, invoiced, voided },
    ...{ shown, release, write },
  }
}

/** What the room of holds does at its URLs, with what this room does about orders. */
export async function onHold(
  context: Context,
  act: 'release' | 'reject' | 'recall',
  params: { readonly partyId: string; readonly id: string },
  body: unknown,
): Promise<object | Refusal> {
  return callRoute(context, `/api/holds/:partyId/:id/${act}`, params, body)
}

/** What another room does at one of its URLs. */
async function callRoute(
  context: Context,
  path: string,
  params: { readonly partyId: string; readonly id: string },
  body: unknown,
): Promise<object | Refusal> {
  const route = allRoutes.find((each) => each.path === path)
  assert.ok(route, path)
  const call = { context, params, query: {}, body, upload: undefined }
  return (await route.handle(call as unknown as Call)) as object | Refusal
}

/** So many pieces at 10.00 each. */
export function pieces(quantity: string, more: Partial<NewLine> = {}): NewLine {
  return { item: '轴承', quantity, unit: '件', unitPrice: '10', ...more }
}

/** The state of an order with what the gate said: `held by limit`. */
export function told({ check, order }: OrderAnswer): string {
  if (check === null) return order.state
  return `${order.state}, ${check.outcome}${check.rules.length > 0 ? ` by ${check.rules}` : ''}`
}
