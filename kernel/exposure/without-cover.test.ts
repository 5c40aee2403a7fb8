import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nothing } from '#kernel/exposure/stage.ts'
import { withoutCover } from '#kernel/exposure/without-cover.ts'

const stages = { ...nothing, invoiced: 900n, prepayment: 50n, insured: 30n, collateral: 20n }

const cases: readonly [string, bigint, Partial<typeof stages>][] = [
  ['nothing is taken of nothing', 0n, {}],
  ['prepayment goes first', 20n, { prepayment: 30n }],
  ['then what stands behind it, in the order of the stages', 70n, { prepayment: 0n, insured: 10n }],
  ['never more than there is', 500n, { prepayment: 0n, insured: 0n, collateral: 0n }],
]

for (const [name, minor, changed] of cases) {
  test(name, () => {
    assert.deepEqual(withoutCover(stages, minor), { ...stages, ...changed })
  })
}
