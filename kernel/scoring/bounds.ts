import { parseScaled } from '#kernel/document/decimal.ts'
import { gets, type MadeUpFact } from '#kernel/document/made-up-customer.ts'
import { type DocumentProblem, problem, shownBy } from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { Bounds } from '#kernel/scoring/scorecard.ts'
import { shortestDecimal } from '#kernel/scoring/value-text.ts'

/** Whole scaled units from `low` to `high`, both included; null is open. */
export type Range = { readonly low: bigint | null; readonly high: bigint | null }

/** Values that are in both; null where none is. */
export function intersection(a: Range, b: Range): Range | null {
  const low = a.low === null || (b.low !== null && b.low > a.low) ? b.low : a.low
  const high = a.high === null || (b.high !== null && b.high < a.high) ? b.high : a.high
  return low !== null && high !== null && low > high ? null : { low, high }
}

/** Whether every value of `inner` is in `outer`. */
export function contains(outer: Range, inner: Range): boolean {
  const low = outer.low === null || (inner.low !== null && inner.low >= outer.low)
  const high = outer.high === null || (inner.high !== null && inner.high <= outer.high)
  return low && high
}

/** A value of a range, 0 where it may be. */
export function someValueIn({ low, high }: Range): bigint {
  if (low !== null && low > 0n) return low
  return high !== null && high < 0n ? high : 0n
}

/** Units whose values are numbers, so that bounds and curves can speak of them. */
export function isNumeric(indicator: Indicator): boolean {
  return indicator.unit !== 'text' && indicator.unit !== 'yes-no'
}

/**
 * Reads a bound in the indicator's unit as a scaled integer. Percentages carry their sign, so that
 * 25 is never taken for 2500 %.
 */
export function readBound(
  text: string,
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): bigint | null {
  const percent = indicator.unit === 'percent'
  if (!isNumeric(indicator) || text.endsWith('%') !== percent) {
    problems.push(wrongUnit(path, text, indicator))
    return null
  }
  const decimals = percent ? indicator.decimals - 2 : indicator.decimals
  const reading = parseScaled(percent ? text.slice(0, -1) : text, decimals)
  if (reading.kind === 'scaled') return reading.value
  problems.push(
    reading.kind === 'too-precise' ? tooPrecise(path, text, decimals) : notADecimal(path, text),
  )
  return null
}

/** A scaled integer as it is written in a bound: `readBound` read backwards. */
export function boundText(value: bigint, indicator: Indicator): string {
  if (indicator.unit === 'yes-no') return value === 0n ? 'no' : 'yes'
  if (indicator.unit !== 'percent') return shortestDecimal(value, indicator.decimals)
  return `${shortestDecimal(value, indicator.decimals - 2)}%`
}

/** Reads bounds as a range of whole scaled units: above 15 days is from 16 days on. */
export function readRange(
  bounds: Bounds,
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): Range {
  const read = (text: string | undefined, key: string, shift: bigint): bigint | null => {
    if (text === undefined) return null
    const value = readBound(text, indicator, `${path}.${key}`, problems)
    return value === null ? null : value + shift
  }
  if (bounds.from !== undefined && bounds.above !== undefined) problems.push(twice(path, 'lower'))
  if (bounds.upTo !== undefined && bounds.below !== undefined) problems.push(twice(path, 'upper'))
  const low = read(bounds.from, 'from', 0n) ?? read(bounds.above, 'above', 1n)
  const high = read(bounds.upTo, 'upTo', 0n) ?? read(bounds.below, 'below', -1n)
  if (low !== null && high !== null && low > high) problems.push(empty(path, high, indicator))
  return { low, high }
}

/** Reads points: 0 to 10,000 with up to two decimals, as hundredths. */
export function readPoints(text: string, path: string, problems: DocumentProblem[]): number {
  const reading = parseScaled(text, 2)
  if (reading.kind !== 'scaled') {
    problems.push(
      reading.kind === 'too-precise' ? tooPrecise(path, text, 2) : notADecimal(path, text),
    )
    return 0
  }
  if (reading.value >= 0n && reading.value <= 1_000_000n) return Number(reading.value)
  problems.push(pointsBeyond(path, text))
  return 0
}

/** What is wrong with a bound, or a bound's place, on an indicator of this unit. */
export function wrongUnit(path: string, text: string, indicator: Indicator): DocumentProblem {
  const { zh, en } = indicator.label
  const remedies: Readonly<Record<string, readonly [string, string]>> = {
    percent: ['百分比请带 % 号, 例如 25%', 'Write percentages with their sign, such as 25%'],
    'yes-no': ['是否类指标用 is: yes 或 is: no', 'Ask a yes-no indicator by is: yes or is: no'],
    text: ['文字类指标用 choices 或 is', 'Ask a text indicator by choices or is'],
  }
  return problem(
    'wrong-unit',
    path,
    [`"${text}" 与指标"${zh}"的单位不符`, `"${text}" does not fit the unit of "${en}"`],
    remedies[indicator.unit] ?? ['写不带 % 号的数', 'Write a number without the percent sign'],
  )
}

function notADecimal(path: string, text: string): DocumentProblem {
  return problem(
    'not-a-decimal',
    path,
    [`"${text}" 不是十进制数`, `"${text}" is not a decimal number`],
    ['只写数字和小数点, 例如 12.5', 'Write digits and a point only, such as 12.5'],
  )
}

function tooPrecise(path: string, text: string, decimals: number): DocumentProblem {
  return problem(
    'too-precise',
    path,
    [`"${text}" 的小数多于 ${decimals} 位`, `"${text}" has more than ${decimals} decimals`],
    [`最多保留 ${decimals} 位小数`, `Keep at most ${decimals} decimals`],
  )
}

function twice(path: string, side: 'lower' | 'upper'): DocumentProblem {
  const keys = side === 'lower' ? 'from, above' : 'upTo, below'
  return problem(
    'inconsistent',
    path,
    [`${keys} 只能写一个`, `Only one of ${keys} can be given`],
    ['删除其中一个', 'Remove one of them'],
  )
}

function empty(path: string, high: bigint, indicator: Indicator): DocumentProblem {
  const found = problem(
    'unordered',
    path,
    ['下限高于上限', 'The lower bound lies above the upper bound'],
    ['交换或改正上下限', 'Swap or correct the bounds'],
  )
  return shownBy(found, {
    knows: [factOf(indicator, high)],
    gets: gets('达到上限, 却不到下限', 'within the upper bound, yet below the lower one'),
  })
}

/** What would be known of a made-up customer. */
export function factOf(indicator: Indicator, value: bigint | string): MadeUpFact {
  const text = typeof value === 'string' ? value : boundText(value, indicator)
  return { id: indicator.id, label: indicator.label, value: text }
}

function pointsBeyond(path: string, text: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    [`分值 ${text} 超出 0 到 10000`, `The points ${text} are not within 0 to 10,000`],
    ['分值不能为负', 'Points are not negative'],
  )
}
