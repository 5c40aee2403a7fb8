import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pageOf } from './page-of.ts'

test('a notice leads to the page of what it is about', () => {
  const cases = [
    ['/api/holds/p1/h1', null, '/holds/p1/h1'],
    ['/api/orders/o1', 'p1', '/orders/o1'],
    ['/api/invoices/p1/i1', 'p1', '/invoices/p1/i1'],
    ['/api/credit-accounts/p1/a1', 'p1', '/customers/p1'],
    ['/api/parties/p1/notes', 'p1', '/customers/p1?tab=people'],
    ['/api/anything/else', 'p1', '/customers/p1'],
    ['/api/anything/else', null, null],
    ['/', null, '/today'],
    [null, 'p1', '/customers/p1'],
    [null, null, null],
  ] as const
  for (const [path, partyId, page] of cases) assert.equal(pageOf({ path, partyId }), page)
})
