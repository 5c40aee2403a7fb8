import type { Formula } from '#kernel/formula/check-formula.ts'
import type { FormulaValue, FormulaValues } from '#kernel/formula/formula-type.ts'

export type CompiledFormula = (values: FormulaValues) => FormulaValue

/**
 * A formula as a function of the values of its names. It never fails: what cannot be worked out, such
 * as a division by zero, is missing, and so is what is made of something missing.
 */
export function compileFormula(formula: Formula): CompiledFormula {
  switch (formula.kind) {
    case 'written': {
      const { value } = formula
      return () => value
    }
    case 'name': {
      const { id } = formula
      return (values) => values[id] ?? null
    }
    case 'call':
      return compiledCall(formula.of, formula.args.map(compileFormula))
  }
}

function compiledCall(
  { evaluate, isStrict }: Extract<Formula, { kind: 'call' }>['of'],
  args: readonly CompiledFormula[],
): CompiledFormula {
  const [first, second] = args
  if (isStrict && args.length === 2 && first && second) {
    return (values) => {
      const a = first(values)
      if (a === null) return null
      const b = second(values)
      return b === null ? null : evaluate([a, b])
    }
  }
  return (values) => {
    const given = args.map((arg) => arg(values))
    return isStrict && given.includes(null) ? null : evaluate(given)
  }
}
