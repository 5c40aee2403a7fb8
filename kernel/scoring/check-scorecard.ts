import { type DocumentProblem, problem, unknownReference } from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import { isNumeric, wrongUnit } from '#kernel/scoring/bounds.ts'
import { gradeCodesOf, type RatingScale } from '#kernel/scoring/rating-scale.ts'
import type { Condition, Scorecard } from '#kernel/scoring/scorecard.ts'

/**
 * What a scorecard refers to: dimensions, indicators, grades, ids given twice, conditions that
 * cannot be asked. Bounds and points are checked where `prepareScorecard` parses them.
 */
export function checkScorecard(
  card: Scorecard,
  scale: RatingScale,
  indicators: readonly Indicator[],
): DocumentProblem[] {
  const byId = new Map(indicators.map((indicator) => [indicator.id, indicator]))
  return [
    ...checkScale(card, scale),
    ...duplicates(
      'dimensions',
      card.dimensions.map((each) => each.id),
    ),
    ...duplicates(
      'characteristics',
      card.characteristics.map((each) => each.id ?? each.indicator),
    ),
    ...checkCharacteristics(card, [...byId.keys()]),
    ...checkRules(card, scale, byId),
  ]
}

function checkScale(card: Scorecard, scale: RatingScale): DocumentProblem[] {
  if (card.scale === scale.id) return []
  return [unknownReference('scale', ['等级表', 'rating scale'], card.scale, [scale.id])]
}

function duplicates(path: string, ids: readonly string[]): DocumentProblem[] {
  return ids.flatMap((id, index) => {
    if (ids.indexOf(id) === index) return []
    return [
      problem(
        'duplicate-id',
        `${path}[${index}].id`,
        [`编号 "${id}" 重复`, `The id "${id}" appears twice`],
        ['给其中一个另起 id', 'Give one of them another id'],
      ),
    ]
  })
}

function checkCharacteristics(card: Scorecard, known: readonly string[]): DocumentProblem[] {
  const dimensions = card.dimensions.map((each) => each.id)
  const problems = card.characteristics.flatMap((each, index) => {
    const path = `characteristics[${index}]`
    const found: DocumentProblem[] = []
    if (!known.includes(each.indicator)) {
      found.push(unknownIndicator(`${path}.indicator`, each.indicator, known))
    }
    if (!dimensions.includes(each.dimension)) {
      const what = ['维度', 'dimension'] as const
      found.push(unknownReference(`${path}.dimension`, what, each.dimension, dimensions))
    }
    const parts = each.bins ?? each.curve ?? each.choices ?? []
    if (parts.length > 0 && parts.every((part) => /^0*(\.0*)?$/.test(part.points))) {
      found.push(weightless(path))
    }
    return found
  })
  const scoresSomebody = card.characteristics.some((each) => each.missing !== 'neutral')
  return scoresSomebody ? problems : [...problems, allNeutral]
}

function checkRules(
  card: Scorecard,
  scale: RatingScale,
  byId: ReadonlyMap<string, Indicator>,
): DocumentProblem[] {
  const codes = gradeCodesOf(scale)
  const worst = codes.at(-1)
  const rule = (grade: string, gradePath: string, when: readonly Condition[], path: string) => {
    const known = codes.includes(grade)
    const unknown = unknownReference(gradePath, ['等级', 'grade'], grade, codes)
    return [...(known ? [] : [unknown]), ...checkConditions(when, path, byId)]
  }
  return [
    ...(card.requirements ?? []).flatMap((each, index) => {
      const path = `requirements[${index}]`
      const found = rule(each.grade, `${path}.grade`, each.needs, `${path}.needs`)
      return each.grade === worst ? [...found, requirementOfWorst(path)] : found
    }),
    ...(card.floors ?? []).flatMap((each, index) =>
      rule(each.grade, `floors[${index}].grade`, each.when, `floors[${index}].when`),
    ),
    ...(card.knockOuts ?? []).flatMap((each, index) =>
      rule(each.cap, `knockOuts[${index}].cap`, each.when, `knockOuts[${index}].when`),
    ),
  ]
}

function checkConditions(
  conditions: readonly Condition[],
  path: string,
  byId: ReadonlyMap<string, Indicator>,
): DocumentProblem[] {
  if (conditions.length === 0) return [noCondition(path)]
  return conditions.flatMap((condition, index) => {
    const at = `${path}[${index}]`
    const indicator = byId.get(condition.indicator)
    if (!indicator) {
      return [unknownIndicator(`${at}.indicator`, condition.indicator, [...byId.keys()])]
    }
    const { from, above, upTo, below, is } = condition
    const bound = from ?? above ?? upTo ?? below
    if ((bound === undefined) === (is === undefined)) return [notOneQuestion(at)]
    if (is === undefined) return []
    const answerable =
      indicator.unit === 'yes-no' ? is === 'yes' || is === 'no' : !isNumeric(indicator)
    return answerable ? [] : [wrongUnit(`${at}.is`, is, indicator)]
  })
}

function unknownIndicator(path: string, id: string, known: readonly string[]): DocumentProblem {
  return unknownReference(path, ['指标', 'indicator'], id, known)
}

function weightless(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['所有档的分值都是 0', 'Every part gives 0 points'],
    ['给出分值或删除该项', 'Give points or remove the characteristic'],
  )
}

const allNeutral = problem(
  'incomplete',
  'characteristics',
  ['所有项目缺数据时都不计分, 新客户将没有分数', 'Nothing is scored for a party not yet known'],
  ['至少给一个项目的 missing 写分值', 'Give at least one characteristic points for missing'],
)

function requirementOfWorst(path: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    ['最差等级不能有条件', 'The worst grade cannot have requirements'],
    ['删除该条件', 'Remove the requirement'],
  )
}

function noCondition(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['没有条件', 'There is no condition'],
    ['至少写一个条件', 'Write at least one condition'],
  )
}

function notOneQuestion(path: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    ['条件应写界限或 is, 二者之一', 'A condition has either bounds or is'],
    ['保留界限或 is', 'Keep the bounds or is'],
  )
}
