import { allIndicators } from '#kernel/indicator/all-indicators.ts'
import type { Indicator } from '#kernel/indicator/indicator.ts'
import type { DefinedIndicators } from '#kernel/indicator/prepare-indicator-formulas.ts'

/** All that a policy may name: built-in indicators, then those that formulas define. */
export function knownIndicators(defined: DefinedIndicators | null): readonly Indicator[] {
  return [...allIndicators, ...(defined?.inOrder.map(({ indicator }) => indicator) ?? [])]
}
