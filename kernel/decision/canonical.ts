import { invariant } from '#kernel/invariant.ts'

/** Plain values. Decisions hold amounts and scores as decimal strings, numbers only as counts. */
export type Canonical =
  | null
  | boolean
  | number
  | string
  | readonly Canonical[]
  | { readonly [key: string]: Canonical }

/**
 * The one spelling of a value after RFC 8785 (JSON Canonicalization Scheme): JSON without white
 * space, keys in code unit order, numbers as ECMAScript writes them, so that the same value gives
 * the same bytes on every machine and in every year.
 */
export function canonicalText(value: Canonical): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    invariant(Number.isFinite(value), 'a number in JSON is finite')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`
  let members = ''
  for (const key of Object.keys(value).sort()) {
    members += `${members === '' ? '' : ','}${canonicalText(key)}:${canonicalText(value[key] ?? null)}`
  }
  return `{${members}}`
}

/** Text that JSON writes as it is. */
const plain = /^[ !#-[\]-~]*$/

function isList(value: object): value is readonly Canonical[] {
  return Array.isArray(value)
}
