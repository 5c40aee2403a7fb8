import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { callAs } from './testing-held.ts'
import type { Workbench } from './testing-workbench.ts'

export type PageOfWorkbench = { readonly name: string; readonly path: string }

/** Every page of the workbench, those of one thing for one that has much to show. */
export async function everyPage(workbench: Workbench): Promise<PageOfWorkbench[]> {
  const page = await workbench.open('admin', '/check')
  const first = async (path: string): Promise<{ id: string; partyId: string }> => {
    const reply = await page.request.get(`${workbench.url}${path}`)
    const { items } = await reply.json()
    return items[0] ?? assert.fail(`nothing is in ${path}`)
  }
  const hold = await first('/api/holds?limit=1')
  const order = await first('/api/orders?limit=1')
  const invoice = await first('/api/invoices?limit=1')
  const receipt = await first('/api/credits?limit=1')
  const policy = await first('/api/policies')
  const policies = await page.request.get(`${workbench.url}/api/policies`)
  const { items } = (await policies.json()) as { items: { id: string; kind: string }[] }
  const policyOf = (kind: string) => items.find((each) => each.kind === kind)?.id ?? ''
  await page.context().close()
  const replayId = await replayed(workbench, policyOf('check-rules'))
  const contract = await callAs(workbench, 'admin', 'POST', '/api/contracts', {
    ...{ party: hold.partyId, number: 'HT-2026-001', title: '年度供货框架合同', currency: 'CNY' },
    ...{ amount: '1200000.00', signedOn: '2026-01-05', terms: 'net-60', toOn: '2027-01-04' },
  })
  const { jobId } = await callAs(workbench, 'admin', 'POST', '/api/scorecard-monitoring')
  await done(workbench, `/api/jobs/${jobId}`)
  return [
    { name: 'today', path: '/today' },
    { name: 'ship-check', path: '/check' },
    { name: 'customers', path: '/customers' },
    { name: 'credit-file', path: `/customers/${hold.partyId}` },
    { name: 'holds', path: '/holds' },
    { name: 'hold', path: `/holds/${hold.partyId}/${hold.id}` },
    { name: 'groups', path: '/groups' },
    { name: 'orders', path: '/orders' },
    { name: 'new-order', path: '/orders/new' },
    { name: 'order', path: `/orders/${order.id}` },
    { name: 'contracts', path: '/orders/contracts' },
    { name: 'contract', path: `/orders/contracts/${contract.id}` },
    { name: 'ageing', path: '/ageing' },
    { name: 'invoices', path: '/invoices' },
    { name: 'invoice', path: `/invoices/${invoice.partyId}/${invoice.id}` },
    { name: 'receipts', path: '/receipts' },
    { name: 'receipt', path: `/receipts/${receipt.partyId}/${receipt.id}` },
    { name: 'imports', path: '/imports' },
    { name: 'policies', path: '/policies' },
    { name: 'models', path: '/policies/models' },
    { name: 'policy', path: `/policies/${policy.id}` },
    { name: 'policy-edit', path: `/policies/${policyOf('scorecard')}/edit` },
    { name: 'limit-policy-edit', path: `/policies/${policyOf('limit-policy')}/edit` },
    { name: 'check-rules-edit', path: `/policies/${policyOf('check-rules')}/edit` },
    { name: 'rating-scale-edit', path: `/policies/${policyOf('rating-scale')}/edit` },
    { name: 'pilots', path: '/policies/pilots' },
    { name: 'pilot', path: '/policies/pilots/utilisation' },
    { name: 'monitoring', path: '/policies/monitoring' },
    { name: 'replays', path: '/policies/lab' },
    { name: 'replay', path: `/policies/lab/${replayId}` },
    { name: 'first-formulas', path: '/policies/first-formulas' },
    { name: 'company', path: '/company' },
    { name: 'rates', path: '/company/rates' },
    { name: 'calendar', path: '/company/calendar' },
    { name: 'terms', path: '/company/terms' },
    { name: 'users', path: '/users' },
    { name: 'departments', path: '/users/departments' },
    { name: 'roles', path: '/users/roles' },
    { name: 'keys', path: '/users/keys' },
    { name: 'sign-in', path: '/users/sign-in' },
    { name: 'oidc', path: '/users/oidc' },
    { name: 'audit', path: '/audit' },
    { name: 'system', path: '/system' },
    { name: 'account', path: '/account' },
  ]
}

/** The past under check rules that hold sooner for what is past due. */
async function replayed(workbench: Workbench, rulesId: string): Promise<string> {
  const call = (method: 'GET' | 'POST', path: string, body?: object) =>
    callAs(workbench, 'admin', method, path, body)
  type Rules = { rules: { id: string; overDays?: number }[] }
  const { document } = (await call('GET', `/api/policies/${rulesId}`)) as { document: Rules }
  const at = document.rules.findIndex(({ id }) => id === 'overdue-30')
  const rules = document.rules.map((rule, index) =>
    index === at ? { ...rule, overDays: 12 } : rule,
  )
  const { jobId } = await call('POST', '/api/policy-replays', {
    tried: { kind: 'check-rules', document: { ...document, rules } },
    lossAfterDays: 60,
    vary: { pointer: `/rules/${at}/overDays`, values: ['0', '5', '10', '15', '20', '30', '45'] },
  })
  await done(workbench, `/api/policy-replays/${jobId}`)
  return String(jobId)
}

/** Waits until a job has done its work. */
async function done(workbench: Workbench, path: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { state } = await callAs(workbench, 'admin', 'GET', path)
    if (state === 'done') return
    assert.ok(state === 'waiting' || state === 'running', String(state))
    await sleep(200)
  }
  assert.fail(`${path} takes too long`)
}

/** Waits until a page has its heading and nothing on it loads any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  for (let quietTimes = 0, tries = 0; quietTimes < 3 && tries < 100; tries++) {
    const isLoading = await page.locator('.ant-skeleton, .ant-spin-spinning').count()
    quietTimes = isLoading === 0 ? quietTimes + 1 : 0
    await sleep(60)
  }
}
