import assert from 'node:assert/strict'
import { it } from 'node:test'
import * as fc from 'fast-check'
import { ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import { anyDay, anyHistory, cny } from '#kernel/receivable/history-for.test.ts'
import { historyUntil } from '#kernel/receivable/history-until.ts'

it('holds no day later than the one it ends on, but those that were agreed beforehand', () => {
  fc.assert(
    fc.property(anyHistory, anyDay, (history, on) => {
      const agreed = new Set(['dueOn', 'promisedOn'])
      JSON.stringify(historyUntil(history, on), (key, value: unknown) => {
        if (key.endsWith('On') && typeof value === 'string' && !agreed.has(key)) {
          assert.ok(value <= on, `${key} ${value}`)
        }
        return typeof value === 'bigint' ? value.toString() : value
      })
    }),
  )
})

it('gives the same indicators as the whole history: they do not look ahead either', () => {
  fc.assert(
    fc.property(anyHistory, anyDay, (history, on) => {
      const began =
        history.since !== null && history.since > on ? { ...history, since: null } : history
      const terms = { asOf: on, currency: cny, convert: (money: { minor: bigint }) => money.minor }
      const of = (told: typeof history) => ledgerIndicatorsOf(told, terms)
      assert.deepEqual(of(historyUntil(history, on)), of(began))
    }),
  )
})
