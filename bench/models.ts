import { secondsOf } from '#bench/bench-database.ts'
import { publicTable } from '#bench/public-tables.ts'
import { binColumn, placesIn, sumOf } from '#kernel/model/bins.ts'
import { crossValidate } from '#kernel/model/cross-validate.ts'
import { type BinCounts, evidenceOf } from '#kernel/model/evidence.ts'
import { fitModel, logOddsBy, usualSettings } from '#kernel/model/fit-model.ts'
import { fitLogistic, logOddsOf } from '#kernel/model/logistic.ts'
import { type Direction, optimalBinning } from '#kernel/model/optimal-binning.ts'
import type { TrainingTable } from '#kernel/model/table.ts'
import { openStream, unit } from '#kernel/random/random.ts'

/** The seed of the folds of every figure here. */
const validation = { folds: 5, seed: '42' }

/**
 * What the models reach on public tables, each case scored by a model that had not seen it, beside
 * a plain regression on weights of evidence in the same folds; and how long binning and fitting take.
 */
export async function benchModels(): Promise<void> {
  await timeBinning()
  for (const [name, atLeast] of [
    ['taiwan', 0.775],
    ['polish', 0.92],
    ['german', null],
  ] as const) {
    const table = publicTable(name)
    if (!table) process.stdout.write(`${name}: skipped, the data are not beside the project\n`)
    else await measure(name, table, atLeast)
  }
}

async function measure(name: string, table: TrainingTable, atLeast: number | null): Promise<void> {
  const textbook = crossValidate(table, validation, fitTextbook)
  const card = crossValidate(table, validation, fitWith(0))
  const ours = crossValidate(table, validation, fitWith(usualSettings.interactions))
  const bound = atLeast ?? textbook.auc
  const bads = table.bad.reduce((sum, bad) => sum + bad, 0)
  say(`${name}: ${table.bad.length} rows, ${bads} bad, ${table.columns.length} columns, 5 folds`)
  for (const [what, of] of [
    ['a plain regression on weights of evidence', textbook],
    ['ours without interactions', card],
    ['ours', ours],
  ] as const) {
    const pooled = of.pooled.kind === 'measured' ? of.pooled : { low: 0, high: 1 }
    say(
      `  ${what}: AUC ${of.auc.toFixed(4)} ± ${of.aucSpread.toFixed(4)} between folds, all cases ` +
        `95 % ${pooled.low.toFixed(4)} to ${pooled.high.toFixed(4)}; KS ${of.ks.toFixed(3)}, ` +
        `Brier ${of.brier.toFixed(4)}, slope ${of.calibration.slope.toFixed(2)}`,
    )
  }
  const verdict = ours.auc >= bound ? 'within' : 'OUTSIDE'
  say(`  AUC ${ours.auc.toFixed(4)}, bound at least ${bound.toFixed(4)}: ${verdict}`)
  const cpuBefore = process.cpuUsage()
  const seconds = await secondsOf(async () => fitModel(table, usualSettings))
  const { user, system } = process.cpuUsage(cpuBefore)
  const within = name !== 'taiwan' ? '' : `, bound 5: ${seconds <= 5 ? 'within' : 'OVER'}`
  say(
    `  whole model of all rows: ${seconds.toFixed(2)} s (processor ${((user + system) / 1e6).toFixed(2)} s)${within}`,
  )
}

function fitWith(interactions: number) {
  return (train: TrainingTable) => {
    const model = fitModel(train, { ...usualSettings, interactions })
    return (test: TrainingTable) => logOddsBy(model, test)
  }
}

/** Twenty quantiles merged to at most 8 monotone bins of 5 %, weights of evidence, no penalty. */
function fitTextbook(train: TrainingTable): (test: TrainingTable) => Float64Array {
  const rules = {
    directions: ['ascending', 'descending'] as const,
    preBins: 20,
    maxBins: 8,
    minCases: train.bad.length * 0.05,
    minBads: 1,
    minGoods: 1,
  }
  const own = train.columns.map((column) => {
    const bins = binColumn(column, train.bad, rules)
    const all = sumOf(bins.counts)
    return { bins, woe: bins.counts.map((each) => evidenceOf(each, all).woe) }
  })
  const columnsOf = (table: TrainingTable) =>
    own.flatMap(({ bins, woe }, at) => {
      const column = table.columns[at]
      return column ? [Float64Array.from(placesIn(column, bins), (bin) => woe[bin] ?? 0)] : []
    })
  const fit = fitLogistic({
    columns: columnsOf(train),
    bad: train.bad,
    ridge: own.map(() => 1e-6),
    notNegative: own.map(() => false),
  })
  return (test) => logOddsOf(columnsOf(test), fit, test.bad.length)
}

const directions: readonly Direction[] = ['ascending', 'descending', 'peak', 'valley', 'none']

async function timeBinning(): Promise<void> {
  const stream = openStream('binning', 100)
  const pre: BinCounts[] = Array.from({ length: 100 }, (_, at) => ({
    good: 900 + Math.floor(unit(stream) * 200),
    bad: Math.floor(30 + 40 * Math.sin((at / 100) * Math.PI) + unit(stream) * 40),
  }))
  const shares = sumOf(pre)
  const rules = { maxBins: 10, minCases: 1, minBads: 1, minGoods: 1 }
  say('binning of 100 pre-bins into at most 10, exact, median of 31:')
  for (const direction of directions) {
    const times: number[] = []
    let iv = 0
    for (let round = 0; round < 31; round += 1) {
      const seconds = await secondsOf(async () => {
        iv = optimalBinning(pre, { ...rules, directions: [direction] }, shares).iv
      })
      times.push(seconds * 1000)
    }
    const median = times.sort((a, b) => a - b)[15] ?? 0
    const verdict = median <= 10 ? 'within' : 'OVER'
    say(`  ${direction}: ${median.toFixed(2)} ms, IV ${iv.toFixed(6)}, bound 10: ${verdict}`)
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
