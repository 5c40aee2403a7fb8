import assert from 'node:assert/strict'
import type { Role } from '#contract/role.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { todayIn } from '#server/platform/today.ts'
import { loginOf, type Workbench } from './testing-workbench.ts'

type Json = Record<string, unknown>

/** Calls the API of the workbench as somebody of that role. */
export async function callAs(
  workbench: Workbench,
  role: Role,
  method: string,
  path: string,
  body?: unknown,
): Promise<Json> {
  const context = await workbench.browser.newContext()
  try {
    const headers = { origin: workbench.url }
    const signIn = { login: loginOf(role), password: 'a password of the tests' }
    await context.request.post(`${workbench.url}/api/session`, { data: signIn, headers })
    const sending = { method, headers, ...(body === undefined ? {} : { data: body }) }
    const reply = await context.request.fetch(`${workbench.url}${path}`, sending)
    assert.ok(reply.ok(), `${method} ${path}: ${await reply.text()}`)
    return (await reply.json()) as Json
  } finally {
    await context.close()
  }
}

export type HeldOrder = {
  readonly orderId: string
  readonly partyId: string
  readonly holdId: string
  readonly number: string
}

export type Customer = { readonly id: string; readonly code: string }

/**
 * The first customer of the demonstration whose limit has room for a small order: who that is changes
 * from day to day, as the demonstration goes on until today.
 */
export async function customerWithRoom(workbench: Workbench): Promise<Customer> {
  const { items } = await callAs(workbench, 'sales', 'GET', '/api/parties?role=customer&limit=20')
  for (const { code, id } of items as Customer[]) {
    const asked = { party: id, amount: '5000.00', currency: 'CNY', mode: 'check' }
    const { outcome } = await callAs(workbench, 'sales', 'POST', '/api/credit-checks', asked)
    if (outcome !== 'held') return { id, code }
  }
  assert.fail('a customer of the demonstration has room')
}

/** An order for far more than any limit, which the gate holds. */
export async function holdOrder(
  workbench: Workbench,
  number: string,
  quantity = '9000',
): Promise<HeldOrder> {
  const party = await customerWithRoom(workbench)
  const { order } = await callAs(workbench, 'sales', 'POST', '/api/orders', {
    party: party.id,
    number,
    currency: 'CNY',
    requestedOn: addDays(todayIn('Asia/Shanghai'), 26),
    lines: [{ item: '深沟球轴承 6204', quantity, unit: '套', unitPrice: '260.00' }],
  })
  const { id: orderId } = order as { id: string }
  const { check } = await callAs(workbench, 'sales', 'POST', `/api/orders/${orderId}/confirm`)
  const { holdId } = check as { holdId: string | null }
  assert.ok(holdId, JSON.stringify(check))
  return { orderId, partyId: party.id, holdId, number }
}
