import type { Label } from '#kernel/document/label.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { Range } from '#kernel/scoring/bounds.ts'

/** A floor, a requirement or a knock-out with its bounds parsed. */
export type PreparedRule = {
  readonly conditions: readonly PreparedCondition[]
  /** Position of the rule's grade, 0 is the best. */
  readonly grade: number
  readonly reason: Label
}

export type PreparedCondition = {
  readonly indicator: Indicator
  readonly range: Range
  /** The text looked for; null where the range decides. */
  readonly is: string | null
}
