import fc from 'fast-check'
import type { FormulaName, FormulaScope } from '#kernel/formula/check-formula.ts'
import { type FormulaValues, one } from '#kernel/formula/formula-type.ts'
import type { Currency } from '#kernel/money/currency.ts'

const cny = 'CNY' as Currency

const names: readonly FormulaName[] = [
  { id: 'overdue_days', type: { kind: 'days' }, label: { zh: '逾期天数', en: 'Days overdue' } },
  {
    id: 'sales',
    type: { kind: 'money', currency: cny },
    label: { zh: '近12月销售额', en: 'Sales' },
  },
  { id: 'limit', type: { kind: 'money', currency: cny }, label: { zh: '额度', en: 'Limit' } },
  { id: 'late_share', type: { kind: 'percent' }, label: { zh: '迟付比例', en: 'Late share' } },
  { id: 'orders', type: { kind: 'number' }, label: { zh: '订单数', en: 'Orders' } },
  { id: 'since', type: { kind: 'day' }, label: { zh: '合作日期', en: 'Since' } },
  {
    id: 'industry',
    type: { kind: 'choice', choices: ['制造', '贸易'] },
    label: { zh: '行业', en: 'Industry' },
  },
  { id: 'note', type: { kind: 'text' }, label: { zh: '备注', en: 'Note' } },
  { id: 'is_new', type: { kind: 'yes-no' }, label: { zh: '新客户', en: 'New customer' } },
]

export const scope: FormulaScope = { names, currency: cny }

type Kind = 'number' | 'percent' | 'days' | 'money' | 'day' | 'text' | 'yes-no'

const written: Record<Kind, fc.Arbitrary<string>> = {
  number: fc.oneof(
    fc.integer({ min: 0, max: 100 }).map(String),
    fc.integer({ min: 0, max: 999_999_999 }).map((n) => `${n / 1000}`),
    fc.constantFrom('0', '1', '99999999999999999999', '0.0000000001', '3'),
  ),
  percent: fc.constantFrom('0%', '12.5%', '100%', '0.01%', '33.33%'),
  days: fc.constantFrom('0天', '1天', '75天', '0.5天', '90000天'),
  money: fc.constantFrom('0元', '100万', '23400.05元', '1亿', '7 CNY'),
  day: fc.constantFrom(
    '日期("2026-11-23")',
    '日期("2024-02-29")',
    '日期("9999-12-30")',
    '日期("0001-01-02")',
  ),
  text: fc.constantFrom('"制造"', '"a\'b"', '""', '"造"'),
  'yes-no': fc.constantFrom('是', '否'),
}

const named: Record<Kind, readonly string[]> = {
  number: ['订单数'],
  percent: ['迟付比例'],
  days: ['逾期天数'],
  money: ['近12月销售额', '额度'],
  day: ['合作日期'],
  text: ['备注'],
  'yes-no': ['新客户'],
}

const figures = ['number', 'percent', 'days', 'money'] as const

const known = new Map<string, fc.Arbitrary<string>>()

/** Random formulas of a kind that mean something, as people write them. */
function formulaOf(kind: Kind, depth: number): fc.Arbitrary<string> {
  const key = `${kind} ${depth}`
  const made = known.get(key) ?? makeFormulaOf(kind, depth)
  known.set(key, made)
  return made
}

function makeFormulaOf(kind: Kind, depth: number): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    written[kind],
    fc.constantFrom(...named[kind]),
    fc.constantFrom(...named[kind]),
  )
  if (depth === 0) return leaf
  const of = (other: Kind) => formulaOf(other, depth - 1)
  const two = (a: Kind, b: Kind, write: (a: string, b: string) => string) =>
    fc.tuple(of(a), of(b)).map(([x, y]) => write(x, y))
  const choice = fc
    .tuple(of('yes-no'), of(kind), of(kind))
    .map(([c, a, b]) => `如果(${c}, ${a}, ${b})`)
  const either = two(kind, kind, (a, b) => `缺失则(${a}, ${b})`)
  return fc.oneof(leaf, choice, either, ...growing(kind, of, two))
}

type Of = (kind: Kind) => fc.Arbitrary<string>
type Two = (a: Kind, b: Kind, write: (a: string, b: string) => string) => fc.Arbitrary<string>

