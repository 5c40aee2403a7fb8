import type { Label } from '#kernel/document/label.ts'
import { commonType, noFigure, unlike } from '#kernel/formula/arithmetic-functions.ts'
import { bounded, quotient, type Toward, toPlaces } from '#kernel/formula/figure-math.ts'
import { boundedSql, quotientSql, toPlacesSql } from '#kernel/formula/figure-sql.ts'
import {
  countProblem,
  type FormulaFunction,
  isTypeProblem,
  type TypeProblem,
  wrongArgument,
} from '#kernel/formula/formula-function.ts'
import {
  type FormulaType,
  type FormulaValue,
  isFigure,
  one,
  sameType,
} from '#kernel/formula/formula-type.ts'

const most = 50
const asFigures = (values: readonly FormulaValue[]) => values as readonly bigint[]

export const figureFunctions: readonly FormulaFunction[] = [
  ofMany('max', ['最大', '最大值'], ['MAX'], {
    meaning: { zh: '其中最大的', en: 'The largest of them' },
    example: {
      zh: '最大(近3月销售额 * 4, 近12月销售额)',
      en: 'MAX([Sales, 3 months] * 4, [Sales, 12 months])',
    },
    evaluate: (values) => values.reduce((a, b) => (b > a ? b : a)),
    sql: (args) => whole(args, 'max'),
  }),
  ofMany('min', ['最小', '最小值'], ['MIN'], {
    meaning: { zh: '其中最小的', en: 'The smallest of them' },
    example: { zh: '最小(毛利率, 净利率)', en: 'MIN([Gross margin], [Net margin])' },
    evaluate: (values) => values.reduce((a, b) => (b < a ? b : a)),
    sql: (args) => whole(args, 'min'),
  }),
  ofMany('sum', ['求和', '合计'], ['SUM'], {
    meaning: { zh: '相加', en: 'All of them together' },
    example: {
      zh: '求和(未决争议数, 近12月违约承诺数)',
      en: 'SUM([Open disputes now], [Broken promises, 12 months])',
    },
    evaluate: (values) => bounded(values.reduce((a, b) => a + b)),
    sql: (args) => boundedSql(args.join(' + ')),
  }),
  ofMany('average', ['平均', '平均值'], ['AVERAGE'], {
    meaning: { zh: '平均数', en: 'Their mean' },
    example: {
      zh: '平均(流动比率, 速动比率)',
      en: 'AVERAGE([Current ratio], [Quick ratio])',
    },
    evaluate: (values) =>
      quotient(
        values.reduce((a, b) => a + b),
        BigInt(values.length) * one,
      ),
    sql: (args) => quotientSql(`(${args.join(' + ')})`, `${args.length}`),
  }),
  {
    ...named('abs', ['绝对值'], ['ABS']),
    meaning: { zh: '去掉负号', en: 'Without its minus' },
    example: { zh: '绝对值(销售趋势)', en: 'ABS([Sales trend])' },
    type: (args) => countProblem(args, 1, 1) ?? figure(args[0]),
    evaluate: ([a]) => ((a as bigint) < 0n ? -(a as bigint) : (a as bigint)),
    sql: ([a = '']) => `abs(${a})`,
  },
  rounding('round', 'nearest', ['四舍五入'], ['ROUND'], {
    zh: '四舍五入到几位小数',
    en: 'To so many places, half away from zero',
  }),
  rounding('round-up', 'away', ['向上舍入'], ['ROUNDUP'], {
    zh: '远离零舍入到几位小数',
    en: 'To so many places, away from zero',
  }),
  rounding('round-down', 'zero', ['向下舍入'], ['ROUNDDOWN'], {
    zh: '向零舍入到几位小数',
    en: 'To so many places, towards zero',
  }),
  {
    ...named('clamp', ['限制'], ['CLAMP']),
    meaning: { zh: '不小于第二个, 不大于第三个', en: 'Not below the second, not above the third' },
    example: { zh: '限制(流动比率, 0, 5)', en: 'CLAMP([Current ratio], 0, 5)' },
    type: (args) => countProblem(args, 3, 3) ?? common(args),
    evaluate: (values) => {
      const [a = 0n, low = 0n, high = 0n] = asFigures(values)
      const raised = a < low ? low : a
      return raised > high ? high : raised
    },
    // An argument that is missing makes it missing; greatest and least would pass over it.
    sql: ([a = '', low = '', high = '']) => whole([whole([a, low], 'max'), high], 'min'),
  },
  {
    ...named('ratio', ['占比'], ['SHARE']),
    meaning: { zh: '第一个占第二个的百分比', en: 'The first as a percentage of the second' },
    example: { zh: '占比(当前逾期金额, 应收余额)', en: 'SHARE([Overdue amount], Balance)' },
    type: (args) => {
      const problem = countProblem(args, 2, 2) ?? common(args)
      return isTypeProblem(problem) ? problem : { kind: 'percent' }
    },
    evaluate: ([a, b]) => quotient(a as bigint, b as bigint),
    sql: ([a = '', b = '']) => quotientSql(a, b),
  },
  {
    ...named('number', ['数值'], ['NUMBER']),
    meaning: { zh: '去掉单位', en: 'Without its unit' },
    example: { zh: '数值(当前最长逾期天数) / 30', en: 'NUMBER([Days overdue now]) / 30' },
    type: (args) => {
      const problem = countProblem(args, 1, 1) ?? figure(args[0])
      return isTypeProblem(problem) ? problem : { kind: 'number' }
    },
    evaluate: ([a = null]) => a,
    sql: ([a = '']) => a,
  },
]

