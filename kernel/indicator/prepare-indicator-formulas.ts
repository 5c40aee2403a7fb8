import { type DocumentProblem, problem, unknownCurrency } from '#kernel/document/problem.ts'
import {
  checkFormula,
  type Formula,
  type FormulaName,
  type FormulaScope,
  isFormula,
} from '#kernel/formula/check-formula.ts'
import { type CompiledFormula, compileFormula } from '#kernel/formula/compile-formula.ts'
import { formatFormula } from '#kernel/formula/format-formula.ts'
import { wrongResult } from '#kernel/formula/formula-result.ts'
import { namesIn } from '#kernel/formula/names-in.ts'
import { todayId, todayTexts } from '#kernel/formula/window-name.ts'
import { inOrderOfNeed } from '#kernel/indicator/in-order-of-need.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { IndicatorFormula, IndicatorFormulas } from '#kernel/indicator/indicator-formulas.ts'
import { formulaNameOf, formulaTypeOf } from '#kernel/indicator/indicator-in-formula.ts'
import {
  type WindowIndicator,
  windowIndicator,
  windowMeasures,
} from '#kernel/indicator/window-indicators.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'

/** Indicator formulas that were checked, each compiled once. */
export type DefinedIndicators = {
  readonly currency: Currency
  /** All that formulas may name, the built-in indicators first. */
  readonly names: readonly FormulaName[]
  /** Built-in indicators that some formula reads. */
  readonly read: readonly Indicator[]
  /** Sums over windows that some formula reads. */
  readonly windows: readonly WindowIndicator[]
  /** Each after those that it reads. */
  readonly inOrder: readonly DefinedIndicator[]
}

export type DefinedIndicator = {
  readonly indicator: Indicator
  readonly formula: Formula
  readonly evaluate: CompiledFormula
}

type Preparation =
  | { readonly kind: 'prepared'; readonly defined: DefinedIndicators }
  | { readonly kind: 'problems'; readonly problems: readonly DocumentProblem[] }

const most = 100

/** Checks indicator formulas against the built-in indicators and each other, and compiles them. */
export function prepareIndicatorFormulas(
  document: IndicatorFormulas,
  builtIn: readonly Indicator[],
): Preparation {
  const currency = parseCurrency(document.currency)
  if (currency === null) return { kind: 'problems', problems: [unknownCurrency(document.currency)] }
  const problems: DocumentProblem[] = []
  if (document.definitions.length > most) problems.push(tooMany(document.definitions.length))
  const own = document.definitions.map(indicatorOf)
  const scope: FormulaScope = {
    names: [...builtIn, ...own].map((each) => formulaNameOf(each, currency)),
    measures: measureNames(currency),
    currency,
  }
  const defined = document.definitions.flatMap((definition, index): DefinedIndicator[] => {
    const path = `definitions[${index}]`
    const indicator = own[index] ?? indicatorOf(definition)
    problems.push(...problemsOf(definition, path, scope))
    const formula = soundFormula(definition, `${path}.formula`, scope, problems)
    return formula ? [{ indicator, formula, evaluate: compileFormula(formula) }] : []
  })
  const readBy = (each: DefinedIndicator) => namesIn(each.formula)
  const { ordered, cycle } = inOrderOfNeed(defined, (each) => each.indicator.id, readBy)
  if (cycle.length > 0) problems.push(goesInCircles(cycle, document))
  if (problems.length > 0) return { kind: 'problems', problems }
  const read = new Set(ordered.flatMap(readBy))
  const windows = [...read].flatMap((id) => windowIndicator(id) ?? [])
  return {
    kind: 'prepared',
    defined: {
      currency,
      names: [...scope.names, ...windowNames(windows, currency)],
      windows,
      read: builtIn.filter(({ id }) => read.has(id)),
      inOrder: ordered,
    },
  }
}

/**
 * The built-in indicators beside which a published document still means what it said: a later version of
 * the program may have given one of them a name that the document took before.
 */
export function builtInBeside(
  { definitions }: IndicatorFormulas,
  builtIn: readonly Indicator[],
): Indicator[] {
  const taken = new Set(definitions.flatMap(({ id, label }) => [id, label.zh, label.en]))
  return builtIn.filter(
    ({ id, label }) => ![id, label.zh, label.en].some((name) => taken.has(name)),
  )
}

/** What formulas can add up over a window. */
export function measureNames(currency: Currency): FormulaName[] {
  return windowMeasures.map(({ id, label, unit }) => ({
    ...{ id, label, type: formulaTypeOf(unit, currency) },
  }))
}

/** How sums over windows, and the day itself, are called. */
export function windowNames(
  windows: readonly WindowIndicator[],
  currency: Currency,
): FormulaName[] {
  const [zh = '', en = ''] = todayTexts
  const today: FormulaName = { id: todayId, label: { zh, en }, type: { kind: 'day' } }
  return [...windows.map(({ indicator }) => formulaNameOf(indicator, currency)), today]
}

/** The document with ids in its formulas: labels may then change. It has no problems. */
export function withIds(
  document: IndicatorFormulas,
  defined: DefinedIndicators,
): IndicatorFormulas {
  const formulas = new Map(defined.inOrder.map((each) => [each.indicator.id, each.formula]))
  const kept = ({ formula: typed, id }: IndicatorFormula) => {
    const formula = formulas.get(id)
    return formula ? formatFormula(formula, 'id', []) : typed
  }
  return {
    ...document,
    definitions: document.definitions.map((each) => ({ ...each, formula: kept(each) })),
  }
}