function growing(kind: Kind, of: Of, two: Two): fc.Arbitrary<string>[] {
  switch (kind) {
    case 'day':
      return [
        two('day', 'days', (a, b) => `(${a} + ${b})`),
        two('day', 'days', (a, b) => `(${a} - ${b})`),
        two('day', 'number', (a, b) => `加月(${a}, ${b})`),
        of('day').map((a) => `月末(${a})`),
      ]
    case 'text':
      return []
    case 'yes-no':
      return [
        two('yes-no', 'yes-no', (a, b) => `(${a} 且 ${b})`),
        two('yes-no', 'yes-no', (a, b) => `(${a} 或 ${b})`),
        of('yes-no').map((a) => `非 ${a}`),
        two('text', 'text', (a, b) => `包含(${a}, ${b})`),
        two('text', 'text', (a, b) => `(${a} <> ${b})`),
        two('text', 'text', (a, b) => `属于(${a}, ${b}, "制造")`),
        ...[...figures, 'day' as const].flatMap((each) => [
          two(each, each, (a, b) => `(${a} >= ${b})`),
          two(each, each, (a, b) => `(${a} = ${b})`),
          two(each, each, (a, b) => `介于(${a}, ${b}, ${b})`),
          of(each).map((a) => `是否缺失(${a})`),
        ]),
      ]
    default:
      return figureGrowing(kind, of, two)
  }
}

function figureGrowing(kind: (typeof figures)[number], of: Of, two: Two): fc.Arbitrary<string>[] {
  const own = [
    two(kind, kind, (a, b) => `(${a} + ${b})`),
    two(kind, kind, (a, b) => `(${a} - ${b})`),
    two(kind, kind, (a, b) => `最大(${a}, ${b})`),
    two(kind, kind, (a, b) => `平均(${a}, ${b}, ${a})`),
    two(kind, kind, (a, b) => `限制(${a}, ${b}, ${b})`),
    of(kind).map((a) => `-${a}`),
    of(kind).map((a) => `绝对值(${a})`),
    fc
      .tuple(
        of(kind),
        fc.integer({ min: 0, max: 10 }),
        fc.constantFrom('四舍五入', '向上舍入', '向下舍入'),
      )
      .map(([a, places, name]) => `${name}(${a}, ${places})`),
    two(kind, 'number', (a, b) => `(${a} * ${b})`),
    two(kind, 'percent', (a, b) => `(${a} * ${b})`),
    two(kind, 'number', (a, b) => `(${a} / ${b})`),
  ]
  if (kind === 'percent') return [...own, two('money', 'money', (a, b) => `占比(${a}, ${b})`)]
  if (kind === 'days') {
    return [...own, two('day', 'day', (a, b) => `(${a} - ${b})`)]
  }
  if (kind === 'money') return [...own, two('money', 'days', (a, b) => `(${a} / ${b} * ${b})`)]
  return [
    ...own,
    two('money', 'money', (a, b) => `(${a} / ${b})`),
    of('text').map((a) => `字数(${a})`),
    of('day').map((a) => `年份(${a})`),
  ]
}

export const anyFormula: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom<Kind>('number', 'percent', 'days', 'money', 'day', 'text', 'yes-no'),
    fc.integer({ min: 0, max: 4 }),
  )
  .chain(([kind, depth]) => formulaOf(kind, depth))

const figure = (places: bigint) =>
  fc.oneof(
    fc.bigInt(-1_000_000_000n, 1_000_000_000n).map((n) => n * 10n ** places),
    fc.constantFrom(0n, one, -one, 5n, 1n),
  )

/** Rows of values, some of them missing. */
export const anyValues: fc.Arbitrary<FormulaValues> = fc.record({
  overdue_days: fc.option(fc.integer({ min: -50, max: 900 }).map((n) => BigInt(n) * one)),
  sales: fc.option(figure(8n)),
  limit: fc.option(figure(8n)),
  late_share: fc.option(figure(2n)),
  orders: fc.option(figure(10n)),
  since: fc.option(fc.constantFrom('2019-01-31', '2024-02-29', '2026-11-23', '1987-06-05')),
  industry: fc.option(fc.constantFrom('制造', '贸易')),
  note: fc.option(fc.constantFrom('', '制造', "a'b", '造', '𠮷')),
  is_new: fc.option(fc.boolean()),
})
