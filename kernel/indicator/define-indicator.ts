import type { Indicator, IndicatorUnit } from '#kernel/indicator/indicator.ts'

/** A line of a registry: words are given as Chinese, then English. */
export function indicatorFrom(source: Indicator['source']) {
  return (
    id: string,
    measure: readonly [IndicatorUnit, number],
    label: readonly [string, string],
    meaning: readonly [string, string],
  ): Indicator => ({
    id,
    unit: measure[0],
    decimals: measure[1],
    source,
    label: { zh: label[0], en: label[1] },
    meaning: { zh: meaning[0], en: meaning[1] },
  })
}

export const wholeDays = ['days', 0] as const
export const days2 = ['days', 2] as const
export const wholeMonths = ['months', 0] as const
export const percent4 = ['percent', 4] as const
export const ratio4 = ['ratio', 4] as const
export const wholeCount = ['count', 0] as const
/** The exponent of most currencies; amounts are in minor units of the account currency. */
export const amount2 = ['money', 2] as const
