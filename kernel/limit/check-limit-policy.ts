import { parseScaled, parseShare } from '#kernel/document/decimal.ts'
import { gets, ofGrade } from '#kernel/document/made-up-customer.ts'
import {
  type DocumentProblem,
  problem,
  shownBy,
  unknownCurrency,
  unknownReference,
} from '#kernel/document/problem.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { ByGrade, GradeTerms, LimitFormula, LimitPolicy } from '#kernel/limit/limit-policy.ts'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import { gradeCodesOf, type RatingScale } from '#kernel/scoring/rating-scale.ts'

type AskedUnit = 'money' | 'days' | 'months' | 'count'

type Context = {
  readonly scale: RatingScale
  readonly codes: readonly string[]
  readonly indicators: readonly Indicator[]
  readonly currency: Currency
  readonly problems: DocumentProblem[]
}

/**
 * What keeps a limit policy from being used: a worse grade that gets more or longer terms, a grade
 * that is missing or unknown, a number that is negative or none, an indicator of another kind.
 */
export function checkLimitPolicy(
  policy: LimitPolicy,
  scale: RatingScale,
  indicators: readonly Indicator[],
): DocumentProblem[] {
  const currency = parseCurrency(policy.currency)
  if (currency === null) return [unknownCurrency(policy.currency)]
  const context = { scale, codes: gradeCodesOf(scale), indicators, currency, problems: [] }
  checkReferences(policy, context)
  policy.formulas.forEach((formula, index) => {
    checkFormula(formula, `formulas[${index}]`, context)
  })
  checkAmounts(policy.caps, 'caps', context)
  if (policy.floors) checkFloors(policy.floors, policy, context)
  checkAmounts(policy.newCustomer.amounts, 'newCustomer.amounts', context)
  checkTerms(policy.newCustomer.terms, 'newCustomer.terms', context)
  checkTerms(policy.terms, 'terms', context)
  checkMonths(policy.validityMonths, 'validityMonths', context)
  checkMonths(policy.reviewMonths, 'reviewMonths', context)
  checkSteps(policy, context)
  return context.problems
}

function checkReferences(policy: LimitPolicy, context: Context): void {
  const { scale, problems } = context
  if (policy.scale !== scale.id) {
    problems.push(unknownReference('scale', ['等级表', 'rating scale'], policy.scale, [scale.id]))
  }
  if (policy.formulas.length === 0) problems.push(noFormula)
  const { relationshipMonths, invoiceCount } = policy.newCustomer
  checkIndicator(relationshipMonths, 'months', 'newCustomer.relationshipMonths', context)
  checkIndicator(invoiceCount, 'count', 'newCustomer.invoiceCount', context)
  const ids = policy.formulas.map((formula) => formula.id)
  ids.forEach((id, index) => {
    if (ids.indexOf(id) !== index) problems.push(duplicateFormula(`formulas[${index}].id`, id))
  })
}

function checkFormula(formula: LimitFormula, path: string, context: Context): void {
  switch (formula.kind) {
    case 'share-of-net-worth':
    case 'share-of-annual-sales':
      checkIndicator(formula.indicator, 'money', `${path}.indicator`, context)
      checkFalling(formula.shares, { read: readShare, write: asWritten }, `${path}.shares`, context)
      return
    case 'need':
      checkIndicator(formula.monthlySales, 'money', `${path}.monthlySales`, context)
      if (formula.expectedDelay !== undefined) {
        checkIndicator(formula.expectedDelay, 'days', `${path}.expectedDelay`, context)
      }
      checkPositive(readFactor(formula.seasonFactor), `${path}.seasonFactor`, context)
      return
    case 'peak-exposure':
      checkIndicator(formula.indicator, 'money', `${path}.indicator`, context)
      checkPositive(readFactor(formula.factor), `${path}.factor`, context)
      return
    case 'fixed':
      checkAmounts(formula.amounts, `${path}.amounts`, context)
      return
    case 'expected-loss':
      checkPositive(readAmount(formula.budget, context), `${path}.budget`, context)
      checkPositive(readShare(formula.lossGivenDefault), `${path}.lossGivenDefault`, context)
      if (context.scale.grades.some((grade) => grade.defaultProbability === undefined)) {
        context.problems.push(noProbability(path))
      }
  }
}

