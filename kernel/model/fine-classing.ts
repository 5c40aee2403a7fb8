import type { Column } from '#kernel/model/table.ts'

/**
 * Pre-bins of a column, before any is merged. Of numbers: pre-bin i holds values up to and with
 * `cuts[i]`, the last is open. Of categories: positions of levels, in any order.
 */
export type FineClassing =
  | { readonly kind: 'number'; readonly cuts: readonly number[] }
  | { readonly kind: 'category'; readonly levels: readonly number[] }

/**
 * Cuts a column into at most about `most` pre-bins of equal numbers of cases. A value that alone
 * has as many cases as a pre-bin stays alone, so that "0" is never mixed with "a little". Special
 * values and missing ones belong to no pre-bin.
 */
export function fineClassing(column: Column, most: number): FineClassing {
  if (column.kind === 'category') {
    const seen = new Set<number>()
    for (const code of column.codes) if (code >= 0) seen.add(code)
    return { kind: 'category', levels: [...seen].sort((a, b) => a - b) }
  }
  const special = new Set(column.special ?? [])
  const known = column.values.filter((value) => !Number.isNaN(value) && !special.has(value)).sort()
  const target = Math.max(1, known.length / most)
  const cuts: number[] = []
  let inBin = 0
  for (let start = 0; start < known.length; ) {
    const value = known[start] ?? 0
    let end = start + 1
    while (end < known.length && known[end] === value) end += 1
    const cases = end - start
    const before = known[start - 1]
    if (cases >= target && inBin > 0 && before !== undefined) {
      cuts.push(before)
      inBin = 0
    }
    inBin += cases
    if (inBin >= target) {
      cuts.push(value)
      inBin = 0
    }
    start = end
  }
  const last = known.at(-1)
  if (cuts.at(-1) === last) cuts.pop()
  return { kind: 'number', cuts }
}
