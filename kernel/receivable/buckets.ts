import type { Label } from '#kernel/document/label.ts'

/** From which day an age is counted: the due day (逾期账龄) or the invoice day (账龄). */
export type AgeingBasis = 'due' | 'invoice'

/** Ages `from` to `to`, both included; `to` is null for "and older". */
export type AgeBucket = {
  readonly from: number
  readonly to: number | null
  readonly label: Label
}

export type AgeBuckets = {
  /** Days of age, or started years: 1 is the first year with its anniversary, 2 the next. */
  readonly unit: 'days' | 'years'
  readonly buckets: readonly AgeBucket[]
}

/** Why definitions cannot age a ledger, in order of precedence; `position` counts from 1. */
export type BucketProblem =
  | { readonly kind: 'buckets-missing' }
  | { readonly kind: 'bucket-bounds-not-whole'; readonly position: number }
  | { readonly kind: 'bucket-reversed'; readonly position: number }
  | { readonly kind: 'first-bucket-misplaced'; readonly from: number; readonly expected: number }
  | { readonly kind: 'buckets-out-of-order'; readonly position: number }
  | { readonly kind: 'buckets-overlap'; readonly position: number; readonly age: number }
  | {
      readonly kind: 'buckets-gap'
      readonly position: number
      readonly from: number
      readonly to: number
    }
  | { readonly kind: 'last-bucket-closed'; readonly to: number }

/** The columns before and after the buckets. */
export const notDueLabel: Label = { zh: '未到期', en: 'Not due' }
export const unappliedCreditsLabel: Label = { zh: '未核销贷项', en: 'Unapplied credits' }

/** Days past due: 1–30, 31–60, 61–90, 91–180, 181–360 and more. */
export const overdueBuckets: AgeBuckets = dayBuckets(1)

/** Days since the invoice: 0–30, 31–60, 61–90, 91–180, 181–360 and more. */
export const invoiceAgeBuckets: AgeBuckets = dayBuckets(0)

/** The ageing note of Chinese financial statements, by started years since the invoice. */
export const statementBuckets: AgeBuckets = {
  unit: 'years',
  buckets: [
    { from: 1, to: 1, label: { zh: '1年以内', en: 'Within 1 year' } },
    { from: 2, to: 2, label: { zh: '1–2年', en: '1–2 years' } },
    { from: 3, to: 3, label: { zh: '2–3年', en: '2–3 years' } },
    { from: 4, to: 4, label: { zh: '3–4年', en: '3–4 years' } },
    { from: 5, to: 5, label: { zh: '4–5年', en: '4–5 years' } },
    { from: 6, to: null, label: { zh: '5年以上', en: 'Over 5 years' } },
  ],
}

/**
 * Says whether buckets hold every age exactly once: they start at the least age there is (0 days
 * from the invoice day, otherwise 1), follow each other without gap or overlap, and the last one
 * is open. Null where they do, otherwise the first problem found.
 */
export function checkBuckets(definition: AgeBuckets, by: AgeingBasis): BucketProblem | null {
  const { buckets, unit } = definition
  if (buckets.length === 0) return { kind: 'buckets-missing' }
  let expected = by === 'invoice' && unit === 'days' ? 0 : 1
  let last: AgeBucket | null = null
  for (const [index, bucket] of buckets.entries()) {
    const problem = checkNext({ bucket, last, expected, position: index + 1 })
    if (problem) return problem
    last = bucket
    expected = (bucket.to ?? bucket.from) + 1
  }
  if (last !== null && last.to !== null) return { kind: 'last-bucket-closed', to: last.to }
  return null
}

function checkNext(at: {
  bucket: AgeBucket
  last: AgeBucket | null
  expected: number
  position: number
}): BucketProblem | null {
  const { bucket, last, expected, position } = at
  const { from, to } = bucket
  const isWhole = Number.isSafeInteger(from) && (to === null || Number.isSafeInteger(to))
  if (!isWhole) return { kind: 'bucket-bounds-not-whole', position }
  if (to !== null && to < from) return { kind: 'bucket-reversed', position }
  if (last === null) {
    return from === expected ? null : { kind: 'first-bucket-misplaced', from, expected }
  }
  if (from < last.from) return { kind: 'buckets-out-of-order', position }
  if (last.to === null) return { kind: 'buckets-overlap', position, age: from }
  if (from < expected) return { kind: 'buckets-overlap', position, age: from }
  if (from > expected) return { kind: 'buckets-gap', position, from: expected, to: from - 1 }
  return null
}

function dayBuckets(first: number): AgeBuckets {
  const starts = [first, 31, 61, 91, 181]
  const ends = [30, 60, 90, 180, 360]
  const closed = ends.map((to, index): AgeBucket => {
    const from = starts[index] ?? first
    return { from, to, label: { zh: `${from}–${to}天`, en: `${from}–${to} days` } }
  })
  const open = { from: 361, to: null, label: { zh: '360天以上', en: 'Over 360 days' } }
  return { unit: 'days', buckets: [...closed, open] }
}
