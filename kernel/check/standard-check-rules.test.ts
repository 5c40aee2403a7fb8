import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { addDays } from '#kernel/calendar/day.ts'
import type { CheckFacts } from '#kernel/check/check-facts.ts'
import { rulePrecedence } from '#kernel/check/check-rules.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import { type PreparedCheckRules, prepareCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { balance, cny, factsOf, levelOf, requestOf, today } from '#kernel/check/testing-check.ts'
import { checkPolicy, readPolicy } from '#kernel/policy/policy.ts'
import { standardRatingScale } from '#kernel/scoring/rating-scale.ts'

const written: unknown = parse(
  readFileSync(new URL('../../packs/standard/check-rules.yaml', import.meta.url), 'utf8'),
)
const rules = standardRules()

function standardRules(): PreparedCheckRules {
  const reading = readPolicy('check-rules', written)
  if (reading.kind === 'problems') assert.fail(JSON.stringify(reading.problems))
  assert(reading.document.kind === 'check-rules')
  return prepareCheckRules(reading.document.document)
}

test('the rules of the standard pack are sound', () => {
  const names = {
    roles: ['admin', 'credit-manager', 'sales'],
    partyRoles: ['customer', 'supplier'],
  }
  const context = { scale: standardRatingScale, indicators: [], names }
  assert.deepEqual(checkPolicy('check-rules', written, context), [])
})

test('they stand in the order in which they are applied', () => {
  const places = rules.document.rules.map(({ kind }) => rulePrecedence.indexOf(kind))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
})

test('they read all that they need', () => {
  assert.deepEqual(rules.needs, {
    overdue: true,
    oldestOpen: true,
    brokenPromisesWithinDays: 180,
    returnedPayment: true,
    horizonDays: 90,
    partyId: false,
    place: false,
  })
})

const overdue = (days: number, minor: bigint) => [
  { dueOn: addDays(today, -days), currency: cny, minor },
]

// biome-ignore format: a table
const customers: [string, CheckFacts, string][] = [
  ['a customer with room and nothing late is approved', factsOf(), 'approved'],
  ['one without a file is held', factsOf({ levels: [levelOf({ limitMinor: null })] }), 'held: hold no-file, hold limit, warn utilisation'],
  ['a few fen late for months are told, not held', factsOf({ party: { overdue: overdue(200, 5n) } }), 'warned: warn overdue, warn overdue-share'],
  ['1,000 late for 31 days is held', factsOf({ party: { overdue: overdue(31, 100_000n) }, levels: [levelOf({ limitMinor: 5_000_000n, balances: [balance({ invoiced: 400_000n })] })] }), 'held: warn overdue, hold overdue-30'],
  ['but not of the best grade', factsOf({ party: { grade: 'AAA', overdue: overdue(31, 100_000n) }, levels: [levelOf({ limitMinor: 5_000_000n, balances: [balance({ invoiced: 400_000n })] })] }), 'warned: warn overdue'],
  ['a limit nearly used is told', factsOf({ levels: [levelOf({ balances: [balance({ invoiced: 80_000n })] })] }), 'warned: warn utilisation'],
  ['within the tolerance it passes', factsOf({ levels: [levelOf({ balances: [balance({ invoiced: 95_000n })] })] }), 'warned: warn utilisation'],
  ['beyond it is held', factsOf({ levels: [levelOf({ balances: [balance({ invoiced: 95_001n })] })] }), 'held: hold limit, warn utilisation'],
]
for (const [name, facts, expected] of customers) {
  test(name, () => {
    const decision = decideCheck(rules, facts, requestOf())
    assert(decision.kind === 'decided')
    const fired = decision.fired.map(({ rule, reaction }) => `${reaction} ${rule}`).join(', ')
    assert.equal(fired === '' ? decision.outcome : `${decision.outcome}: ${fired}`, expected)
  })
}
