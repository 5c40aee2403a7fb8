/** Throws when something that must hold does not: a bug of ours, never an outcome of the user's. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(`Broken invariant: ${sentence}`)
}
