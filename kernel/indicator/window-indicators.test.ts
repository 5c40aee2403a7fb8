import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays, day } from '#kernel/calendar/day.ts'
import { checkFormula, isFormula } from '#kernel/formula/check-formula.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import { isSpan, windowId } from '#kernel/formula/window-name.ts'
import { ledgerIndicatorsOf } from '#kernel/indicator/ledger-indicators.ts'
import type { LedgerTerms } from '#kernel/indicator/ledger-reading.ts'
import { measureNames, windowNames } from '#kernel/indicator/prepare-indicator-formulas.ts'
import {
  windowIndicator,
  windowMeasures,
  windowValues,
} from '#kernel/indicator/window-indicators.ts'
import { invariant } from '#kernel/invariant.ts'
import { integerBetween, openStream, pick } from '#kernel/random/random.ts'
import {
  allocationOf,
  cny,
  creditOf,
  historyOf,
  invoiceOf,
} from '#kernel/receivable/history-for.test.ts'

const asOf = day('2026-06-30')
const terms: LedgerTerms = { asOf, currency: cny, convert: () => null }

function sumsOf(history: Parameters<typeof windowValues>[0], ...ids: string[]) {
  const wanted = ids.map((id) => {
    const window = windowIndicator(id)
    invariant(window, id)
    return window
  })
  return windowValues(history, terms, wanted)
}

/** Invoices of three years, most of them paid, some late, some credited or written off. */
function randomHistory(seed: string) {
  const stream = openStream(seed, 'history')
  const rows = Array.from({ length: 60 }, (_, at) => {
    const issued = addDays(asOf, -integerBetween(stream, -20, 1_100))
    const due = addDays(issued, integerBetween(stream, 0, 60))
    const kind = pick(stream, ['receipt', 'receipt', 'credit-note', 'write-off', 'none'] as const)
    const paid = addDays(due, integerBetween(stream, -20, 90))
    return { id: `i${at}`, issued, due, kind, paid: paid < issued ? issued : paid }
  })
  const settled = rows.filter(({ kind }) => kind !== 'none')
  return historyOf({
    invoices: rows.map(({ due, id, issued }) => invoiceOf(id, [issued, due])),
    credits: settled.map(({ id, kind, paid }) =>
      creditOf(`c${id}`, paid, {
        kind: kind as 'receipt',
        ...(kind === 'credit-note' && { reason: 'return' as const }),
      }),
    ),
    allocations: settled.map(({ id, paid }) => allocationOf([`c${id}`, id], paid)),
  })
}

test('sums over windows agree with the built-in indicators of the same windows', () => {
  for (let seed = 0; seed < 60; seed += 1) {
    const history = randomHistory(`agree-${seed}`)
    const known = ledgerIndicatorsOf(history, terms)
    const sums = sumsOf(
      history,
      ...['sales_last_3m', 'sales_last_12m', 'invoices_last_12m', 'write_offs_last_24m'],
    )
    assert.deepEqual(
      [sums.sales_last_3m, sums.sales_last_12m, sums.invoices_last_12m, sums.write_offs_last_24m],
      [known.sales_3m, known.sales_12m, known.invoice_count_12m, known.write_offs_24m],
    )
  }
})

test('a longer window has no less, and windows side by side add up', () => {
  for (let seed = 0; seed < 30; seed += 1) {
    const history = randomHistory(`grow-${seed}`)
    for (const { id } of windowMeasures) {
      const ids = [1, 30, 365, 1_830].map((count) => windowId(id, { count, unit: 'days' }))
      const sums = ids.map((each) => sumsOf(history, each)[each])
      for (const [at, sum] of sums.entries()) {
        const longer = sums[at + 1]
        assert.ok(typeof sum === 'bigint')
        if (longer !== undefined) assert.ok((longer as bigint) >= sum, `${id} ${at}`)
      }
    }
  }
})

