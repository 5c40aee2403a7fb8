import { bounded, product, quotient } from '#kernel/formula/figure-math.ts'
import { boundedSql, productSql, quotientSql } from '#kernel/formula/figure-sql.ts'
import {
  type FormulaFunction,
  type TypeProblem,
  wrongArgument,
} from '#kernel/formula/formula-function.ts'
import { type FormulaType, isFigure, sameType, typeName } from '#kernel/formula/formula-type.ts'

const number: FormulaType = { kind: 'number' }

/** The unit of a sum, a difference, a comparison: the same, or a plain number beside any figure. */
export function commonType(a: FormulaType, b: FormulaType): FormulaType | undefined {
  if (sameType(a, b)) return a
  if (a.kind === 'number' && (b.kind === 'days' || b.kind === 'money')) return b
  if (b.kind === 'number' && (a.kind === 'days' || a.kind === 'money')) return a
  return undefined
}

export function unlike(a: FormulaType, b: FormulaType): TypeProblem {
  const [left, right] = [typeName(a), typeName(b)]
  const isPercent = a.kind === 'percent' || b.kind === 'percent'
  return wrongArgument(
    1,
    `单位不同: 一边是${left.zh}, 另一边是${right.zh}${isPercent ? '; 百分比要写 %' : ''}`,
    `The units differ: ${left.en} here, ${right.en} there` +
      (isPercent ? '; a percentage is written with %' : ''),
  )
}

export const arithmetic: readonly FormulaFunction[] = [
  operator('add', '+', {
    type: ([a = number, b = number]) => sumType(a, b),
    evaluate: ([a, b]) => bounded((a as bigint) + (b as bigint)),
    sql: ([a = '', b = '']) => boundedSql(`${a} + ${b}`),
  }),
  operator('subtract', '-', {
    type: ([a = number, b = number]) => sumType(a, b),
    evaluate: ([a, b]) => bounded((a as bigint) - (b as bigint)),
    sql: ([a = '', b = '']) => boundedSql(`${a} - ${b}`),
  }),
  operator('multiply', '*', {
    type: ([a = number, b = number]) => productType(a, b) ?? unlike(a, b),
    evaluate: ([a, b]) => product(a as bigint, b as bigint),
    sql: ([a = '', b = '']) => productSql(a, b),
  }),
  operator('divide', '/', {
    type: ([a = number, b = number]) => quotientType(a, b) ?? unlike(a, b),
    evaluate: ([a, b]) => quotient(a as bigint, b as bigint),
    sql: ([a = '', b = '']) => quotientSql(a, b),
  }),
  operator('negate', '负', {
    type: ([a = number]) => (isFigure(a) ? a : noFigure(a, 0)),
    evaluate: ([a]) => -(a as bigint),
    sql: ([a = '']) => `(- ${a})`,
  }),
]

function operator(
  id: string,
  sign: string,
  of: Pick<FormulaFunction, 'type' | 'evaluate' | 'sql'>,
): FormulaFunction {
  return { id, zh: [sign], en: [], isStrict: true, ...of }
}

export function noFigure(type: FormulaType, place: number): TypeProblem {
  const { zh, en } = typeName(type)
  return wrongArgument(
    place,
    `这里要数字、金额、天数或百分比, 不是${zh}`,
    `A figure is needed, not ${en}`,
  )
}

function sumType(a: FormulaType, b: FormulaType): FormulaType | TypeProblem {
  if (!isFigure(a)) return noFigure(a, 0)
  if (!isFigure(b)) return noFigure(b, 1)
  return commonType(a, b) ?? unlike(a, b)
}

/**
 * A share of anything is of its unit, and a multiple too; of a number and a percentage the first one
 * tells which it is. Days times an amount a day are an amount.
 */
function productType(a: FormulaType, b: FormulaType): FormulaType | TypeProblem | undefined {
  if (!isFigure(a)) return noFigure(a, 0)
  if (!isFigure(b)) return noFigure(b, 1)
  if (b.kind === 'number') return a
  if (a.kind === 'number') return b.kind === 'percent' ? a : b
  if (a.kind === 'percent') return b
  if (b.kind === 'percent') return a
  if (a.kind === 'days' && b.kind === 'money') return b
  return a.kind === 'money' && b.kind === 'days' ? a : undefined
}

function quotientType(a: FormulaType, b: FormulaType): FormulaType | TypeProblem | undefined {
  if (!isFigure(a)) return noFigure(a, 0)
  if (!isFigure(b)) return noFigure(b, 1)
  if (sameType(a, b)) return number
  if (b.kind === 'number' || b.kind === 'percent') return a
  return a.kind === 'money' && b.kind === 'days' ? a : undefined
}
