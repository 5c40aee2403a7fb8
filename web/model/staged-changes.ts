import type { ModelResult, NewModel, ShownModel } from '#contract/model.ts'
import { evidenceOf } from '#kernel/model/evidence.ts'

type Characteristic = ModelResult['characteristics'][number]
export type Part = Characteristic['parts'][number]

/** What a person changes on a model card before it is trained again. */
export type Staged = {
  readonly merges: NonNullable<NewModel['merges']>
  readonly without: readonly string[]
}

export const nothingStaged: Staged = { merges: [], without: [] }

/** The bins of a characteristic as they will be; weights and points are known after training only. */
export function stagedParts({ id, parts }: Characteristic, { merges }: Staged): readonly Part[] {
  return merges.reduce<readonly Part[]>(
    (now, merge) => (merge.id === id ? mergedAt(now, merge.bin) : now),
    parts,
  )
}

/** Whether a bin of values has a next one that it can be merged with. */
export function canMerge(parts: readonly Part[], at: number): boolean {
  return parts[at] !== undefined && parts[at + 1] !== undefined && parts[at + 1]?.kind !== 'missing'
}

function mergedAt(parts: readonly Part[], at: number): readonly Part[] {
  const [one, next] = [parts[at], parts[at + 1]]
  if (!one || !next || !canMerge(parts, at)) return parts
  const [good, bad] = [one.good + next.good, one.bad + next.bad]
  const levels = [...one.levels, ...next.levels]
  const woe = evidenceOf({ good, bad }, allOf(parts)).woe
  const part = { ...one, upTo: next.upTo, levels, good, bad, woe, points: null }
  return parts.toSpliced(at, 2, part)
}

/** The information value that bins keep. */
export function informationOf(parts: readonly Part[]): number {
  const all = allOf(parts)
  return parts.reduce((sum, part) => sum + evidenceOf(part, all).iv, 0)
}

function allOf(parts: readonly Part[]): { good: number; bad: number } {
  const sum = (of: 'good' | 'bad') => parts.reduce((total, part) => total + part[of], 0)
  return { good: sum('good'), bad: sum('bad') }
}

/** What is asked of the next training. */
export function askedWith({ asked }: ShownModel, staged: Staged): NewModel {
  const without = [...new Set([...(asked.without ?? []), ...staged.without])]
  const merges = [...(asked.merges ?? []), ...staged.merges].filter(
    ({ id }) => !without.includes(id),
  )
  return { ...asked, without, merges }
}
