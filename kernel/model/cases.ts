import type { Indicator, IndicatorValue, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { Column, TrainingTable } from '#kernel/model/table.ts'

/** A customer at the end of a past month: what was known of it then, and what followed. */
export type Case = {
  readonly partyId: string
  readonly asOf: string
  readonly values: IndicatorValues
  readonly bad: boolean
}

/**
 * Cases as a table for models, with a column for each indicator that tells them apart. All cases of
 * a party are one group, as they share most of what they say.
 */
export function tableOfCases(
  cases: readonly Case[],
  indicators: readonly Indicator[],
): TrainingTable {
  const groups = new Map<string, number>()
  for (const { partyId } of cases) if (!groups.has(partyId)) groups.set(partyId, groups.size)
  return {
    columns: indicators.flatMap((indicator) => {
      const values = cases.map((each) => each.values[indicator.id] ?? null)
      return new Set(values).size < 2 ? [] : [columnOf(indicator, values)]
    }),
    bad: Uint8Array.from(cases, (each) => (each.bad ? 1 : 0)),
    group: Int32Array.from(cases, ({ partyId }) => groups.get(partyId) ?? 0),
  }
}

function columnOf({ id, unit }: Indicator, values: readonly IndicatorValue[]): Column {
  if (unit !== 'text' && unit !== 'yes-no') {
    const numbers = values.map((value) => (value === null ? Number.NaN : Number(value)))
    return { kind: 'number', id, values: Float64Array.from(numbers) }
  }
  const word = (value: IndicatorValue) =>
    unit === 'text' || value === null ? value : value === 0n ? 'no' : 'yes'
  const words = values.map(word)
  const seen = new Set(words.filter((each) => typeof each === 'string'))
  const levels = unit === 'text' ? [...seen].sort() : ['no', 'yes']
  const codes = Int32Array.from(words, (each) => levels.indexOf(String(each)))
  return { kind: 'category', id, codes, levels }
}