function named(id: string, zh: readonly string[], en: readonly string[]) {
  return { id, zh, en, isStrict: true }
}

function ofMany(
  id: string,
  zh: readonly string[],
  en: readonly string[],
  of: Pick<FormulaFunction, 'meaning' | 'example' | 'sql'> & {
    readonly evaluate: (values: readonly bigint[]) => bigint | null
  },
): FormulaFunction {
  return {
    ...named(id, zh, en),
    ...of,
    type: (args) => countProblem(args, 1, most) ?? common(args),
    evaluate: (values) => of.evaluate(asFigures(values)),
  }
}

/** The places stand in the formula as a whole number from 0 to 10. */
function rounding(
  id: string,
  toward: Toward,
  zh: readonly string[],
  en: readonly string[],
  meaning: Label,
): FormulaFunction {
  return {
    ...named(id, zh, en),
    meaning,
    example: { zh: `${zh[0]}(流动比率, 1)`, en: `${en[0]}([Current ratio], 1)` },
    type: (args, [, places = null]) => {
      const isWhole = typeof places === 'bigint' && places % one === 0n
      if (args.length === 2 && !(isWhole && places >= 0n && places <= 10n * one)) {
        return wrongArgument(
          1,
          '位数要写 0 到 10 的整数',
          'Write the places as a whole number, 0 to 10',
        )
      }
      return countProblem(args, 2, 2) ?? figure(args[0])
    },
    evaluate: ([a, places]) => toPlaces(a as bigint, Number((places as bigint) / one), toward),
    sql: ([a = '', places = '']) => toPlacesSql(a, places, toward),
  }
}

function figure(type: FormulaType | undefined): FormulaType | TypeProblem {
  return type && isFigure(type) ? type : noFigure(type ?? { kind: 'text' }, 0)
}

/** The one unit of all arguments. */
function common(args: readonly FormulaType[]): FormulaType | TypeProblem {
  let found = args[0] ?? { kind: 'number' as const }
  for (const [place, type] of args.entries()) {
    if (!isFigure(type)) return noFigure(type, place)
    const together = sameType(found, type) ? found : commonType(found, type)
    if (!together) return { ...unlike(found, type), arg: place }
    found = together
  }
  return found
}

/** Missing where one of them is: the aggregate itself would pass over it. */
function whole(args: readonly string[], aggregate: 'max' | 'min'): string {
  return `(select case when bool_and(x is not null) then ${aggregate}(x) end from unnest(array[${args.join(', ')}]::numeric[]) as x)`
}
