import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { binColumn, mergeBins, placesIn, sumOf } from '#kernel/model/bins.ts'
import { calibrated, calibrationOf } from '#kernel/model/calibration.ts'
import { crossValidate } from '#kernel/model/cross-validate.ts'
import { evidenceOf } from '#kernel/model/evidence.ts'
import { fitModel, logOddsBy, usualSettings } from '#kernel/model/fit-model.ts'
import { foldsOf } from '#kernel/model/folds.ts'
import { findLeaks } from '#kernel/model/leaks.ts'
import { chance, fitLogistic } from '#kernel/model/logistic.ts'
import { brierOf, ksOf, stabilityOf } from '#kernel/model/measures.ts'
import { pointTable } from '#kernel/model/points.ts'
import type { TrainingTable } from '#kernel/model/table.ts'
import { openStream, unit } from '#kernel/random/random.ts'

/** Two columns that matter together, a copy of the first with noise, and one of chance alone. */
function invented(seed: string, rows = 3000): TrainingTable & { readonly truth: Float64Array } {
  const stream = openStream(seed)
  const draw = () => Float64Array.from({ length: rows }, () => Math.round(unit(stream) * 100))
  const [a, b, chanceOnly] = [draw(), draw(), draw()]
  const noisy = a.map((value) => value + Math.round(unit(stream) * 20))
  const truth = a.map((value, row) => {
    const other = b[row] ?? 0
    return chance(-3 + value / 40 + (value > 50 === other > 50 ? 1.5 : -0.5))
  })
  return {
    columns: [
      { kind: 'number', id: 'a', values: a.map((value, row) => (row % 17 ? value : Number.NaN)) },
      { kind: 'number', id: 'b', values: b },
      { kind: 'number', id: 'noisy', values: noisy },
      { kind: 'number', id: 'chance', values: chanceOnly },
    ],
    bad: Uint8Array.from(truth, (p) => (unit(stream) < p ? 1 : 0)),
    group: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 3)),
    truth,
  }
}

const table = invented('model')
const settings = { ...usualSettings, interactions: 0 }

it('counts every case in one bin, and its weights grow where the bad rate does', () => {
  for (const column of table.columns) {
    const rules = { ...settings, minCases: 60, minGoods: 3, directions: ['ascending'] as const }
    const bins = binColumn(column, table.bad, rules)
    const all = sumOf(bins.counts)
    assert.equal(all.good + all.bad, table.bad.length)
    assert.ok(placesIn(column, bins).every((place) => place >= 0))
    const woe = bins.counts.slice(0, -1).map((each) => evidenceOf(each, all).woe)
    assert.ok(woe.every((each, at) => each >= (woe[at - 1] ?? each)))
  }
})

it('parts of the information value sum to it and none is negative', () => {
  const count = fc.nat(500)
  fc.assert(
    fc.property(
      fc.array(fc.record({ good: count, bad: count }), { minLength: 2, maxLength: 12 }),
      (counts) => {
        const all = sumOf(counts)
        if (all.good === 0 || all.bad === 0) return
        for (const each of counts) {
          const { woe, iv } = evidenceOf(each, all)
          assert.ok(iv >= -1e-12)
          // No bin says more than its rate: smoothing draws to 0 and never past it.
          const rate = each.bad * all.good - each.good * all.bad
          assert.ok(woe * Math.sign(rate) >= -1e-9)
        }
      },
    ),
  )
})

it('tells what merging two bins by hand costs', () => {
  const [column] = table.columns
  assert.ok(column)
  const bins = binColumn(column, table.bad, { ...settings, minCases: 60, minGoods: 3 })
  const { bins: merged, lost } = mergeBins(bins, 0)
  assert.equal(merged.counts.length, bins.counts.length - 1)
  assert.ok(Math.abs(bins.iv - merged.iv - lost) < 1e-12 && lost > 0)
  assert.deepEqual(sumOf(merged.counts), sumOf(bins.counts))
  const places = placesIn(column, bins)
  assert.ok(
    placesIn(column, merged).every((place, row) => place === Math.max(0, (places[row] ?? 0) - 1)),
  )
})

it('holds coefficients at 0 where they would turn negative, and nowhere else', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const stream = openStream('signs', seed)
      const column = () => Float64Array.from({ length: 200 }, () => unit(stream) - 0.5)
      const columns = [column(), column(), column(), column()]
      const bad = Uint8Array.from({ length: 200 }, (_, row) => {
        const lift = 2 * (columns[0]?.[row] ?? 0) - 2 * (columns[1]?.[row] ?? 0)
        return unit(stream) < chance(lift) ? 1 : 0
      })
      const each = <Value>(value: Value) => columns.map(() => value)
      const fit = fitLogistic({ columns, bad, ridge: each(0.5), notNegative: each(true) })
      assert.ok(fit.converged)
      for (const [at, values] of columns.entries()) {
        const beta = fit.coefficients[at] ?? 0
        let slope = 0.5 * beta
        for (const [row, value] of values.entries()) {
          const z = columns.reduce(
            (sum, own, i) => sum + (own[row] ?? 0) * (fit.coefficients[i] ?? 0),
            fit.intercept,
          )
          slope += value * (chance(z) - (bad[row] ?? 0))
        }
        assert.ok(beta >= 0)
        if (beta > 0) assert.ok(Math.abs(slope) < 1e-3, `free with slope ${slope}`)
        else assert.ok(slope > -1e-3, `held against slope ${slope}`)
      }
    }),
    { numRuns: 60 },
  )
})

