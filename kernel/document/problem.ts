import type { Label } from '#kernel/document/label.ts'
import type { MadeUpCustomer } from '#kernel/document/made-up-customer.ts'
import { nearestName } from '#kernel/document/nearest-name.ts'

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
  | 'unreachable'
  | 'out-of-range'
  | 'not-monotone'
  | 'wrong-formula'
  | 'cycle'

/** One thing that keeps a document from being used: where, what, and what would mend it. */
export type DocumentProblem = {
  readonly kind: ProblemKind
  /** Keys from the root: `characteristics[3].bins[0].upTo`; empty for the whole document. */
  readonly path: string
  readonly message: Label
  readonly remedy: Label
  /** Of a formula: from which character up to before which, and what to write in that place. */
  readonly at?: readonly [start: number, end: number]
  readonly instead?: string
  /** Customers made up to show it. */
  readonly shownBy?: readonly MadeUpCustomer[]
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

/** The problem with the customers that show it. */
export function shownBy(
  found: DocumentProblem,
  ...customers: readonly MadeUpCustomer[]
): DocumentProblem {
  return { ...found, shownBy: customers }
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

/** The currency of a document is none. */
export function unknownCurrency(code: string): DocumentProblem {
  return problem(
    'unknown-reference',
    'currency',
    [`没有币种 "${code}"`, `There is no currency "${code}"`],
    ['写 ISO 4217 代码, 例如 CNY', 'Write an ISO 4217 code such as CNY'],
  )
}

/** "Did you mean …" where a known name is near, else the known names. */
export function suggestion(name: string, known: readonly string[]): [string, string] {
  const nearest = nearestName(name, known)
  if (nearest !== null) return [`是否想写 "${nearest}"?`, `Did you mean "${nearest}"?`]
  const shown = known.slice(0, 12).join(', ')
  const more = known.length > 12 ? ', …' : ''
  return [`可用: ${shown}${more}`, `Known: ${shown}${more}`]
}
