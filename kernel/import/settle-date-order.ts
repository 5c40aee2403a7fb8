import type { DateColumn } from '#kernel/import/date-column.ts'
import type { DateShape } from '#kernel/import/date-shape.ts'

export type DateColumnOf = { readonly field: string; readonly column: DateColumn }

/** What is known of a column once the whole file has been looked at. */
type SettledDate =
  | { readonly kind: 'shape'; readonly field: string; readonly shape: DateShape }
  /** Ambiguous by itself; another column in the same notation tells the order. */
  | {
      readonly kind: 'taken-from'
      readonly field: string
      readonly shape: DateShape
      readonly evidence: string
    }
  | {
      readonly kind: 'ask'
      readonly field: string
      readonly column: Exclude<DateColumn, { kind: 'shape' } | { kind: 'empty' }>
    }

/**
 * Settles the columns of one file together: a column that could be read either way takes the order
 * of a column that cannot, if both are written alike and no two such columns disagree. Everything
 * else that is open is asked about. An empty column needs no shape and gets `year-first`.
 */
export function settleDateOrder(columns: readonly DateColumnOf[]): SettledDate[] {
  return columns.map(({ field, column }): SettledDate => {
    if (column.kind === 'shape') return { kind: 'shape', field, shape: column.shape }
    if (column.kind === 'empty') return { kind: 'shape', field, shape: 'year-first' }
    if (column.kind !== 'ambiguous') return { kind: 'ask', field, column }
    const possible = new Set(column.readings.map((reading) => reading.shape))
    const evidence = columns.flatMap((other) =>
      other.column.kind === 'shape' && other.column.notation === column.notation
        ? [{ field: other.field, shape: other.column.shape }]
        : [],
    )
    const [first, ...rest] = evidence
    const agreed = first && rest.every((other) => other.shape === first.shape)
    if (!agreed || !possible.has(first.shape)) return { kind: 'ask', field, column }
    return { kind: 'taken-from', field, shape: first.shape, evidence: first.field }
  })
}