function indicatorOf({ decimals = 2, id, label, meaning, unit }: IndicatorFormula): Indicator {
  // A percent is kept as its fraction.
  const places =
    unit === 'percent' ? decimals + 2 : unit === 'yes-no' || unit === 'text' ? 0 : decimals
  return { id, label, meaning, unit, decimals: places, source: 'formula' }
}

function problemsOf(
  { decimals, id, label, unit }: IndicatorFormula,
  path: string,
  scope: FormulaScope,
): DocumentProblem[] {
  const found: DocumentProblem[] = []
  if (!/^[a-z][a-z0-9_]{1,59}$/.test(id)) found.push(badId(`${path}.id`, id))
  if (scope.names.filter((name) => name.id === id).length > 1) found.push(idTaken(`${path}.id`, id))
  for (const language of ['zh', 'en'] as const) {
    if (!canBeWritten(id, language, scope)) {
      found.push(labelTaken(`${path}.label.${language}`, label[language]))
    }
  }
  const hasOwnPlaces = unit !== 'money' && unit !== 'yes-no' && unit !== 'text'
  if (decimals !== undefined && (!hasOwnPlaces || decimals > 4)) {
    found.push(badDecimals(`${path}.decimals`, hasOwnPlaces))
  }
  return found
}

/** Whether a formula that names it by its label comes back to it. */
function canBeWritten(id: string, language: 'zh' | 'en', scope: FormulaScope): boolean {
  const name = scope.names.findLast((each) => each.id === id)
  if (!name) return false
  const alone: Formula = { kind: 'name', id, type: name.type, at: [0, 0] }
  const again = checkFormula(formatFormula(alone, language, [name]), scope)
  return isFormula(again) && again.kind === 'name' && again.id === id
}

function soundFormula(
  { formula: typed, unit }: IndicatorFormula,
  path: string,
  scope: FormulaScope,
  problems: DocumentProblem[],
): Formula | null {
  const formula = checkFormula(typed, scope)
  if (!isFormula(formula)) {
    const { at, instead, message } = formula
    const remedy = instead === undefined ? lookAt(at) : [`改成 ${instead}`, `Write ${instead}`]
    problems.push({
      ...problem(
        'wrong-formula',
        path,
        [message.zh, message.en],
        [remedy[0] ?? '', remedy[1] ?? ''],
      ),
      ...{ at, ...(instead === undefined ? {} : { instead }) },
    })
    return null
  }
  const wrong = wrongResult(formula.type, formulaTypeOf(unit, scope.currency))
  if (!wrong) return formula
  const { message, remedy } = wrong
  problems.push({ ...{ kind: 'wrong-unit', path, message, remedy }, at: formula.at })
  return null
}

function lookAt([start, end]: readonly [number, number]): [string, string] {
  return [`请改第 ${start + 1}–${end} 个字符`, `Mend characters ${start + 1} to ${end}`]
}

function tooMany(count: number): DocumentProblem {
  return problem(
    'out-of-range',
    'definitions',
    [`最多 ${most} 个指标, 这里有 ${count} 个`, `At most ${most} indicators, there are ${count}`],
    ['删除不用的指标', 'Remove those that nobody uses'],
  )
}

function badId(path: string, id: string): DocumentProblem {
  return problem(
    'wrong-type',
    path,
    [`编号 "${id}" 不合规则`, `The id "${id}" is not of the right form`],
    [
      '用小写英文字母、数字和下划线, 2 到 60 个, 以字母开头',
      'Small letters, digits and _, 2 to 60 of them, a letter first',
    ],
  )
}

function idTaken(path: string, id: string): DocumentProblem {
  return problem(
    'duplicate-id',
    path,
    [`编号 "${id}" 已有指标使用`, `There is an indicator "${id}" already`],
    ['另起一个编号', 'Give it another id'],
  )
}

function labelTaken(path: string, label: string): DocumentProblem {
  return problem(
    'duplicate-id',
    path,
    [
      `公式里写“${label}”会有歧义: 已被使用, 或含有方括号`,
      `"${label}" would be ambiguous in a formula: it is taken, or has square brackets`,
    ],
    ['换一个名称', 'Choose another name'],
  )
}

function badDecimals(path: string, hasOwn: boolean): DocumentProblem {
  const remedy = hasOwn
    ? (['写 0 到 4', 'Write 0 to 4'] as const)
    : (['删除 decimals', 'Remove decimals'] as const)
  const message = hasOwn
    ? (['小数位数太多', 'So many places are not kept'] as const)
    : (['这种单位没有小数位数可定', 'Places cannot be chosen for this unit'] as const)
  return problem('out-of-range', path, message, remedy)
}

function goesInCircles(
  cycle: readonly string[],
  { definitions }: IndicatorFormulas,
): DocumentProblem {
  const at = definitions.findIndex(({ id }) => id === cycle[0])
  const told = (language: 'zh' | 'en') =>
    [...cycle, cycle[0]]
      .map((id) => definitions.find((each) => each.id === id)?.label[language] ?? id)
      .join(' → ')
  return problem(
    'cycle',
    `definitions[${at}].formula`,
    [`公式互相引用, 无法计算: ${told('zh')}`, `The formulas go round in a circle: ${told('en')}`],
    ['从其中一个公式里去掉引用', 'Take one of these names out of a formula'],
  )
}
