import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { anyInputs, anyRules, facts, request } from '#kernel/check/check-arbitraries.test.ts'
import { checkInputsText } from '#kernel/check/check-inputs.ts'
import { checkResultText, readCheckResult } from '#kernel/check/check-result.ts'
import { rulePrecedence } from '#kernel/check/check-rules.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import { readCheckInputs } from '#kernel/check/read-check-inputs.ts'
import { decide } from '#kernel/check/testing-check.ts'
import { canonicalText } from '#kernel/decision/canonical.ts'

const worse = { approved: 0, warned: 1, held: 2 }

test('a larger amount is never better', () => {
  fc.assert(
    fc.property(anyRules, facts, request, fc.bigInt(1n, 90_000n), (rules, given, asked, more) => {
      const { minor, currency } = asked.amount
      const larger = { ...asked, amount: { minor: minor + more, currency } }
      const [less, greater] = [decide(rules, given, asked), decide(rules, given, larger)]
      if (less.outcome === 'held') assert.equal(greater.outcome, 'held')
      if (given.release === null) assert(worse[greater.outcome] >= worse[less.outcome])
    }),
    { numRuns: 2_000 },
  )
})

test('nothing passes a rule that holds without a release, nor a frozen account with one', () => {
  fc.assert(
    fc.property(anyRules, facts, request, (rules, given, asked) => {
      const decision = decide(rules, given, asked)
      const isStopped = decision.fired.some(({ reaction }) => reaction === 'hold')
      if (decision.outcome === 'held') assert(isStopped)
      if (isStopped && decision.outcome !== 'held') assert(decision.releasedBy !== null)
      if (decision.releasedBy !== null) assert(isStopped && given.release)
      const isFrozen = given.levels.some(({ status }) => status === 'frozen')
      if (isFrozen) assert.equal(decision.outcome, 'held')
    }),
    { numRuns: 2_000 },
  )
})

test('what is being tried out decides nothing', () => {
  fc.assert(
    fc.property(anyRules, anyInputs, (rules, { facts: given, request: asked }) => {
      const without = { ...rules, shadow: { order: [], delivery: [] } }
      const { shadowed, ...decided } = decide(rules, given, asked)
      const { shadowed: none, ...same } = decide(without, given, asked)
      assert.deepEqual(decided, same)
      assert.deepEqual(none, [])
      // Each is the copy of a rule that holds: it fires where that one holds, if it is drawn.
      const holding = decided.fired.filter(({ reaction }) => reaction === 'hold')
      for (const { facts, rule } of shadowed) {
        assert.deepEqual(facts, holding.find((each) => `tried-${each.rule}` === rule)?.facts)
      }
    }),
    { numRuns: 2_000 },
  )
})

test('fired rules are told in the order of precedence', () => {
  fc.assert(
    fc.property(anyRules, facts, request, (rules, given, asked) => {
      const places = decide(rules, given, asked).fired.map(({ kind }) =>
        rulePrecedence.indexOf(kind),
      )
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
      )
    }),
    { numRuns: 500 },
  )
})

test('what is decided becomes what is found when it is posted', () => {
  fc.assert(
    fc.property(anyRules, facts, request, (rules, given, asked) => {
      if (asked.requestedOn !== null || asked.countedLater > 0n) return
      const terms = 'net-30'
      const first = decide(rules, given, { ...asked, terms })
      const { minor, currency } = asked.amount
      const posted = given.levels.map((level) => {
        const found = level.balances.find((each) => each.currency === currency)
        const order = (found?.stages.order ?? 0n) + minor - asked.counted
        const balance = {
          currency,
          laterMinor: found?.laterMinor ?? 0n,
          stages: { ...found?.stages, order },
        }
        return { ...level, balances: [...level.balances.filter((each) => each !== found), balance] }
      })
      const again = { ...asked, terms, counted: minor, countedLater: 0n }
      const second = decide(rules, { ...given, levels: posted }, again)
      assert.deepEqual(
        second.levels.map((level) => level.beforeMinor),
        first.levels.map((level) => level.afterMinor),
      )
      assert.deepEqual(second.exposure.before, first.exposure.after)
    }),
    { numRuns: 1_000 },
  )
})

test('stored inputs are canonical, read back as they were, and decide the same bytes', () => {
  fc.assert(
    fc.property(anyRules, anyInputs, (rules, inputs) => {
      const text = checkInputsText(inputs.facts, inputs.request, inputs.openItems)
      assert.equal(canonicalText(JSON.parse(text)), text)
      const read = readCheckInputs(text)
      assert.deepEqual(read, inputs)
      const result = checkResultText(decide(rules, inputs.facts, inputs.request), [])
      assert.equal(canonicalText(JSON.parse(result)), result)
      assert.equal(checkResultText(decide(rules, read.facts, read.request), []), result)
    }),
    { numRuns: 1_000 },
  )
})

test('a stored result is read back as it was decided', () => {
  fc.assert(
    fc.property(anyRules, anyInputs, (rules, inputs) => {
      const decision = decideCheck(rules, inputs.facts, inputs.request)
      assert(decision.kind === 'decided')
      const read = readCheckResult(checkResultText(decision, []), inputs.facts)
      assert.deepEqual(read, { decision, remedies: [] })
    }),
    { numRuns: 500 },
  )
})
