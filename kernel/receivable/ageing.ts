import { type Day, daysBetween, partsOf } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import {
  type AgeBuckets,
  type AgeingBasis,
  type BucketProblem,
  checkBuckets,
} from '#kernel/receivable/buckets.ts'
import type { OpenInvoice, OpenItem } from '#kernel/receivable/open-items.ts'

export type AgeingTerms = {
  readonly asOf: Day
  readonly by: AgeingBasis
  readonly buckets: AgeBuckets
}

/**
 * One currency's row of the ageing table. The columns always sum to the balance:
 * `notDueMinor + bucketMinors + unappliedCreditsMinor = balanceMinor`.
 */
export type AgeingRow = {
  readonly currency: Currency
  /** Invoices due on or after the day; always zero when ageing runs from the invoice day. */
  readonly notDueMinor: bigint
  /** One amount per bucket, in the buckets' order. */
  readonly bucketMinors: readonly bigint[]
  /** Zero or negative: it lowers the balance. */
  readonly unappliedCreditsMinor: bigint
  readonly balanceMinor: bigint
}

export type AgeingOutcome =
  | { readonly kind: 'aged'; readonly rows: readonly AgeingRow[] }
  | BucketProblem

/**
 * Ages open items (账龄): by due day an invoice falls into `not due` or the bucket of its days
 * (or started years) past due; by invoice day into the bucket of its age. Age in days is 0 on the
 * first day; age in years counts started years, so that an invoice of exactly one year is still
 * 1年以内（含1年）. One row per currency, in alphabetical order; amounts of different currencies
 * are never added. Definitions that leave a gap, overlap or stay closed at the end are outcomes.
 */
export function ageingOf(items: readonly OpenItem[], terms: AgeingTerms): AgeingOutcome {
  const problem = checkBuckets(terms.buckets, terms.by)
  if (problem) return problem
  const rows = new Map<Currency, OpenRow>()
  for (const item of items) {
    const row = rows.get(item.currency) ?? emptyRow(terms.buckets.buckets.length)
    rows.set(item.currency, row)
    place(item, row, terms)
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1))
  return { kind: 'aged', rows: sorted.map(([currency, row]) => ({ currency, ...row })) }
}

type OpenRow = {
  notDueMinor: bigint
  bucketMinors: bigint[]
  unappliedCreditsMinor: bigint
  balanceMinor: bigint
}

function emptyRow(buckets: number): OpenRow {
  return {
    notDueMinor: 0n,
    bucketMinors: Array.from({ length: buckets }, () => 0n),
    unappliedCreditsMinor: 0n,
    balanceMinor: 0n,
  }
}

function place(item: OpenItem, row: OpenRow, terms: AgeingTerms): void {
  if (item.kind === 'unapplied-credit') {
    row.unappliedCreditsMinor -= item.openMinor
    row.balanceMinor -= item.openMinor
    return
  }
  row.balanceMinor += item.openMinor
  const age = ageOf(item, terms)
  if (age === null) {
    row.notDueMinor += item.openMinor
    return
  }
  const index = terms.buckets.buckets.findIndex(
    ({ from, to }) => from <= age && (to === null || age <= to),
  )
  const held = row.bucketMinors[index]
  invariant(held !== undefined, 'checked buckets hold every age')
  row.bucketMinors[index] = held + item.openMinor
}

function ageOf(item: OpenInvoice, { asOf, by, buckets }: AgeingTerms): number | null {
  const from = by === 'due' ? item.dueOn : item.issuedOn
  if (by === 'due' && asOf <= from) return null
  invariant(from <= asOf, 'an open item is not dated after the day of its ageing')
  return buckets.unit === 'days' ? daysBetween(from, asOf) : startedYears(from, asOf)
}

// The first year lasts until and with the anniversary, which is how 含1年 is read.
function startedYears(from: Day, to: Day): number {
  const a = partsOf(from)
  const b = partsOf(to)
  const isPastAnniversary = to.slice(5) > from.slice(5)
  return Math.max(1, b.year - a.year + (isPastAnniversary ? 1 : 0))
}