it('finds the pair that matters and beats the plain card by it, on cases not seen', () => {
  const auc = (interactions: number) =>
    crossValidate(table, { folds: 5, seed: '1' }, (train) => {
      const model = fitModel(train, { ...usualSettings, interactions })
      return (test) => logOddsBy(model, test)
    })
  const [plain, paired] = [auc(0), auc(6)]
  assert.ok(paired.auc > plain.auc + 0.03, `${paired.auc} and ${plain.auc}`)
  assert.ok(Math.abs(paired.calibration.slope - 1) < 0.25, `slope ${paired.calibration.slope}`)
  const { interactions } = fitModel(table, usualSettings)
  assert.ok(interactions.some(({ first, second }) => first === 0 && second === 1))
})

it('never turns a characteristic around, and gives the same model twice', () => {
  const model = fitModel(table, usualSettings)
  assert.ok(model.characteristics.every(({ coefficient }) => coefficient >= 0))
  assert.deepEqual(fitModel(table, usualSettings), model)
})

it('keeps a customer in one fold, and bads in all', () => {
  const folds = foldsOf(table, 5, 'x')
  for (const [row, group] of table.group.entries()) assert.equal(folds[row], folds[group * 3])
  const bads = [0, 1, 2, 3, 4].map(
    (fold) => folds.filter((f, r) => f === fold && table.bad[r]).length,
  )
  assert.ok(Math.min(...bads) > 0.8 * Math.max(...bads))
})

it('calibrates so that the mean chance is the observed rate', () => {
  const logOdds = table.truth.map((p) => 3 * Math.log(p / (1 - p)) + 1)
  const chances = calibrated(logOdds, calibrationOf(logOdds, table.bad))
  const mean = (of: ArrayLike<number>) => Array.from(of).reduce((a, b) => a + b, 0) / of.length
  assert.ok(Math.abs(mean(chances) - mean(table.bad)) < 1e-6)
  assert.ok(brierOf(chances, table.bad) < brierOf(logOdds.map(chance), table.bad))
})

it('gives points from which the log-odds come back, the worst bin having none', () => {
  const model = fitModel(table, settings)
  const calibration = { intercept: -0.1, slope: 0.9 }
  const scale = { pdo: 20, baseScore: 600, baseOdds: 50 }
  const told = pointTable(model, calibration, scale)
  const places = model.characteristics.map(({ bins }, at) => {
    const column = table.columns[at]
    assert.ok(column)
    return placesIn(column, bins)
  })
  const logOdds = logOddsBy(model, table)
  for (let row = 0; row < 200; row += 1) {
    const sum = told.points.reduce(
      (total, own, at) => total + (own[places[at]?.[row] ?? 0] ?? 0),
      0,
    )
    const expected = calibration.intercept + calibration.slope * (logOdds[row] ?? 0)
    const slack = 0.005 * told.points.length * told.perPoint + 1e-9
    assert.ok(Math.abs(told.logOddsAtNone - sum * told.perPoint - expected) <= slack)
    const score = 600 + (20 / Math.LN2) * (-expected - Math.log(50))
    assert.ok(Math.abs(told.base + sum - score) <= 0.005 * told.points.length + 1e-6)
  }
  for (const own of told.points) assert.equal(Math.min(...own), 0)
})

it('names what is too good alone and what tells by being missing, and nothing else', () => {
  const after = Float64Array.from(table.bad, (bad, row) => (bad ? 100 + (row % 50) : row % 3))
  const onlyBad = Float64Array.from(table.bad, (bad, row) =>
    bad && row % 20 ? row % 7 : Number.NaN,
  )
  const columns = [
    ...table.columns,
    { kind: 'number' as const, id: 'written-off', values: after },
    { kind: 'number' as const, id: 'default-day', values: onlyBad },
  ]
  assert.deepEqual(
    findLeaks({ ...table, columns }).map(({ id, kind }) => `${id} ${kind}`),
    ['written-off too-good', 'default-day missing-tells'],
  )
})

it('measures distances and shifts as the textbooks have them', () => {
  const scores = Float64Array.from([1, 2, 3, 4, 4, 5])
  assert.ok(Math.abs(ksOf(scores, Uint8Array.from([0, 0, 0, 1, 0, 1])) - 0.75) < 1e-12)
  assert.equal(
    ksOf(
      scores.map(() => 1),
      Uint8Array.from([0, 1, 0, 1, 0, 1]),
    ),
    0,
  )
  const same = stabilityOf([1000, 1000, 1000], [1000, 1000, 1000])
  assert.equal(same.psi, 0)
  // (0.5 − 0.3) ln (0.5 ÷ 0.3) + (0.2 − 0.4) ln (0.2 ÷ 0.4) = 0.24080
  const moved = stabilityOf([30_000, 30_000, 40_000], [50_000, 30_000, 20_000])
  assert.ok(Math.abs(moved.psi - 0.2408) < 1e-4)
  assert.ok(moved.low < moved.psi && moved.high > moved.psi && moved.low > 0.2)
})
