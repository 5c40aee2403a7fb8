import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  endOfMonth,
  partsOf,
} from '#kernel/calendar/day.ts'
import {
  countProblem,
  type FormulaFunction,
  type TypeProblem,
  wrongArgument,
} from '#kernel/formula/formula-function.ts'
import { type FormulaType, type FormulaValue, one, typeName } from '#kernel/formula/formula-type.ts'

const day: FormulaType = { kind: 'day' }
const days: FormulaType = { kind: 'days' }
const number: FormulaType = { kind: 'number' }

const asDay = (value: FormulaValue | undefined) => value as Day
const first = '0001-01-01' as Day
const last = '9999-12-31' as Day

export const dayFunctions: readonly FormulaFunction[] = [
  {
    ...named('later', ['+'], []),
    type: takes([day, days], day),
    evaluate: ([a, b]) => moved(asDay(a), b as bigint),
    sql: ([a = '', b = '']) => movedSql(a, b),
  },
  {
    ...named('earlier', ['-'], []),
    type: takes([day, days], day),
    evaluate: ([a, b]) => moved(asDay(a), -(b as bigint)),
    sql: ([a = '', b = '']) => movedSql(a, `(- ${b})`),
  },
  {
    ...named('days-between', ['-'], []),
    type: takes([day, day], days),
    evaluate: ([a, b]) => BigInt(daysBetween(asDay(b), asDay(a))) * one,
    sql: ([a = '', b = '']) => `(${a} - ${b})::numeric`,
  },
  {
    ...named('days', ['相隔天数'], ['DAYS']),
    meaning: { zh: '从第二个日期到第一个日期的天数', en: 'Days from the second day to the first' },
    example: {
      zh: '相隔天数(日期("2026-12-31"), 日期("2026-11-23"))',
      en: 'DAYS(DATE("2026-12-31"), DATE("2026-11-23"))',
    },
    type: takes([day, day], days),
    evaluate: ([a, b]) => BigInt(daysBetween(asDay(b), asDay(a))) * one,
    sql: ([a = '', b = '']) => `(${a} - ${b})::numeric`,
  },
  {
    ...named('months-later', ['加月'], ['EDATE']),
    meaning: { zh: '几个月以后的同一天', en: 'The same day some months later' },
    example: { zh: '加月(日期("2026-01-31"), 1)', en: 'EDATE(DATE("2026-01-31"), 1)' },
    type: takes([day, number], day),
    evaluate: ([a, b]) => monthsLater(asDay(a), b as bigint),
    sql: ([a = '', b = '']) => monthsLaterSql(a, b),
  },
  {
    ...named('end-of-month', ['月末'], ['EOMONTH']),
    meaning: { zh: '当月最后一天', en: 'The last day of its month' },
    example: { zh: '月末(日期("2026-02-01"))', en: 'EOMONTH(DATE("2026-02-01"))' },
    type: takes([day], day),
    evaluate: ([a]) => endOfMonth(asDay(a)),
    sql: ([a = '']) => `(date_trunc('month', ${a}::timestamp) + interval '1 month - 1 day')::date`,
  },
  part('year', ['年份'], ['YEAR'], ({ year }) => year),
  part('month', ['月份'], ['MONTH'], ({ month }) => month),
  part('day', ['日'], ['DAY'], ({ dayOfMonth }) => dayOfMonth),
]

function named(id: string, zh: readonly string[], en: readonly string[]) {
  return { id, zh, en, isStrict: true }
}

function part(
  id: string,
  zh: readonly string[],
  en: readonly string[],
  of: (parts: ReturnType<typeof partsOf>) => number,
): FormulaFunction {
  return {
    ...named(id, zh, en),
    meaning: { zh: `日期的${zh[0]}`, en: `The ${id} of a day` },
    example: { zh: `${zh[0]}(日期("2026-11-23"))`, en: `${en[0]}(DATE("2026-11-23"))` },
    type: takes([day], number),
    evaluate: ([a]) => BigInt(of(partsOf(asDay(a)))) * one,
    sql: ([a = '']) => `extract(${id} from ${a})`,
  }
}

/** Exactly these; a plain number stands for a number of days. */
function takes(
  wanted: readonly FormulaType[],
  gives: FormulaType,
): (args: readonly FormulaType[]) => FormulaType | TypeProblem {
  return (args) => {
    const problem = countProblem(args, wanted.length, wanted.length)
    if (problem) return problem
    const wrong = args.findIndex((type, place) => {
      const kind = wanted[place]?.kind
      return type.kind !== kind && !(kind === 'days' && type.kind === 'number')
    })
    if (wrong < 0) return gives
    const [has, needs] = [typeName(args[wrong] ?? day), typeName(wanted[wrong] ?? day)]
    return wrongArgument(
      wrong,
      `这里要${needs.zh}, 不是${has.zh}`,
      `${needs.en} is needed, not ${has.en}`,
    )
  }
}

/** Whole days later, what is behind the point left out; missing where there is no such day. */
function moved(from: Day, by: bigint): Day | null {
  const whole = by / one
  if (whole > 4_000_000n || whole < -4_000_000n) return null
  const count = Number(whole)
  if (count > daysBetween(from, last) || count < daysBetween(from, first)) return null
  return addDays(from, count)
}

function movedSql(from: string, by: string): string {
  return (
    `(select case when n between date '${first}' - d and date '${last}' - d then d + n::integer end ` +
    `from (select ${from} as d, trunc(${by}) as n offset 0) as s)`
  )
}

function monthsLater(from: Day, by: bigint): Day | null {
  const whole = by / one
  if (whole > 120_000n || whole < -120_000n) return null
  const { month, year } = partsOf(from)
  const index = year * 12 + month - 1 + Number(whole)
  return index < 12 || index >= 120_000 ? null : addMonths(from, Number(whole))
}

function monthsLaterSql(from: string, by: string): string {
  const index = 'extract(year from d) * 12 + extract(month from d) - 1 + n'
  return (
    `(select case when ${index} between 12 and 119999 ` +
    `then (d + make_interval(months => n::integer))::date end ` +
    `from (select ${from} as d, trunc(${by}) as n offset 0) as s)`
  )
}
