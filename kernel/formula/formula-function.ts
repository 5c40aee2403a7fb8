import type { Label } from '#kernel/document/label.ts'
import type { FormulaType, FormulaValue } from '#kernel/formula/formula-type.ts'

/** What is wrong with an argument (by its place), or with the call as a whole (null). */
export type TypeProblem = { readonly arg: number | null; readonly message: Label }

/** A function or operator: what it is called, what it takes and gives, and its two doings. */
export type FormulaFunction = {
  readonly id: string
  /** Names that may be written, the usual one first; both languages mean the same function. */
  readonly zh: readonly string[]
  readonly en: readonly string[]
  /** For the list of functions; operators have none. */
  readonly meaning?: Label
  readonly example?: Label
  /** The second are the values of arguments that are written out, null for others. */
  readonly type: (
    args: readonly FormulaType[],
    written: readonly FormulaValue[],
  ) => FormulaType | TypeProblem
  /** Called with no missing value where `isStrict`; such a call is missing itself. */
  readonly isStrict: boolean
  readonly evaluate: (args: readonly FormulaValue[]) => FormulaValue
  /** The same over SQL expressions, each of which it may write once only: they grow otherwise. */
  readonly sql: (args: readonly string[]) => string
}

export const isTypeProblem = (found: FormulaType | TypeProblem): found is TypeProblem =>
  'message' in found

export function wrongArgument(arg: number | null, zh: string, en: string): TypeProblem {
  return { arg, message: { zh, en } }
}

/** Refuses another number of arguments. */
export function countProblem(
  args: readonly FormulaType[],
  least: number,
  most: number,
): TypeProblem | undefined {
  if (args.length >= least && args.length <= most) return undefined
  const range = least === most ? `${least}` : most === Infinity ? `${least}+` : `${least}–${most}`
  return wrongArgument(
    null,
    `需要 ${range} 个参数, 这里有 ${args.length} 个`,
    `${range} arguments are needed, there are ${args.length}`,
  )
}
