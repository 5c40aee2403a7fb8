import { parseScaled, parseShare } from '#kernel/document/decimal.ts'
import type { Label } from '#kernel/document/label.ts'
import { gets, type MadeUpCustomer, ofGrade } from '#kernel/document/made-up-customer.ts'
import { type DocumentProblem, problem, shownBy } from '#kernel/document/problem.ts'
import {
  decimalText,
  label,
  list,
  object,
  type Reader,
  text,
} from '#kernel/document/read-document.ts'

/** A rating scale (等级表): grades from best to worst. */
export type RatingScale = {
  readonly id: string
  readonly label: Label
  readonly grades: readonly Grade[]
}

export type Grade = {
  readonly code: string
  readonly label: Label
  /** Lowest score of the grade, 0 to 100 with up to two decimals; the worst grade starts at 0. */
  readonly minimumScore: string
  /** Probability of default within 12 months (`0.6%`), for expected-loss formulas. */
  readonly defaultProbability?: string
}

/**
 * The ten grades of GB/T 22116-2008 企业信用等级表示方法 by tens of score. The probabilities are
 * a geometric master scale to start with, meant to be replaced by what the ledger shows.
 */
export const standardRatingScale: RatingScale = {
  id: 'standard',
  label: { zh: '十级等级表 (GB/T 22116)', en: 'Ten grades (GB/T 22116)' },
  grades: [
    grade('AAA', '信用极好', 'Excellent', '90', '0.03%'),
    grade('AA', '信用优良', 'Very good', '80', '0.08%'),
    grade('A', '信用较好', 'Good', '70', '0.2%'),
    grade('BBB', '信用一般', 'Fair', '60', '0.6%'),
    grade('BB', '信用欠佳', 'Below fair', '50', '1.8%'),
    grade('B', '信用较差', 'Weak', '40', '5%'),
    grade('CCC', '信用很差', 'Poor', '30', '12%'),
    grade('CC', '信用极差', 'Very poor', '20', '25%'),
    grade('C', '没有信用', 'Extremely poor', '10', '45%'),
    grade('D', '违约', 'In default', '0', '100%'),
  ],
}

export const ratingScaleReader: Reader<RatingScale> = object({
  id: text,
  label,
  grades: list(
    object({ code: text, label, minimumScore: decimalText }, { defaultProbability: decimalText }),
  ),
})

/** What keeps a scale from being used; empty when it is sound. */
export function checkRatingScale(scale: RatingScale): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  if (scale.grades.length < 2) problems.push(tooFewGrades)
  const seen = new Set<string>()
  scale.grades.forEach((each, index) => {
    const path = `grades[${index}]`
    if (seen.has(each.code)) problems.push(duplicateGrade(path, each.code))
    seen.add(each.code)
    problems.push(...checkMinimum(scale, index, path))
    problems.push(...checkProbability(scale, index, path))
  })
  return problems
}

/** Lowest scores in hundredths, best grade first. The scale has been checked. */
export function minimumScoresOf(scale: RatingScale): number[] {
  return scale.grades.map((each) => Number(minimumOf(each) ?? 0n))
}

/** Codes from best to worst. */
export function gradeCodesOf(scale: RatingScale): string[] {
  return scale.grades.map((each) => each.code)
}

/** Probability of default in basis points of a grade; null where the scale does not tell. */
export function defaultProbabilityBpsOf(scale: RatingScale, code: string): bigint | null {
  return probabilityOf(scale.grades.find((each) => each.code === code))
}

function grade(code: string, zh: string, en: string, minimum: string, pd: string): Grade {
  return { code, label: { zh, en }, minimumScore: minimum, defaultProbability: pd }
}

function minimumOf(of: Grade | undefined): bigint | null {
  const reading = parseScaled(of?.minimumScore ?? '', 2)
  return reading.kind === 'scaled' ? reading.value : null
}

function probabilityOf(of: Grade | undefined): bigint | null {
  const reading = parseShare(of?.defaultProbability ?? '')
  return reading.kind === 'scaled' ? reading.value : null
}

