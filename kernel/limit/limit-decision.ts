import type { Day } from '#kernel/calendar/day.ts'
import type { IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { FormulaResult } from '#kernel/limit/formula-result.ts'
import type { GradeTerms } from '#kernel/limit/limit-policy.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

export type LimitFacts = {
  readonly grade: string
  /** Money indicators are in the account's currency. */
  readonly indicators: IndicatorValues
  /** The limit in force or the last one; null for none. */
  readonly current: CurrentLimit | null
  readonly asOf: Day
  readonly accountCurrency: Currency
  /** The amount in another currency at the rate of the day; null where there is no rate. */
  readonly convert: (amount: Money, to: Currency) => Money | null
}

/** `grantedOn` is the day since when the amount is what it is. */
export type CurrentLimit = { readonly amount: Money; readonly grantedOn: Day }

export type LimitDecision =
  | DecidedLimit
  | { readonly kind: 'rate-missing'; readonly from: Currency; readonly to: Currency }
  | { readonly kind: 'unknown-grade'; readonly grade: string }

/** A limit in the account's currency, with the way to it. */
export type DecidedLimit = {
  readonly kind: 'decided'
  readonly policy: string
  readonly asOf: Day
  readonly grade: string
  readonly amount: Money
  readonly current: CurrentLimit | null
  readonly change: 'new' | 'raised' | 'lowered' | 'unchanged'
  /** `no-figures`: no formula could be computed, so the amount of a new customer holds. */
  readonly basis: 'formulas' | 'new-customer' | 'no-figures'
  readonly formulas: readonly FormulaResult[]
  /** Id of the formula that gave the amount; null for new customers. */
  readonly binding: string | null
  readonly adjustments: readonly LimitAdjustment[]
  readonly terms: GradeTerms
  readonly validTo: Day
  readonly reviewOn: Day
}

/** What changed the amount after the formulas, in this order. */
export type LimitAdjustment = {
  readonly kind: 'floor' | 'cap' | 'rounded' | 'kept' | 'raise-too-soon' | 'raise-limited'
  readonly from: Money
  readonly to: Money
}
