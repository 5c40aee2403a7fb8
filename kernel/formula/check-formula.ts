import { type Day, parseDay } from '#kernel/calendar/day.ts'
import type { Label } from '#kernel/document/label.ts'
import { nearestName } from '#kernel/document/nearest-name.ts'
import { allFunctions, functionsNamed } from '#kernel/formula/all-functions.ts'
import { checkedWindow, measureAlone } from '#kernel/formula/check-window.ts'
import { type FormulaFunction, isTypeProblem } from '#kernel/formula/formula-function.ts'
import {
  decimals,
  type FormulaProblem,
  type FormulaType,
  type FormulaValue,
  isText,
  largest,
  type Span,
} from '#kernel/formula/formula-type.ts'
import { type Node, parseFormula } from '#kernel/formula/parse-formula.ts'
import { namedBy } from '#kernel/formula/same-name.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** A quantity that formulas may speak of: an id that stays, and labels that may change. */
export type FormulaName = {
  readonly id: string
  readonly type: FormulaType
  readonly label: Label
}

/** What is known where a formula stands. */
export type FormulaScope = {
  readonly names: readonly FormulaName[]
  /** What can be added up over a window; nothing where it is left out. */
  readonly measures?: readonly FormulaName[]
  /** Of amounts that are written without one. */
  readonly currency: Currency
}

/** A formula whose names and units are known to be right: what all that works with formulas takes. */
export type Formula = { readonly at: Span; readonly type: FormulaType } & (
  | { readonly kind: 'written'; readonly value: NonNullable<FormulaValue> }
  | { readonly kind: 'name'; readonly id: string }
  | { readonly kind: 'call'; readonly of: FormulaFunction; readonly args: readonly Formula[] }
)

/**
 * Reads a formula and proves that it means something: each name is known, each unit fits. A name may
 * be the id of a quantity or its label in either language.
 */
export function checkFormula(text: string, scope: FormulaScope): Formula | FormulaProblem {
  const node = parseFormula(text)
  return 'message' in node ? node : checked(node, scope)
}

export function isFormula(found: Formula | FormulaProblem): found is Formula {
  return 'type' in found
}

function checked(node: Node, scope: FormulaScope): Formula | FormulaProblem {
  switch (node.kind) {
    case 'figure':
      return writtenFigure(node, scope)
    case 'text':
      return { kind: 'written', type: { kind: 'text' }, value: node.text, at: node.at }
    case 'name':
      return checkedName(node, scope)
    case 'call':
      return checkedCall(node, scope)
  }
}

function checkedName(
  { at, name }: Extract<Node, { kind: 'name' }>,
  { measures = [], names }: FormulaScope,
): Formula | FormulaProblem {
  const constant = constants.get(name.toUpperCase())
  if (constant !== undefined) {
    return { kind: 'written', type: { kind: 'yes-no' }, value: constant, at }
  }
  const found = namedBy(name, names)
  if (found) return { kind: 'name', type: found.type, id: found.id, at }
  const alone = measureAlone({ kind: 'name', at, name }, measures)
  if (alone) return alone
  if (functionsNamed(name).length > 0) {
    const message = {
      zh: `“${name}”是函数, 后面要写括号`,
      en: `"${name}" is a function: write brackets after it`,
    }
    return { at, message, instead: `${name}()` }
  }
  return unknown(
    name,
    at,
    names.flatMap(({ id, label }) => [label.zh, label.en, id]),
  )
}

const constants: ReadonlyMap<string, boolean> = new Map([
  ['是', true],
  ['YES', true],
  ['TRUE', true],
  ['否', false],
  ['NO', false],
  ['FALSE', false],
])

