import { arithmetic } from '#kernel/formula/arithmetic-functions.ts'
import { dayFunctions } from '#kernel/formula/day-functions.ts'
import { figureFunctions } from '#kernel/formula/figure-functions.ts'
import type { FormulaFunction } from '#kernel/formula/formula-function.ts'
import { logic } from '#kernel/formula/logic-functions.ts'
import { textFunctions } from '#kernel/formula/text-functions.ts'

/** Every function and operator; those of one name differ in what they take, the usual one first. */
export const allFunctions: readonly FormulaFunction[] = [
  ...arithmetic,
  ...logic,
  ...figureFunctions,
  ...dayFunctions,
  ...textFunctions,
]

const byName = Map.groupBy(
  allFunctions.flatMap((of) =>
    [...of.zh, ...of.en].map((name) => ({ name: name.toUpperCase(), of })),
  ),
  ({ name }) => name,
)

/** Those of a name, in any letters. */
export function functionsNamed(name: string): readonly FormulaFunction[] {
  return (byName.get(name.toUpperCase()) ?? []).map(({ of }) => of)
}
