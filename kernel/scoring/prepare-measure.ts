import { type DocumentProblem, problem } from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import {
  isNumeric,
  type Range,
  readBound,
  readPoints,
  readRange,
  wrongUnit,
} from '#kernel/scoring/bounds.ts'
import type { Bin, Characteristic, Choice, Knot } from '#kernel/scoring/scorecard.ts'

/** How a value becomes points (hundredths), with every bound parsed once. */
export type Measure =
  | {
      readonly kind: 'bins'
      /** Highest value of each bin but the last, rising. */
      readonly highs: readonly bigint[]
      readonly points: readonly number[]
    }
  | { readonly kind: 'curve'; readonly at: readonly bigint[]; readonly points: readonly number[] }
  | {
      readonly kind: 'choices'
      /** Bin by text; yes and no stand for 1 and 0. */
      readonly bins: ReadonlyMap<string, number>
      readonly otherwise: number | null
      readonly points: readonly number[]
    }

/** Parses the bins, the curve or the choices of a characteristic; problems say what is wrong. */
export function prepareMeasure(
  characteristic: Characteristic,
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): Measure | null {
  const { bins, curve, choices } = characteristic
  const given = [bins, curve, choices].filter((each) => each !== undefined && each.length > 0)
  if (given.length !== 1) {
    problems.push(notOneMeasure(path))
    return null
  }
  const numeric = isNumeric(indicator)
  if (numeric === (choices !== undefined)) {
    problems.push(wrongUnit(path, choices ? 'choices' : bins ? 'bins' : 'curve', indicator))
    return null
  }
  const measure = bins
    ? prepareBins(bins, indicator, `${path}.bins`, problems)
    : curve
      ? prepareCurve(curve, indicator, `${path}.curve`, problems)
      : prepareChoices(choices ?? [], indicator, `${path}.choices`, problems)
  checkDirection(characteristic.better, measure, indicator, path, problems)
  return measure
}

function prepareBins(
  bins: readonly Bin[],
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): Measure {
  const ranges = bins.map((bin, index) => readRange(bin, indicator, `${path}[${index}]`, problems))
  const highs: bigint[] = []
  ranges.forEach((range, index) => {
    const at = `${path}[${index}]`
    if (index === 0 && range.low !== null) problems.push(outerGap(at, 'below'))
    const next = ranges[index + 1]
    if (next) {
      const high = boundaryBetween(range, next, path, index, problems)
      const before = highs.at(-1)
      if (before !== undefined && high <= before) problems.push(unordered(at))
      highs.push(high)
    } else if (range.high !== null) problems.push(outerGap(at, 'above'))
  })
  return { kind: 'bins', highs, points: pointsOf(bins, path, problems) }
}

function boundaryBetween(
  range: Range,
  next: Range,
  path: string,
  index: number,
  problems: DocumentProblem[],
): bigint {
  const names = `${path}[${index}–${index + 1}]`
  if (range.high !== null && next.low !== null) {
    if (next.low > range.high + 1n) problems.push(gapBetween(names))
    if (next.low <= range.high) problems.push(overlapBetween(names))
  }
  if (range.high === null && next.low === null) problems.push(noBoundary(names))
  return range.high ?? (next.low ?? 0n) - 1n
}

function prepareCurve(
  curve: readonly Knot[],
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): Measure {
  const at: bigint[] = []
  curve.forEach((knot, index) => {
    const value = readBound(knot.at, indicator, `${path}[${index}].at`, problems) ?? 0n
    const before = at.at(-1)
    if (before !== undefined && value <= before) problems.push(unordered(`${path}[${index}].at`))
    at.push(value)
  })
  if (curve.length < 2) problems.push(tooFewKnots(path))
  return { kind: 'curve', at, points: pointsOf(curve, path, problems) }
}

function prepareChoices(
  choices: readonly Choice[],
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): Measure {
  const bins = new Map<string, number>()
  choices.forEach(({ is }, index) => {
    const at = `${path}[${index}].is`
    if (bins.has(is)) problems.push(duplicateChoice(at, is))
    if (indicator.unit === 'yes-no' && !isYesNo(is)) problems.push(wrongUnit(at, is, indicator))
    bins.set(is, index)
  })
  const complete =
    indicator.unit === 'yes-no' ? bins.has('yes') && bins.has('no') : bins.has('otherwise')
  if (!complete) problems.push(incompleteChoices(path, indicator))
  const otherwise = bins.get('otherwise') ?? null
  return { kind: 'choices', bins, otherwise, points: pointsOf(choices, path, problems) }
}

