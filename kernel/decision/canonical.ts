import { invariant } from '#kernel/invariant.ts'

/** What a stored decision is made of: no numbers but safe integers, amounts as decimal strings. */
export type Canonical =
  | null
  | boolean
  | number
  | string
  | readonly Canonical[]
  | { readonly [key: string]: Canonical }

/**
 * The one spelling of a value: JSON without white space, keys in code unit order, after RFC 8785
 * (JSON Canonicalization Scheme) with numbers restricted to safe integers, so that the same value
 * gives the same bytes on every machine and in every year.
 */
export function canonicalText(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    invariant(Number.isSafeInteger(value), 'a number in a decision is a safe integer')
    return String(value)
  }
  if (typeof value === 'string') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`
  const keys = Object.keys(value).sort()
  const members = keys.map((key) => `${JSON.stringify(key)}:${canonicalText(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}

function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value)
}
