import type { Label } from '#kernel/document/label.ts'
import type { LimitFormula } from '#kernel/limit/limit-policy.ts'
import type { Money } from '#kernel/money/money.ts'

/** What one formula came to; `unknown` names the indicators that were missing. */
export type FormulaResult = {
  readonly formula: LimitFormula
  /** Names and decimals in the order of the formula, as they were used; told when they are asked for. */
  readonly inputs: readonly FormulaInput[]
  readonly outcome:
    | { readonly kind: 'computed'; readonly amount: Money }
    | { readonly kind: 'unknown'; readonly indicators: readonly string[] }
}

/** `name` is an indicator's id or a parameter; `value` is for records, `shown` for reading. */
export type FormulaInput = {
  readonly name: string
  readonly value: string | null
  readonly label: Label
  readonly shown: Label
}

/** Most decisions of a run are never explained: what they were made from is written out on demand. */
export class ToldFormula implements FormulaResult {
  readonly formula: LimitFormula
  readonly outcome: FormulaResult['outcome']
  readonly #inputs: () => readonly FormulaInput[]

  constructor(
    formula: LimitFormula,
    inputs: () => readonly FormulaInput[],
    outcome: FormulaResult['outcome'],
  ) {
    this.formula = formula
    this.outcome = outcome
    this.#inputs = inputs
  }

  get inputs(): readonly FormulaInput[] {
    return this.#inputs()
  }
}