function isYesNo(text: string): boolean {
  return text === 'yes' || text === 'no'
}

function pointsOf(
  parts: readonly { readonly points: string }[],
  path: string,
  problems: DocumentProblem[],
): number[] {
  return parts.map((part, index) => readPoints(part.points, `${path}[${index}].points`, problems))
}

function checkDirection(
  better: 'lower' | 'higher' | undefined,
  measure: Measure,
  indicator: Indicator,
  path: string,
  problems: DocumentProblem[],
): void {
  if (better === undefined) return
  const points =
    measure.kind === 'choices'
      ? ['no', 'yes'].map((word) => measure.points[measure.bins.get(word) ?? -1] ?? 0)
      : measure.points
  if (indicator.unit === 'text') {
    problems.push(directionOfText(path))
    return
  }
  const wrong = points.findIndex((each, index) => {
    const before = points[index - 1]
    return before !== undefined && (better === 'higher' ? each < before : each > before)
  })
  if (wrong >= 0) problems.push(notMonotone(path, better, wrong))
}

function notOneMeasure(path: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    ['bins、curve、choices 应恰好写一个', 'Exactly one of bins, curve and choices is needed'],
    ['保留一种计分方式', 'Keep one way of giving points'],
  )
}

function outerGap(path: string, side: 'below' | 'above'): DocumentProblem {
  const zh = side === 'below' ? '最低一档之下的值没有分' : '最高一档之上的值没有分'
  return problem(
    'gap',
    path,
    [zh, `Values ${side} the ${side === 'below' ? 'first' : 'last'} bin get no points`],
    ['去掉最外侧的界限', 'Leave the outermost bound open'],
  )
}

function gapBetween(path: string): DocumentProblem {
  return problem(
    'gap',
    path,
    ['两档之间有空隙', 'There is a gap between the two bins'],
    ['让下一档从上一档结束处开始', 'Let the next bin begin where this one ends'],
  )
}

function overlapBetween(path: string): DocumentProblem {
  return problem(
    'overlap',
    path,
    ['两档重叠', 'The two bins overlap'],
    ['一侧用 upTo, 另一侧用 above', 'End one bin with upTo and begin the next with above'],
  )
}

function noBoundary(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['两档之间没有界限', 'There is no bound between the two bins'],
    ['写出上限 upTo 或下一档的下限 above', 'Give this bin upTo or the next one above'],
  )
}

function unordered(path: string): DocumentProblem {
  return problem(
    'unordered',
    path,
    ['没有按值由小到大排列', 'The values do not rise'],
    ['按值由小到大重新排列', 'Order them from low to high'],
  )
}

function tooFewKnots(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['曲线少于两个点', 'A curve needs at least two knots'],
    ['再写一个点', 'Add a knot'],
  )
}

function duplicateChoice(path: string, is: string): DocumentProblem {
  return problem(
    'duplicate-id',
    path,
    [`选项 "${is}" 重复`, `The choice "${is}" appears twice`],
    ['删除其中一个', 'Remove one of them'],
  )
}

function incompleteChoices(path: string, indicator: Indicator): DocumentProblem {
  const needed = indicator.unit === 'yes-no' ? 'yes, no' : 'otherwise'
  return problem(
    'incomplete',
    path,
    [`缺少选项: ${needed}`, `Choices are missing: ${needed}`],
    [`补上 ${needed}`, `Add ${needed}`],
  )
}

function directionOfText(path: string): DocumentProblem {
  return problem(
    'wrong-unit',
    `${path}.better`,
    ['文字类指标没有高低方向', 'A text has no direction'],
    ['删除 better', 'Remove better'],
  )
}

function notMonotone(path: string, better: 'lower' | 'higher', index: number): DocumentProblem {
  return problem(
    'not-monotone',
    path,
    [
      `声明为越${better === 'lower' ? '低' : '高'}越好, 但第 ${index + 1} 档分值相反`,
      `Declared better when ${better}, but part ${index + 1} goes the other way`,
    ],
    ['改正分值或删除 better', 'Correct the points or remove better'],
  )
}