function checkIndicator(id: string, unit: AskedUnit, path: string, context: Context): void {
  const indicator = context.indicators.find((each) => each.id === id)
  const fitting = context.indicators.filter((each) => each.unit === unit).map((each) => each.id)
  if (!indicator) context.problems.push(unknownReference(path, ['指标', 'indicator'], id, fitting))
  else if (indicator.unit !== unit) context.problems.push(wrongUnit(path, id, unit))
}

function checkAmounts(amounts: ByGrade, path: string, context: Context): void {
  const read = (text: string) => readAmount(text, context)
  checkFalling(amounts, { read, write: asWritten }, path, context)
}

/** How the entries of a table are compared, and how they are said. */
type Entries<T> = {
  readonly read: (entry: T) => bigint | null
  readonly write: (entry: T) => readonly [zh: string, en: string]
}

const asWritten = (text: string) => [text, text] as const

/** Every grade of the scale has its entry, none is negative, and worse is never more. */
function checkFalling<T>(
  table: Readonly<Record<string, T>>,
  { read, write }: Entries<T>,
  path: string,
  { codes, problems }: Context,
): void {
  for (const key of Object.keys(table)) {
    if (!codes.includes(key)) {
      problems.push(unknownReference(`${path}.${key}`, ['等级', 'grade'], key, codes))
    }
  }
  let better: { readonly code: string; readonly entry: T; readonly value: bigint } | null = null
  for (const code of codes) {
    const at = `${path}.${code}`
    const entry = table[code]
    const value = entry === undefined ? null : read(entry)
    if (entry === undefined) problems.push(noEntry(at, code))
    else if (value === null || value < 0n) problems.push(notPositive(at))
    else if (better !== null && value > better.value) {
      const pair = [better, { code, entry }].map((each) => ({
        knows: [ofGrade(each.code)],
        gets: gets(...write(each.entry)),
      }))
      problems.push(shownBy(worseGetsMore(at, code), ...pair))
    }
    if (entry !== undefined && value !== null) better = { code, entry, value }
  }
}

function checkTerms(
  terms: Readonly<Record<string, GradeTerms>>,
  path: string,
  context: Context,
): void {
  const write = ({ code, days }: GradeTerms) =>
    [`${code} (${days} 天)`, `${code} (${days} days)`] as const
  checkFalling(terms, { read: ({ days }) => BigInt(days), write }, path, context)
}

function checkMonths(
  months: Readonly<Record<string, number>>,
  path: string,
  context: Context,
): void {
  const read = (entry: number) => (entry > 0 ? BigInt(entry) : null)
  const write = (entry: number) => [`${entry} 个月`, `${entry} months`] as const
  checkFalling(months, { read, write }, path, context)
}

function checkFloors(floors: ByGrade, policy: LimitPolicy, context: Context): void {
  checkAmounts(floors, 'floors', context)
  const step = readAmount(policy.roundTo, context)
  for (const code of context.codes) {
    const floor = readAmount(floors[code] ?? '', context)
    const cap = readAmount(policy.caps[code] ?? '', context)
    if (floor === null || cap === null || step === null || step <= 0n) continue
    const path = `floors.${code}`
    const [written, most] = [policy.floors?.[code] ?? '', policy.caps[code] ?? '']
    const knows = [ofGrade(code)]
    if (floor > cap) {
      const given = gets(`保底 ${written}, 上限 ${most}`, `at least ${written}, at most ${most}`)
      context.problems.push(shownBy(floorAboveCap(path), { knows, gets: given }))
    }
    if (floor % step !== 0n) context.problems.push(offStep(path, policy.roundTo))
  }
}