test('what fell overdue is told by the day after it was due, whatever became of it', () => {
  const dueOn = addDays(asOf, -10)
  const invoices = [invoiceOf('A', [addDays(asOf, -40), dueOn])]
  const paid = (on: number) =>
    historyOf({
      invoices,
      credits: [creditOf('C', addDays(asOf, on))],
      allocations: [allocationOf(['C', 'A'], addDays(asOf, on))],
    })
  const of = (history: Parameters<typeof windowValues>[0], days: number) =>
    sumsOf(history, `fell_overdue_last_${days}d`)[`fell_overdue_last_${days}d`]
  const amount = of(historyOf({ invoices }), 30)
  assert.ok((amount as bigint) > 0n)
  assert.equal(of(paid(-10), 30), 0n)
  assert.equal(of(paid(-9), 30), amount)
  assert.equal(of(historyOf({ invoices }), 9), 0n)
  assert.equal(of(historyOf({ invoices }), 10), amount)
})

const scope = { names: [], measures: measureNames(cny), currency: cny }
const names = (ids: readonly string[]) =>
  windowNames(
    ids.flatMap((id) => windowIndicator(id) ?? []),
    cny,
  )

// biome-ignore format: a table
const written: readonly (readonly [typed: string, kept: string, zh: string, en: string])[] = [
  ['近12月(销售额)', 'LAST12M(sales)', '近12月(销售额)', 'LAST12M(Sales)'],
  ['近6个月(回款额) / 近6个月(销售额)', 'LAST6M(receipts) / LAST6M(sales)', '近6月(回款额) / 近6月(销售额)', 'LAST6M(Receipts) / LAST6M(Sales)'],
  ['last90d(fell_overdue)', 'LAST90D(fell_overdue)', '近90天(新增逾期额)', 'LAST90D([Fell overdue])'],
  ['LAST1M([Credit notes])', 'LAST1M(credit_notes)', '近1月(红字额)', 'LAST1M([Credit notes])'],
  ['相隔天数(今天(), 日期("2026-01-01"))', 'DAYS(TODAY(), DATE("2026-01-01"))', '相隔天数(今天(), DATE("2026-01-01"))', 'DAYS(TODAY(), DATE("2026-01-01"))'],
]
for (const [typed, kept, zh, en] of written) {
  test(`${typed} is kept with ids and read again in either language`, () => {
    const formula = checkFormula(typed, scope)
    assert.ok(isFormula(formula), typed)
    const used = names(
      ['sales', 'receipts', 'fell_overdue', 'credit_notes'].flatMap((measure) =>
        [1, 6, 12]
          .map((count) => windowId(measure, { count, unit: 'months' }))
          .concat(`${measure}_last_90d`),
      ),
    )
    const told = (language: 'id' | 'zh' | 'en') => formatFormula(formula, language, used)
    assert.deepEqual(
      [told('id').replace('相隔天数', 'DAYS'), told('zh'), told('en')],
      [kept, zh, en],
    )
    for (const language of ['id', 'zh', 'en'] as const) {
      const again = checkFormula(told(language), scope)
      assert.ok(isFormula(again), told(language))
      assert.equal(formatFormula(again, 'id', used), told('id'))
    }
  })
}

// biome-ignore format: a table
const mistakes: readonly (readonly [typed: string, told: RegExp, instead?: string])[] = [
  ['销售额 > 3', /要写明期间, 例如 近12月\(销售额\)/, '近12月(销售额)'],
  ['近12月(销售)', /只能写其中之一: 销售额、/, '销售额'],
  ['近12月(1 + 2)', /只能写其中之一/],
  ['近12月()', /只能写其中之一/],
  ['近61月(销售额)', /期间最长 60 个月/],
  ['近0天(销售额)', /期间最长 60 个月/],
  ['今天(3)', /不带参数/],
  ['近12月(销售额) > 90天', /.+/],
]
for (const [typed, told, instead] of mistakes) {
  test(`${typed} is refused in words`, () => {
    const problem = checkFormula(typed, scope)
    assert.ok(!isFormula(problem), typed)
    assert.match(problem.message.zh, told)
    assert.equal(problem.instead, instead)
  })
}

test('spans have an end', () => {
  assert.ok(isSpan({ count: 60, unit: 'months' }) && !isSpan({ count: 1_831, unit: 'days' }))
})
