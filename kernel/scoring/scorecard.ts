import type { Label } from '#kernel/document/label.ts'
import {
  decimalText,
  label,
  list,
  object,
  oneOf,
  type Reader,
  text,
  wordText,
} from '#kernel/document/read-document.ts'
import { type Variant, variantsReader } from '#kernel/document/variants.ts'

/**
 * A scorecard (评分卡) as a business person writes it. Bounds and points are decimal texts; bounds
 * are in the indicator's unit, percentages with their sign (`25%`), yes-no as `yes` and `no`.
 * The maximum of a characteristic is the most points it can give, and so is its weight: scores are
 * points given over points possible, scaled to 0–100.
 */
export type Scorecard = {
  readonly id: string
  readonly label: Label
  /** Id of the rating scale that turns scores into grades. */
  readonly scale: string
  readonly dimensions: readonly Dimension[]
  readonly characteristics: readonly Characteristic[]
  /** Grades that need more than a score: "AAA needs at least 36 months". Unknown does not meet. */
  readonly requirements?: readonly Requirement[]
  /** Conditions that lift a grade to at least this one. Unknown does not fire. */
  readonly floors?: readonly Floor[]
  /** Conditions that cap a grade, whatever the score: 失信被执行人 is D. Unknown does not fire. */
  readonly knockOuts?: readonly KnockOut[]
  /** Cards of their own for some customers; the first that fits holds. */
  readonly variants?: readonly Variant<ScorecardParts>[]
}

/** What a variant of a scorecard may name anew. */
type ScorecardParts = Pick<Scorecard, 'dimensions' | 'characteristics'> &
  Required<Pick<Scorecard, 'requirements' | 'floors' | 'knockOuts'>>

type Dimension = { readonly id: string; readonly label: Label }

/** One question of the card. Exactly one of `bins`, `curve` and `choices` is given. */
export type Characteristic = {
  readonly indicator: string
  /** The indicator's id where the card asks it only once. */
  readonly id?: string
  /** The indicator's own label where left out. */
  readonly label?: Label
  readonly dimension: string
  /** Declares the direction, which is then proved: a better party never gets fewer points. */
  readonly better?: 'lower' | 'higher'
  /** Points for a party of whom this is not known, or `neutral`: left out, others weigh more. */
  readonly missing: string
  readonly bins?: readonly Bin[]
  readonly curve?: readonly Knot[]
  readonly choices?: readonly Choice[]
}

/**
 * A range of values, from low to high. `from` and `upTo` belong to the bin, `above` and `below` do
 * not. A bound that is left out is where the neighbour ends; the outer two are open.
 */
export type Bin = Bounds & { readonly points: string; readonly label?: Label }

export type Bounds = {
  readonly from?: string
  readonly above?: string
  readonly upTo?: string
  readonly below?: string
}

/** A point of a curve: straight lines between, the end points hold beyond the ends. */
export type Knot = { readonly at: string; readonly points: string }

/** Points for a text (or `yes`, `no`); `otherwise` stands for any other text. */
export type Choice = { readonly is: string; readonly points: string; readonly label?: Label }

/** All of its bounds hold, or the text is the one named. */
export type Condition = Bounds & { readonly indicator: string; readonly is?: string }

type Requirement = {
  readonly grade: string
  readonly needs: readonly Condition[]
  readonly reason: Label
}

type Floor = {
  readonly when: readonly Condition[]
  readonly grade: string
  readonly reason: Label
}

type KnockOut = {
  readonly when: readonly Condition[]
  readonly cap: string
  readonly reason: Label
}

const bounds = { from: decimalText, above: decimalText, upTo: decimalText, below: decimalText }
const conditions = list(object({ indicator: text }, { ...bounds, is: wordText }))

const parts = {
  dimensions: list(object({ id: text, label })),
  characteristics: list(
    object(
      { indicator: text, dimension: text, missing: decimalText },
      {
        id: text,
        label,
        better: oneOf('lower', 'higher'),
        bins: list(object({ points: decimalText }, { ...bounds, label })),
        curve: list(object({ at: decimalText, points: decimalText })),
        choices: list(object({ is: wordText, points: decimalText }, { label })),
      },
    ),
  ),
}
const rules = {
  requirements: list(object({ grade: text, needs: conditions, reason: label })),
  floors: list(object({ when: conditions, grade: text, reason: label })),
  knockOuts: list(object({ when: conditions, cap: text, reason: label })),
}

/** Reads the shape of a scorecard; what its words refer to is checked by `prepareScorecard`. */
export const scorecardReader: Reader<Scorecard> = object(
  { id: text, label, scale: text, ...parts },
  { ...rules, variants: variantsReader<ScorecardParts>({ ...parts, ...rules }) },
)
