import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '#kernel/calendar/day.ts'
import { simulateParties } from '#kernel/simulator/parties.ts'

const from = day('2024-01-01')
const to = day('2025-12-31')
const stream = (customers: number, invoicesPerParty?: number) =>
  simulateParties({
    ...{ seed: 'parties', customers, from, to },
    ...(invoicesPerParty === undefined ? {} : { invoicesPerParty }),
  })

test('the mean number of invoices is about the one wanted', () => {
  for (const wanted of [3, 10]) {
    let invoices = 0
    for (const party of stream(2_000, wanted)) invoices += party.ledger.invoices.length
    const mean = invoices / 2_000
    assert.ok(Math.abs(mean / wanted - 1) < 0.08, `${mean} instead of ${wanted}`)
  }
})

test('asking for more customers changes none of the first', () => {
  const told = (customers: number) => [...stream(customers)].slice(0, 30)
  assert.deepEqual(told(40), told(30))
})

test('ten thousand customers have names and codes of their own', () => {
  const names = new Set<string>()
  const codes = new Set<string>()
  let domestic = 0
  for (const { name, creditCode } of stream(10_000, 0.5)) {
    names.add(name)
    if (creditCode === null) continue
    domestic++
    codes.add(creditCode)
  }
  assert.equal(names.size, 10_000)
  assert.equal(codes.size, domestic)
})

test('customers come one at a time, as they are asked for', () => {
  const endless = stream(Number.MAX_SAFE_INTEGER)
  assert.equal(endless.next().value?.code, 'C00001')
  assert.equal(endless.next().value?.code, 'C00002')
})