function checkSteps(policy: LimitPolicy, context: Context): void {
  checkPositive(readAmount(policy.roundTo, context), 'roundTo', context)
  if (policy.keepWithin) {
    checkPositive(readShare(policy.keepWithin.share), 'keepWithin.share', context)
    checkPositive(readAmount(policy.keepWithin.amount, context), 'keepWithin.amount', context)
  }
  if (policy.raise) {
    checkPositive(readShare(policy.raise.share), 'raise.share', context)
    checkPositive(BigInt(policy.raise.everyMonths), 'raise.everyMonths', context)
  }
  const probation = BigInt(policy.newCustomer.probationMonths)
  checkPositive(probation, 'newCustomer.probationMonths', context)
}

function checkPositive(value: bigint | null, path: string, context: Context): void {
  if (value === null || value <= 0n) context.problems.push(notPositive(path))
}

function readAmount(text: string, context: Context): bigint | null {
  const reading = parseScaled(text, exponentOf(context.currency))
  return reading.kind === 'scaled' ? reading.value : null
}

function readShare(text: string): bigint | null {
  const reading = parseShare(text)
  return reading.kind === 'scaled' ? reading.value : null
}

function readFactor(text: string): bigint | null {
  const reading = parseScaled(text, 4)
  return reading.kind === 'scaled' ? reading.value : null
}

const noFormula = problem(
  'incomplete',
  'formulas',
  ['没有额度公式', 'There is no formula'],
  ['至少写一个公式', 'Write at least one formula'],
)

function duplicateFormula(path: string, id: string): DocumentProblem {
  return problem(
    'duplicate-id',
    path,
    [`编号 "${id}" 重复`, `The id "${id}" appears twice`],
    ['给其中一个另起 id', 'Give one of them another id'],
  )
}

function wrongUnit(path: string, id: string, unit: AskedUnit): DocumentProblem {
  const zh = { money: '金额', days: '天数', months: '月数', count: '个数' }[unit]
  return problem(
    'wrong-unit',
    path,
    [`指标 "${id}" 不是${zh}`, `The indicator "${id}" is not in ${unit}`],
    [`改用${zh}类指标`, `Use an indicator in ${unit}`],
  )
}

function noEntry(path: string, code: string): DocumentProblem {
  const found = problem(
    'incomplete',
    path,
    [`没有写等级 ${code}`, `The grade ${code} is not named`],
    [`补上等级 ${code}`, `Add the grade ${code}`],
  )
  return shownBy(found, { knows: [ofGrade(code)], gets: gets('没有规定', 'nothing') })
}

function notPositive(path: string): DocumentProblem {
  return problem(
    'out-of-range',
    path,
    ['不是有效的数, 或为负数或零', 'This is not a number that can stand here'],
    ['金额写 50000, 比例写 10%, 不能为负', 'Write 50000 or 10%, not negative'],
  )
}

function worseGetsMore(path: string, code: string): DocumentProblem {
  return problem(
    'not-monotone',
    path,
    [`较差的等级 ${code} 反而得到更多`, `The worse grade ${code} gets more than a better one`],
    ['由好到差不增加', 'Let the table not rise from best to worst'],
  )
}

function floorAboveCap(path: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    ['保底额度高于上限', 'The floor lies above the cap'],
    ['降低保底或提高上限', 'Lower the floor or raise the cap'],
  )
}

function offStep(path: string, step: string): DocumentProblem {
  return problem(
    'inconsistent',
    path,
    [`保底额度不是 ${step} 的整数倍`, `The floor is no multiple of ${step}`],
    [`改为 ${step} 的整数倍`, `Write a multiple of ${step}`],
  )
}

function noProbability(path: string): DocumentProblem {
  return problem(
    'incomplete',
    path,
    ['等级表没有给出每一级的违约概率', 'The scale has no probability of default for each grade'],
    ['在等级表中补上 defaultProbability', 'Add defaultProbability to the rating scale'],
  )
}
