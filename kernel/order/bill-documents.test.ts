import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Billed, billDocuments } from '#kernel/order/bill-documents.ts'

const of = (text: string): Billed[] =>
  text.split(' ').flatMap((each) => {
    const [id, minor] = each.split(':')
    return id && minor ? [{ id, minor: BigInt(minor) }] : []
  })

const told = (invoices: string, documents: string) =>
  billDocuments(of(invoices), of(documents))
    .map(({ documentId, invoiceId, minor }) => `${invoiceId}>${documentId}:${minor}`)
    .join(' ')

const cases: readonly [string, string, string, string][] = [
  ['one for one', 'I:40', 'D:40', 'I>D:40'],
  ['the oldest delivery first', 'I:70', 'D:40 E:30', 'I>D:40 I>E:30'],
  ['two invoices share a delivery', 'I:25 J:40', 'D:60', 'I>D:25 J>D:35'],
  ['no more than is billed', 'I:100', 'D:40', 'I>D:40'],
  ['no more than there are invoices for', 'I:40', 'D:60 O:30', 'I>D:40'],
  ['nothing', '', 'D:60', ''],
  ['an empty delivery between', 'I:50', 'D:20 E:0 O:30', 'I>D:20 I>O:30'],
]

for (const [what, invoices, documents, expected] of cases) {
  test(`bills ${what}`, () => assert.equal(told(invoices, documents), expected))
}

test('no invoice bills more than it is, no document more than is billed, and as much as can be', () => {
  const parts = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { maxLength: 8 })
  const named = (all: bigint[], name: string) =>
    all.map((minor, index) => ({ id: `${name}${index}`, minor }))
  const sum = (all: readonly { readonly minor: bigint }[]) =>
    all.reduce((total, { minor }) => total + minor, 0n)
  fc.assert(
    fc.property(parts, parts, (one, two) => {
      const [invoices, documents] = [named(one, 'I'), named(two, 'D')]
      const bills = billDocuments(invoices, documents)
      for (const { id, minor } of invoices) {
        assert.ok(sum(bills.filter(({ invoiceId }) => invoiceId === id)) <= minor)
      }
      for (const { id, minor } of documents) {
        assert.ok(sum(bills.filter(({ documentId }) => documentId === id)) <= minor)
      }
      const most = sum(invoices) < sum(documents) ? sum(invoices) : sum(documents)
      assert.equal(sum(bills), most)
    }),
  )
})
