import assert from 'node:assert/strict'
import type { Role } from '#contract/role.ts'
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

/** An order for far more than any limit, which the gate holds. */
export async function holdOrder(
  workbench: Workbench,
  number: string,
  quantity = '9000',
): Promise<HeldOrder> {
  const { items } = await callAs(workbench, 'sales', 'GET', '/api/parties?role=customer&limit=20')
  const [party] = items as { id: string }[]
  assert.ok(party)
  const { order } = await callAs(workbench, 'sales', 'POST', '/api/orders', {
    party: party.id,
    number,
    currency: 'CNY',
    requestedOn: '2026-12-20',
    lines: [{ item: '深沟球轴承 6204', quantity, unit: '套', unitPrice: '260.00' }],
  })
  const { id: orderId } = order as { id: string }
  const { check } = await callAs(workbench, 'sales', 'POST', `/api/orders/${orderId}/confirm`)
  const { holdId } = check as { holdId: string | null }
  assert.ok(holdId, JSON.stringify(check))
  return { orderId, partyId: party.id, holdId, number }
}
