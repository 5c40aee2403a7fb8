import type { Label } from '#kernel/document/label.ts'
import {
  byKind,
  decimalText,
  keyed,
  label,
  list,
  object,
  oneOf,
  type Reader,
  text,
  wholeNumber,
} from '#kernel/document/read-document.ts'
import { type Variant, variantsReader } from '#kernel/document/variants.ts'

/**
 * A limit policy (额度政策) as a business person writes it. Amounts are decimal texts in the
 * policy's currency, shares carry their percent sign. Every table by grade names every grade of the
 * scale and never gives a worse grade more than a better one.
 */
export type LimitPolicy = {
  readonly id: string
  readonly label: Label
  readonly scale: string
  readonly currency: string
  readonly formulas: readonly LimitFormula[]
  /** How the formulas that could be computed become one amount; an even median is the lower one. */
  readonly combine: 'minimum' | 'median' | 'maximum'
  readonly newCustomer: NewCustomer
  readonly floors?: ByGrade
  readonly caps: ByGrade
  /** Limits are multiples of this, rounded down: `1000`. */
  readonly roundTo: string
  /** A change smaller than both keeps the current limit. */
  readonly keepWithin?: { readonly share: string; readonly amount: string }
  /** A raise goes no further than this share of the current limit, once in so many months. */
  readonly raise?: { readonly share: string; readonly everyMonths: number }
  readonly terms: Readonly<Record<string, GradeTerms>>
  readonly validityMonths: Readonly<Record<string, number>>
  readonly reviewMonths: Readonly<Record<string, number>>
  /** Policies of their own for some customers; the first that fits holds. */
  readonly variants?: readonly Variant<LimitParts>[]
}

/** What a variant of a limit policy may name anew. */
type LimitParts = Required<Omit<LimitPolicy, 'id' | 'label' | 'scale' | 'currency' | 'variants'>>

export type ByGrade = Readonly<Record<string, string>>

/** Payment terms as their code (`net-30`, `prepaid`) and the days of credit they stand for. */
export type GradeTerms = { readonly code: string; readonly days: number }

/**
 * A party is new while its months of relationship are unknown or fewer than `untilMonths`, and in
 * its first year also while it has fewer invoices than `untilInvoices`. It gets its own amounts and
 * terms, for a probation of some months. A party of which no formula can be computed is treated
 * alike.
 */
type NewCustomer = {
  /** Indicator ids. */
  readonly relationshipMonths: string
  readonly invoiceCount: string
  readonly untilMonths: number
  readonly untilInvoices: number
  readonly amounts: ByGrade
  readonly terms: Readonly<Record<string, GradeTerms>>
  readonly probationMonths: number
}

/** The formulas of the trade; each names the indicators that it reads. */
export type LimitFormula = { readonly id: string; readonly label: Label } & (
  | {
      /** Equity × share of the grade; 0 where equity is negative. */
      readonly kind: 'share-of-net-worth'
      readonly indicator: string
      readonly shares: ByGrade
    }
  | {
      /** Monthly sales × (term days + expected delay) / 30 × season factor. */
      readonly kind: 'need'
      readonly monthlySales: string
      /** An indicator in days; unknown or early counts as 0. */
      readonly expectedDelay?: string
      readonly seasonFactor: string
    }
  | {
      /** The highest balance of the past × factor. */
      readonly kind: 'peak-exposure'
      readonly indicator: string
      readonly factor: string
    }
  | {
      readonly kind: 'share-of-annual-sales'
      readonly indicator: string
      readonly shares: ByGrade
    }
  | { readonly kind: 'fixed'; readonly amounts: ByGrade }
  | {
      /** Loss budget / (probability of default of the grade × loss given default). */
      readonly kind: 'expected-loss'
      readonly budget: string
      readonly lossGivenDefault: string
    }
)

const amounts = keyed(decimalText)
const terms = keyed(object({ code: text, days: wholeNumber }))
const named = { id: text, label }

const formula: Reader<LimitFormula> = byKind<LimitFormula>({
  'share-of-net-worth': object({
    ...named,
    kind: oneOf('share-of-net-worth'),
    indicator: text,
    shares: amounts,
  }),
  need: object(
    { ...named, kind: oneOf('need'), monthlySales: text, seasonFactor: decimalText },
    { expectedDelay: text },
  ),
  'peak-exposure': object({
    ...named,
    kind: oneOf('peak-exposure'),
    indicator: text,
    factor: decimalText,
  }),
  'share-of-annual-sales': object({
    ...named,
    kind: oneOf('share-of-annual-sales'),
    indicator: text,
    shares: amounts,
  }),
  fixed: object({ ...named, kind: oneOf('fixed'), amounts }),
  'expected-loss': object({
    ...named,
    kind: oneOf('expected-loss'),
    budget: decimalText,
    lossGivenDefault: decimalText,
  }),
})

const parts = {
  formulas: list(formula),
  combine: oneOf('minimum', 'median', 'maximum'),
  newCustomer: object({
    relationshipMonths: text,
    invoiceCount: text,
    untilMonths: wholeNumber,
    untilInvoices: wholeNumber,
    amounts,
    terms,
    probationMonths: wholeNumber,
  }),
  caps: amounts,
  roundTo: decimalText,
  terms,
  validityMonths: keyed(wholeNumber),
  reviewMonths: keyed(wholeNumber),
}
const optionalParts = {
  floors: amounts,
  keepWithin: object({ share: decimalText, amount: decimalText }),
  raise: object({ share: decimalText, everyMonths: wholeNumber }),
}

/** Reads the shape of a limit policy; what it says is checked by `prepareLimitPolicy`. */
export const limitPolicyReader: Reader<LimitPolicy> = object(
  { id: text, label, scale: text, currency: text, ...parts },
  { ...optionalParts, variants: variantsReader<LimitParts>({ ...parts, ...optionalParts }) },
)