function checkedCall(
  call: Extract<Node, { kind: 'call' }>,
  scope: FormulaScope,
): Formula | FormulaProblem {
  const { args: written, at, name, nameAt } = call
  const window = checkedWindow(call, scope.measures ?? [])
  if (window) return window
  if (name === '日期' || name.toUpperCase() === 'DATE') return writtenDay(written, at)
  const candidates = functionsNamed(name)
  if (candidates.length === 0) {
    return unknown(
      name,
      nameAt,
      allFunctions.flatMap(({ zh, en }) => [...zh, ...en]),
    )
  }
  const args: Formula[] = []
  for (const node of written) {
    const arg = checked(node, scope)
    if (!isFormula(arg)) return arg
    args.push(arg)
  }
  const texts = misspeltChoice(args)
  if (texts) return texts
  const types = args.map(({ type }) => type)
  const values = args.map((arg) => (arg.kind === 'written' ? arg.value : null))
  let problem: FormulaProblem | undefined
  for (const of of candidates) {
    const type = of.type(types, values)
    if (!isTypeProblem(type)) return { kind: 'call', type, of, args, at }
    problem ??= { at: written[type.arg ?? -1]?.at ?? nameAt, message: type.message }
  }
  return problem ?? { at, message: { zh: '无法计算', en: 'This cannot be worked out' } }
}

/** A text beside a choice must be one of its choices. */
function misspeltChoice(args: readonly Formula[]): FormulaProblem | undefined {
  const choices = args.flatMap(({ type }) => (type.kind === 'choice' ? [type.choices] : []))[0]
  if (!choices) return undefined
  for (const arg of args) {
    if (arg.kind !== 'written' || !isText(arg.type)) continue
    const text = String(arg.value)
    if (!choices.includes(text)) return unknown(text, arg.at, choices, true)
  }
  return undefined
}

function unknown(
  name: string,
  at: Span,
  known: readonly string[],
  isQuoted = false,
): FormulaProblem {
  const nearest = nearestName(name, known)
  if (nearest === null) {
    return { at, message: { zh: `没有“${name}”`, en: `There is no "${name}"` } }
  }
  const message = {
    zh: `没有“${name}”, 是不是“${nearest}”?`,
    en: `There is no "${name}". Did you mean "${nearest}"?`,
  }
  return { at, message, instead: isQuoted ? `"${nearest}"` : nearest }
}

function writtenFigure(
  { at, digits, unit }: Extract<Node, { kind: 'figure' }>,
  { currency }: FormulaScope,
): Formula | FormulaProblem {
  const power = unit.startsWith('亿')
    ? 8
    : unit.startsWith('万')
      ? 4
      : unit === '%'
        ? -2
        : unit === '‰'
          ? -3
          : 0
  const value = scaled(digits, power)
  if (value === null) {
    const message = {
      zh: `数字太大, 或小数超过 ${decimals} 位`,
      en: `The figure is too large or has more than ${decimals} places`,
    }
    return { at, message }
  }
  return { kind: 'written', type: figureType(unit, currency), value, at }
}

function figureType(unit: string, currency: Currency): FormulaType {
  if (unit === '') return { kind: 'number' }
  if (unit === '%' || unit === '‰') return { kind: 'percent' }
  if (unit === '天' || unit === '日') return { kind: 'days' }
  return { kind: 'money', currency: /^[A-Z]{3}$/.test(unit) ? (unit as Currency) : currency }
}

/** Digits times a power of ten, in units of `10^-decimals`; null where that is not exact. */
function scaled(digits: string, power: number): bigint | null {
  const [whole = '', fraction = ''] = digits.split('.')
  const places = decimals + power
  const cut = fraction.replace(/0+$/, '')
  if (cut.length > places || whole.length > 26) return null
  const value = BigInt(`${whole}${cut.padEnd(places, '0')}`)
  return value < largest ? value : null
}

function writtenDay(args: readonly Node[], at: Span): Formula | FormulaProblem {
  const [arg] = args
  const day: Day | null = args.length === 1 && arg?.kind === 'text' ? parseDay(arg.text) : null
  if (day) return { kind: 'written', type: { kind: 'day' }, value: day, at }
  const message = {
    zh: '日期要写成 日期("2026-11-23")',
    en: 'A day is written as DATE("2026-11-23")',
  }
  return { at, message }
}
