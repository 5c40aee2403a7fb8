import { gets, type MadeUpCustomer } from '#kernel/document/made-up-customer.ts'
import { type DocumentProblem, shownBy } from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import {
  factOf,
  isNumeric,
  type Range,
  readBound,
  readPoints,
  readRange,
  wrongUnit,
} from '#kernel/scoring/bounds.ts'
import {
  directionOfText,
  duplicateChoice,
  gapBetween,
  incompleteChoices,
  noBoundary,
  notMonotone,
  notOneMeasure,
  outerGap,
  overlapBetween,
  tooFewKnots,
  unordered,
} from '#kernel/scoring/measure-problems.ts'
import type { Bin, Characteristic, Choice, Knot } from '#kernel/scoring/scorecard.ts'
import { pointsText } from '#kernel/scoring/value-text.ts'

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
  const showing = (value: bigint, given: MadeUpCustomer['gets']): MadeUpCustomer => ({
    knows: [factOf(indicator, value)],
    gets: given,
  })
  const unscored = (value: bigint) => showing(value, gets('没有分值', 'no points'))
  const highs: bigint[] = []
  ranges.forEach((range, index) => {
    const at = `${path}[${index}]`
    if (index === 0 && range.low !== null) {
      problems.push(shownBy(outerGap(at, 'below'), unscored(range.low - 1n)))
    }
    const next = ranges[index + 1]
    if (next) {
      const high = boundaryBetween([range, next], `${path}[${index}–${index + 1}]`, {
        unscored,
        twice: (value) => showing(value, pointsOfBoth(bins[index], bins[index + 1])),
        problems,
      })
      const before = highs.at(-1)
      if (before !== undefined && high <= before) {
        const taken = showing(high, gets(`已归入第 ${index} 档`, `already in bin ${index}`))
        problems.push(shownBy(unordered(at), taken))
      }
      highs.push(high)
    } else if (range.high !== null) {
      problems.push(shownBy(outerGap(at, 'above'), unscored(range.high + 1n)))
    }
  })
  return { kind: 'bins', highs, points: pointsOf(bins, path, problems) }
}

type Showing = {
  readonly unscored: (value: bigint) => MadeUpCustomer
  readonly twice: (value: bigint) => MadeUpCustomer
  readonly problems: DocumentProblem[]
}

function boundaryBetween(
  [range, next]: readonly [Range, Range],
  names: string,
  { problems, twice, unscored }: Showing,
): bigint {
  if (range.high !== null && next.low !== null) {
    if (next.low > range.high + 1n) {
      problems.push(shownBy(gapBetween(names), unscored(range.high + 1n)))
    }
    if (next.low <= range.high) problems.push(shownBy(overlapBetween(names), twice(next.low)))
  }
  if (range.high === null && next.low === null) problems.push(noBoundary(names))
  return range.high ?? (next.low ?? 0n) - 1n
}

function pointsOfBoth(one: Bin | undefined, other: Bin | undefined): MadeUpCustomer['gets'] {
  const [a, b] = [one?.points ?? '', other?.points ?? '']
  return gets(`既得 ${a} 分又得 ${b} 分`, `both ${a} and ${b} points`)
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
    const first = bins.get(is)
    if (first !== undefined) {
      const given = pointsOfBoth(choices[first], choices[index])
      const knows = [factOf(indicator, is)]
      problems.push(shownBy(duplicateChoice(at, is), { knows, gets: given }))
    }
    if (indicator.unit === 'yes-no' && !isYesNo(is)) problems.push(wrongUnit(at, is, indicator))
    bins.set(is, index)
  })
  const complete =
    indicator.unit === 'yes-no' ? bins.has('yes') && bins.has('no') : bins.has('otherwise')
  if (!complete) {
    const answer =
      indicator.unit === 'yes-no' ? (bins.has('yes') ? 'no' : 'yes') : wordOutside(bins)
    problems.push(
      shownBy(incompleteChoices(path, indicator), {
        knows: [factOf(indicator, answer)],
        gets: gets('没有分值', 'no points'),
      }),
    )
  }
  const otherwise = bins.get('otherwise') ?? null
  return { kind: 'choices', bins, otherwise, points: pointsOf(choices, path, problems) }
}

/** A word that no choice names. */
function wordOutside(named: ReadonlyMap<string, number>): string {
  let word = 'other'
  while (named.has(word)) word += '-other'
  return word
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
  if (wrong < 0) return
  const pair = [wrong - 1, wrong].map((part) => ({
    knows: [factOf(indicator, valueInPart(measure, part))],
    gets: gets(`${pointsText(points[part] ?? 0)} 分`, `${pointsText(points[part] ?? 0)} points`),
  }))
  problems.push(shownBy(notMonotone(path, better, wrong), ...pair))
}

/** A value that falls into a part; of yes and no, the part is the value. */
function valueInPart(measure: Measure, part: number): bigint {
  if (measure.kind === 'curve') return measure.at[part] ?? 0n
  if (measure.kind === 'choices') return BigInt(part)
  return measure.highs[part] ?? (measure.highs.at(-1) ?? 0n) + 1n
}
