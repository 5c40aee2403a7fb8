import type { OpenItem } from '#kernel/check/check-facts.ts'
import type { RuleKind } from '#kernel/check/check-rules.ts'
import { leastPassing } from '#kernel/check/least-passing.ts'
import { valuerOf } from '#kernel/check/level-exposure.ts'
import {
  heldKinds,
  isHeldOnlyBy,
  type Payment,
  passes,
  paying,
  type RemedyCase,
  roomOf,
} from '#kernel/check/remedy-case.ts'

/** What ends when invoices are paid. */
export const conductKinds: readonly RuleKind[] = [
  'days-overdue',
  'overdue-amount',
  'overdue-share',
  'oldest-open-item',
]
const roomKinds: readonly RuleKind[] = ['limit', 'utilisation']

/** Invoices that are tried one by one, oldest first, for one that is enough alone. */
const mostTried = 100

/** Invoices that are tried to be left out again. */
const mostPruned = 30

/**
 * The fewest invoices that, once paid, let the document pass; null where none do. Where only room
 * is missing, the oldest single invoice that is large enough, and of the last one the exact part.
 * Where it is about payment behaviour, whole invoices.
 */
export function invoicesToPay(of: RemedyCase): readonly Payment[] | null {
  const kinds = heldKinds(of)
  if (of.openItems.length === 0 || !isHeldOnlyBy(kinds, [...conductKinds, ...roomKinds]))
    return null
  if (!isHeldOnlyBy(kinds, roomKinds)) return wholeInvoices(of, passes)
  const single = largeEnough(of, kinds)
    .slice(0, mostTried)
    .map(inFull)
    .find((payment) => passes(paying(of, [payment])))
  const chosen = single ? [single] : fewest(of, byValue(of), passes)
  return chosen && lastInPart(of, chosen)
}

/** The fewest whole invoices after which no rule about payment behaviour holds any more. */
export function invoicesToBehave(of: RemedyCase): readonly Payment[] | null {
  const behaves = (changed: RemedyCase) =>
    !heldKinds(changed).some((kind) => conductKinds.includes(kind))
  return of.openItems.length === 0 || behaves(of) ? null : wholeInvoices(of, behaves)
}

/** Spares the question where an invoice is plainly too small; rates may move it by a unit or two. */
function largeEnough(of: RemedyCase, kinds: readonly RuleKind[]): readonly OpenItem[] {
  if (kinds.includes('utilisation')) return of.openItems
  const { currency } = of.request.amount
  const { missing } = roomOf(of)
  return of.openItems.filter(({ open }) => open.currency !== currency || open.minor + 2n >= missing)
}

type Test = (changed: RemedyCase) => boolean

function wholeInvoices(of: RemedyCase, isEnough: Test): readonly Payment[] | null {
  const oldestFirst = fewest(of, of.openItems, isEnough)
  const { today } = of.facts
  const isLate = (item: OpenItem) => item.dueOn < today
  const ordered = byValue(of)
  const lateFirst = [...ordered.filter(isLate), ...ordered.filter((item) => !isLate(item))]
  const largestFirst = fewest(of, lateFirst, isEnough)
  if (oldestFirst === null || largestFirst === null) return oldestFirst ?? largestFirst
  const fewer = largestFirst.length < oldestFirst.length ? largestFirst : oldestFirst
  return withoutNeedless(of, fewer, isEnough)
}

/** The shortest beginning of a list that is enough. */
function fewest(
  of: RemedyCase,
  items: readonly OpenItem[],
  isEnough: Test,
): readonly Payment[] | null {
  const first = (count: bigint) => items.slice(0, Number(count)).map(inFull)
  const count = leastPassing({ low: 1n, high: BigInt(items.length), guess: 1n }, (tried) =>
    isEnough(paying(of, first(tried))),
  )
  return count === null ? null : first(count)
}

function withoutNeedless(
  of: RemedyCase,
  payments: readonly Payment[],
  isEnough: Test,
): readonly Payment[] {
  if (payments.length > mostPruned) return payments
  let kept = payments
  for (const payment of payments) {
    const less = kept.filter((each) => each !== payment)
    if (less.length > 0 && isEnough(paying(of, less))) kept = less
  }
  return kept
}

function lastInPart(of: RemedyCase, payments: readonly Payment[]): readonly Payment[] {
  const before = payments.slice(0, -1)
  const last = payments.at(-1)
  if (!last) return payments
  const upTo = (minor: bigint) => [...before, { item: last.item, minor }]
  const part = leastPassing({ low: 1n, high: last.minor, guess: roomOf(of).missing }, (minor) =>
    passes(paying(of, upTo(minor))),
  )
  return part === null ? payments : upTo(part)
}

function byValue({ facts, openItems }: RemedyCase): readonly OpenItem[] {
  const currency = facts.levels.find(({ level }) => level === 'party')?.currency
  if (currency === undefined) return openItems
  const { value } = valuerOf(facts.rates)
  const worth = ({ open }: OpenItem) => value(open.minor, open.currency, currency)
  return openItems.toSorted((a, b) => (worth(a) > worth(b) ? -1 : worth(a) < worth(b) ? 1 : 0))
}

function inFull(item: OpenItem): Payment {
  return { item, minor: item.open.minor }
}
