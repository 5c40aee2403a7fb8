import type { Label } from '#kernel/document/label.ts'

/** What can be wrong with a document that a business person wrote. */
type ProblemKind =
  | 'wrong-type'
  | 'missing-key'
  | 'unknown-key'
  | 'not-a-decimal'
  | 'too-precise'
  | 'wrong-unit'
  | 'unknown-reference'
  | 'duplicate-id'
  | 'incomplete'
  | 'inconsistent'
  | 'unordered'
  | 'gap'
  | 'overlap'
  | 'out-of-range'
  | 'not-monotone'

/** One thing that keeps a document from being used: where, what, and what would mend it. */
export type DocumentProblem = {
  readonly kind: ProblemKind
  /** Keys from the root: `characteristics[3].bins[0].upTo`; empty for the whole document. */
  readonly path: string
  readonly message: Label
  readonly remedy: Label
}

/** A problem from `[Chinese, English]` pairs of what is wrong and what to do. */
export function problem(
  kind: ProblemKind,
  path: string,
  message: readonly [string, string],
  remedy: readonly [string, string],
): DocumentProblem {
  return {
    kind,
    path,
    message: { zh: message[0], en: message[1] },
    remedy: { zh: remedy[0], en: remedy[1] },
  }
}

/** A name that refers to nothing, with the nearest known name as remedy. */
export function unknownReference(
  path: string,
  what: readonly [string, string],
  name: string,
  known: readonly string[],
): DocumentProblem {
  return problem(
    'unknown-reference',
    path,
    [`没有${what[0]} "${name}"`, `There is no ${what[1]} "${name}"`],
    suggestion(name, known),
  )
}

/** "Did you mean …" where a known name is near, else the known names. */
export function suggestion(name: string, known: readonly string[]): [string, string] {
  const nearest = nearestOf(name, known)
  if (nearest !== null) return [`是否想写 "${nearest}"?`, `Did you mean "${nearest}"?`]
  const shown = known.slice(0, 12).join(', ')
  const more = known.length > 12 ? ', …' : ''
  return [`可用: ${shown}${more}`, `Known: ${shown}${more}`]
}

function nearestOf(name: string, known: readonly string[]): string | null {
  let best: string | null = null
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(name.slice(0, 64).toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein distance by rows. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
