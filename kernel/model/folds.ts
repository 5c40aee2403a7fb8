import type { TrainingTable } from '#kernel/model/table.ts'
import { openStream, unit } from '#kernel/random/random.ts'

/**
 * The fold of each row, 0 to `count` − 1: groups are shuffled by the seed and dealt out, those with
 * a bad case and those without apart, so that each fold has its share of both and no customer is in
 * two folds.
 */
export function foldsOf(table: TrainingTable, count: number, seed: string): Int32Array {
  const isBad = new Map<number, boolean>()
  for (const [row, group] of table.group.entries()) {
    isBad.set(group, isBad.get(group) === true || table.bad[row] === 1)
  }
  const stream = openStream('folds', seed)
  const foldOf = new Map<number, number>()
  for (const kind of [true, false]) {
    const groups = [...isBad.keys()].filter((group) => isBad.get(group) === kind)
    for (let last = groups.length - 1; last > 0; last -= 1) {
      const other = Math.floor(unit(stream) * (last + 1))
      const moved = groups[last] as number
      groups[last] = groups[other] as number
      groups[other] = moved
    }
    for (const [place, group] of groups.entries()) foldOf.set(group, place % count)
  }
  return table.group.map((group) => foldOf.get(group) ?? 0)
}

/** Rows of a fold and all others. */
export function splitBy(
  folds: Int32Array,
  fold: number,
): { within: Int32Array; without: Int32Array } {
  const rows = Int32Array.from(folds.keys())
  return {
    within: rows.filter((row) => folds[row] === fold),
    without: rows.filter((row) => folds[row] !== fold),
  }
}
