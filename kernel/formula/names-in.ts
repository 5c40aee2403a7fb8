import type { Formula } from '#kernel/formula/check-formula.ts'

/** The ids of the names that a formula reads, each once, in the order in which they stand. */
export function namesIn(formula: Formula): readonly string[] {
  const found = new Set<string>()
  const walk = (part: Formula): void => {
    if (part.kind === 'name') found.add(part.id)
    else if (part.kind === 'call') part.args.forEach(walk)
  }
  walk(formula)
  return [...found]
}
