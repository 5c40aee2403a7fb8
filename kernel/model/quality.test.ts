import assert from 'node:assert/strict'
import { it } from 'node:test'
import { brierOf, ksOf } from '#kernel/model/measures.ts'
import { calibrationParts, qualityOf } from '#kernel/model/quality.ts'
import { openStream, unit } from '#kernel/random/random.ts'
import { aucOf } from '#kernel/scoring/auc.ts'

/** Customers with so many months each, whose outcome goes by their own chance. */
function book(customers: number, months: number) {
  const stream = openStream('quality-test', customers)
  const chances: number[] = []
  const bad: number[] = []
  const group: number[] = []
  for (let customer = 0; customer < customers; customer += 1) {
    const chance = Math.round(unit(stream) * 100) / 100
    const isBad = unit(stream) < chance ? 1 : 0
    for (let month = 0; month < months; month += 1) {
      chances.push(chance)
      bad.push(isBad)
      group.push(customer)
    }
  }
  return {
    chances: Float64Array.from(chances),
    bad: Uint8Array.from(bad),
    group: Int32Array.from(group),
  }
}

it('gives the figures that their own functions give, ties included', () => {
  const of = book(300, 1)
  const quality = qualityOf(of, 'test')
  assert.ok(quality)
  const scores = (kind: number) => [...of.chances.filter((_, row) => of.bad[row] === kind)]
  const auc = aucOf(scores(1), scores(0))
  assert.ok(auc.kind === 'measured')
  assert.ok(Math.abs(quality.auc.value - auc.auc) < 1e-12)
  assert.ok(Math.abs(quality.ks.value - ksOf(of.chances, of.bad)) < 1e-12)
  assert.ok(Math.abs(quality.brier.value - brierOf(of.chances, of.bad)) < 1e-12)
  // Without further months the interval is about that of DeLong.
  assert.ok(Math.abs(quality.auc.low - auc.low) < 0.02, `${quality.auc.low} and ${auc.low}`)
  assert.ok(Math.abs(quality.auc.high - auc.high) < 0.02)
})

it('does not take months of one customer for so many customers', () => {
  const width = (months: number) => {
    const { auc } = qualityOf(book(200, months), 'test') ?? assert.fail()
    return auc.high - auc.low
  }
  assert.equal(width(12), width(1))
})

it('tells nothing of cases of one class, and the same twice', () => {
  const of = book(50, 2)
  assert.equal(qualityOf({ ...of, bad: of.bad.map(() => 0) }, 'test'), null)
  assert.deepEqual(qualityOf(of, 'test'), qualityOf(of, 'test'))
})

it('sets told chances beside what happened, each case in one tenth', () => {
  const of = book(500, 1)
  const parts = calibrationParts(of)
  assert.equal(parts.length, 10)
  assert.equal(
    parts.reduce((sum, { cases }) => sum + cases, 0),
    500,
  )
  for (const { bads, cases, told } of parts) assert.ok(Math.abs(bads / cases - told) < 0.2)
  assert.ok((parts[0]?.told ?? 1) < (parts[9]?.told ?? 0))
  assert.deepEqual(calibrationParts({ chances: new Float64Array(0), bad: new Uint8Array(0) }), [])
})
