import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hearing } from '#contract/live.ts'
import { isTouched } from './live-touches.ts'

const one = '0197a000-0000-7000-8000-000000000001'
const other = '0197a000-0000-7000-8000-000000000002'

test('an open page reads again what a change may have touched', () => {
  const cases = [
    ['/api/today', 'hold.opened', true],
    ['/api/today', 'job.changed', false],
    ['/api/notices', 'notice.told', true],
    ['/api/notices', 'hold.opened', false],
    ['/api/figures', 'figure.recorded', true],
    ['/api/figures', 'invoice.recorded', false],
    ['/api/imports', 'job.changed', true],
    [`/api/jobs/${one}`, 'job.changed', true],
    ['/api/holds', 'invoice.recorded', false],
    ['/api/holds', 'hold.released', true],
    ['/api/ageing', 'receipt.recorded', true],
    ['/api/me', 'party.changed', false],
    [`/api/parties/${one}/timeline`, 'order.created', true],
    [`/api/parties/${other}/timeline`, 'order.created', false],
    [`/api/holds/${other}/${one}`, 'hold.asked', false],
    // The exposure of a group moves with each member.
    [`/api/parties/${other}/credit-file`, 'order.created', true],
    [`/api/credit-accounts/${other}`, 'limit.set', true],
    [`/api/orders/${other}`, 'order.delivered', true],
    // A page that this table does not know yet.
    ['/api/whatever', 'party.changed', true],
  ] as const
  for (const [path, kind, expected] of cases) {
    const change = { kind, partyId: one, id: null }
    assert.equal(isTouched([path, {}], change), expected, `${kind} and ${path}`)
  }
})

test('a list of one customer is not touched by another; a change to many touches all', () => {
  const list = ['/api/invoices', { party: other }]
  assert.equal(isTouched(list, { kind: 'invoice.recorded', partyId: one, id: null }), false)
  assert.equal(isTouched(list, { kind: 'invoice.recorded', partyId: other, id: null }), true)
  assert.equal(isTouched(list, { kind: 'import.applied', partyId: null, id: one }), true)
  const byCode = ['/api/invoices', { party: 'C-7' }]
  assert.equal(isTouched(byCode, { kind: 'invoice.recorded', partyId: one, id: null }), true)
})

test('every kind of change touches some page', () => {
  const paths = ['/api/today', '/api/notices', '/api/figures', '/api/jobs', '/api/policies']
  const unheard = Object.keys(hearing).filter(
    (word) =>
      !paths.some((path) => isTouched([path], { kind: `${word}.x`, partyId: null, id: null })),
  )
  assert.deepEqual(unheard, [])
})
