import { numberOption } from '#bench/bench-database.ts'
import { checkFormula, isFormula } from '#kernel/formula/check-formula.ts'
import { compileFormula } from '#kernel/formula/compile-formula.ts'
import { type FormulaValue, type FormulaValues, one } from '#kernel/formula/formula-type.ts'
import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import { formulaNameOf } from '#kernel/indicator/indicator-in-formula.ts'
import type { Currency } from '#kernel/money/currency.ts'

type Case = { readonly formula: string; readonly byHand: (values: FormulaValues) => FormulaValue }

const sixty = 60n * one
const lowRatio = (12n * one) / 10n
const largeBalance = 100_000n * one

const big = (value: FormulaValue | undefined) => (typeof value === 'bigint' ? value : null)

/** Each beside a function that somebody would have written for it, missing values and all. */
const cases: readonly Case[] = [
  {
    formula: '当前最长逾期天数 > 60',
    byHand: (values) => {
      const days = big(values.overdue_days_now)
      return days === null ? null : days > sixty
    },
  },
  {
    formula: '如果(当前最长逾期天数 > 60, "冻结", "正常")',
    byHand: (values) => {
      const days = big(values.overdue_days_now)
      return days === null ? null : days > sixty ? '冻结' : '正常'
    },
  },
  {
    formula: '缺失则(流动比率, 1) < 1.2 且 应收余额 > 10万',
    byHand: (values) => {
      const ratio = big(values.current_ratio) ?? one
      const balance = big(values.balance_now)
      if (ratio >= lowRatio) return false
      return balance === null ? null : balance > largeBalance
    },
  },
  {
    formula: '占比(当前逾期金额, 应收余额)',
    byHand: (values) => {
      const [part, whole] = [big(values.overdue_amount_now), big(values.balance_now)]
      if (part === null || whole === null || whole === 0n) return null
      return (2n * part * one + whole) / (2n * whole)
    },
  },
]

const bound = 1_000_000

/** How many simple formulas one core works out in a second. */
export async function benchFormula(args: readonly string[]): Promise<void> {
  const rounds = numberOption(args, '--rounds', 2_000_000)
  const rows = seeded(997)
  const currency = 'CNY' as Currency
  const names = allIndicators.map((each) => formulaNameOf(each, currency))
  process.stdout.write(
    `formula: ${rounds} evaluations each, a second of one core (bound ${bound})\n`,
  )
  const compiled = cases.map(({ byHand, formula: text }) => {
    const formula = checkFormula(text, { names, currency })
    if (!isFormula(formula)) throw new Error(formula.message.en)
    const evaluate = compileFormula(formula)
    for (const row of rows) {
      if (evaluate(row) !== byHand(row)) throw new Error(`${text} differs from its yardstick.`)
    }
    return { byHand, evaluate, text }
  })
  // All of them run before any is measured: in a program with one formula alone each would be faster.
  for (const { byHand, evaluate } of compiled) {
    perSecond(evaluate, rows, rounds / 10)
    perSecond(byHand, rows, rounds / 10)
  }
  for (const { byHand, evaluate, text } of compiled) {
    const [ours, theirs] = [perSecond(evaluate, rows, rounds), perSecond(byHand, rows, rounds)]
    const ratio = (ours / theirs).toFixed(2)
    const held = ours >= bound ? 'held' : 'NOT HELD'
    process.stdout.write(
      `  ${grouped(ours)}/s, by hand ${grouped(theirs)}/s, ratio ${ratio}, ${held}: ${text}\n`,
    )
  }
}

function perSecond(
  evaluate: (values: FormulaValues) => FormulaValue,
  rows: readonly FormulaValues[],
  rounds: number,
): number {
  let truths = 0
  const run = (count: number) => {
    for (let round = 0; round < count; round += 1) {
      if (evaluate(rows[round % rows.length] ?? {}) === true) truths += 1
    }
  }
  const before = process.cpuUsage()
  run(rounds)
  const { user, system } = process.cpuUsage(before)
  return Math.round(rounds / ((user + system) / 1e6)) + (truths < 0 ? 1 : 0)
}

/** Rows of customers, about one value in ten missing. */
function seeded(count: number): FormulaValues[] {
  const value = (row: number, salt: number, most: number) =>
    (row * salt) % 10 === 7 ? null : (BigInt((row * salt * 7919) % most) * one) / 100n
  return Array.from({ length: count }, (_, row) => ({
    overdue_days_now: value(row, 3, 12_000),
    current_ratio: value(row, 7, 300),
    balance_now: value(row, 11, 50_000_000),
    overdue_amount_now: value(row, 13, 30_000_000),
  }))
}

const grouped = (figure: number) => figure.toLocaleString('en-US')