function checkMinimum(scale: RatingScale, index: number, path: string): DocumentProblem[] {
  const at = `${path}.minimumScore`
  const minimum = minimumOf(scale.grades[index])
  if (minimum === null) return [notAScore(at)]
  if (minimum < 0n || minimum > 10_000n) return [beyondScore(at)]
  const better = minimumOf(scale.grades[index - 1])
  const { code = '', minimumScore = '' } = scale.grades[index] ?? {}
  if (better !== null && minimum >= better) {
    const first = scale.grades[index - 1]?.code ?? ''
    const given = gets(`已属 ${first}, 不会是 ${code}`, `already ${first}, never ${code}`)
    return [shownBy(unorderedGrades(at), ofScore(minimumScore, given))]
  }
  if (index < scale.grades.length - 1 || minimum === 0n) return []
  return [shownBy(worstAboveZero(at), ofScore('0', gets('没有等级', 'no grade')))]
}

function checkProbability(scale: RatingScale, index: number, path: string): DocumentProblem[] {
  const at = `${path}.defaultProbability`
  if (scale.grades[index]?.defaultProbability === undefined) return []
  const probability = probabilityOf(scale.grades[index])
  if (probability === null || probability <= 0n || probability > 10_000n) return [notAShare(at)]
  const better = probabilityOf(scale.grades[index - 1])
  if (better === null || probability >= better) return []
  const pair = [scale.grades[index - 1], scale.grades[index]].map((each) => ({
    knows: [ofGrade(each?.code ?? '')],
    gets: gets(each?.defaultProbability ?? ''),
  }))
  return [shownBy(safeWorseGrade(at), ...pair)]
}

function ofScore(score: string, given: MadeUpCustomer['gets']): MadeUpCustomer {
  const label = { zh: '得分', en: 'Score' }
  return { knows: [{ id: 'score', label, value: score }], gets: given }
}

const tooFewGrades = problem(
  'incomplete',
  'grades',
  ['等级少于两个', 'There are fewer than two grades'],
  ['至少写两个等级', 'Write at least two grades'],
)

function duplicateGrade(path: string, code: string): DocumentProblem {
  return problem(
    'duplicate-id',
    `${path}.code`,
    [`等级 ${code} 重复`, `The grade ${code} appears twice`],
    ['删除或改名', 'Remove or rename one'],
  )
}

function notAScore(path: string): DocumentProblem {
  return problem(
    'not-a-decimal',
    path,
    ['最低分不是最多两位小数的数', 'The minimum is not a decimal of at most two places'],
    ['例如 80 或 82.5', 'Write for instance 80 or 82.5'],
  )
}

function beyondScore(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['最低分应在 0 到 100 之间', 'A minimum lies between 0 and 100'],
    ['改为 0 到 100 的数', 'Write a number from 0 to 100'],
  )
}

function unorderedGrades(path: string): DocumentProblem {
  return problem(
    'unordered',
    path,
    ['最低分不低于上一等级', 'The minimum is not below that of the better grade'],
    ['等级由好到差, 分数递减', 'Put grades best first with falling minimums'],
  )
}

function worstAboveZero(path: string): DocumentProblem {
  return problem(
    'gap',
    path,
    ['最差等级之下的分数没有等级', 'Scores below the worst grade have no grade'],
    ['最差等级的最低分写 0', 'Let the worst grade start at 0'],
  )
}

function notAShare(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['违约概率应大于 0% 且不超过 100%', 'A probability lies above 0% and up to 100%'],
    ['例如 0.6%', 'Write for instance 0.6%'],
  )
}

function safeWorseGrade(path: string): DocumentProblem {
  return problem(
    'not-monotone',
    path,
    ['较差等级的违约概率反而更低', 'A worse grade has a lower probability of default'],
    ['违约概率由好到差不下降', 'Let probabilities not fall from best to worst'],
  )
}
