import type { Label } from '#kernel/document/label.ts'
import {
  label,
  list,
  object,
  oneOf,
  type Reader,
  text,
  wholeNumber,
} from '#kernel/document/read-document.ts'
import type { IndicatorUnit } from '#kernel/indicator/indicator.ts'

/**
 * Indicators that a business person defined (指标公式), as formulas over those that the program
 * computes and over each other, in any order.
 */
export type IndicatorFormulas = {
  readonly id: string
  readonly label: Label
  /** Of amounts written without one; a party's amounts are turned into it at the day's rate. */
  readonly currency: string
  readonly definitions: readonly IndicatorFormula[]
}

export type IndicatorFormula = {
  /** Stays when the label changes: `stretched_days`. */
  readonly id: string
  readonly label: Label
  readonly meaning: Label
  readonly unit: IndicatorUnit
  /** Places that people see, 2 where left out; amounts have those of their currency. */
  readonly decimals?: number
  /** Names by id or by label as typed; kept with ids. */
  readonly formula: string
}

const units: Reader<IndicatorUnit> = oneOf(
  ...(['days', 'months', 'percent', 'ratio', 'count', 'money', 'yes-no', 'text'] as const),
)

/** Reads the shape; what the formulas say is checked by `prepareIndicatorFormulas`. */
export const indicatorFormulasReader: Reader<IndicatorFormulas> = object({
  id: text,
  label,
  currency: text,
  definitions: list(
    object(
      { id: text, label, meaning: label, unit: units, formula: text },
      { decimals: wholeNumber },
    ),
  ),
})
