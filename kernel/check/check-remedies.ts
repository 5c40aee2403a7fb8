import { addDays } from '#kernel/calendar/day.ts'
import type { Remedy } from '#kernel/check/check-decision.ts'
import type { CheckFacts, CheckRequest, LevelFacts, OpenItem } from '#kernel/check/check-facts.ts'
import type { RuleKind } from '#kernel/check/check-rules.ts'
import { limitAt } from '#kernel/check/fire-rule.ts'
import { conductKinds, invoicesToBehave, invoicesToPay } from '#kernel/check/invoices-to-pay.ts'
import { leastPassing } from '#kernel/check/least-passing.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import {
  asking,
  decided,
  granting,
  heldKinds,
  isHeldOnlyBy,
  type Payment,
  passes,
  paying,
  type RemedyCase,
  roomOf,
  securing,
} from '#kernel/check/remedy-case.ts'
import { divide, type Money, money } from '#kernel/money/money.ts'

/** Pairs that are told at most: more would be a puzzle, not an advice. */
const mostPairs = 4

/**
 * The smallest single changes after which the gate would not hold the document, each verified by
 * asking it again: invoices to pay, an amount or quantity to reduce to, a later day, money or
 * security to bring, the terms that are agreed, a limit to grant. Where no single one is enough,
 * pairs. Empty where nobody but those who release can help. `openItems` are all that are open; an
 * incomplete list gives fewer remedies, never wrong ones.
 */
export function findRemedies(
  rules: PreparedCheckRules,
  facts: CheckFacts,
  request: CheckRequest,
  openItems: readonly OpenItem[],
): readonly Remedy[] {
  // Rules on trial decide nothing: the gate is asked many times, and answers the same without them.
  const of = { rules: { ...rules, shadow: noShadow }, facts, request, openItems }
  const kinds = heldKinds(of)
  const isBeyond = facts.release === null && !isHeldOnlyBy(kinds, mendable)
  if (kinds.length === 0 || isBeyond || passes(of)) return []
  const singles = singlesFor(of)
  return singles.length > 0 ? singles : pairsFor(of)
}

const noShadow = { order: [], delivery: [] } as const

const grantKinds: readonly RuleKind[] = ['no-file', 'limit-expired', 'review-overdue']
const roomKinds: readonly RuleKind[] = ['limit', 'utilisation']
const mendable: readonly RuleKind[] = [
  ...grantKinds,
  ...conductKinds,
  ...roomKinds,
  'maximum-document',
  'terms-raised',
]

function singlesFor(of: RemedyCase): Remedy[] {
  const reduced = amountToReduceTo(of)
  return [
    payRemedy(invoicesToPay(of)),
    reduced && ({ kind: 'reduce-amount', to: reduced } as const),
    reduced && quantityToReduceTo(of, reduced),
    dayToShipAfter(of),
    amountToSecure(of),
    termsAsAgreed(of),
    ...of.facts.levels.map((level) => limitToGrant(of, level)),
  ].filter((remedy) => remedy !== null)
}

function payRemedy(payments: readonly Payment[] | null): Remedy | null {
  if (payments === null) return null
  const invoices = payments.map(({ item, minor }) => ({
    number: item.number,
    amount: money(minor, item.open.currency),
  }))
  return { kind: 'pay', invoices }
}

/** The largest amount that passes and is no less than what is delivered; null where none does. */
function amountToReduceTo(of: RemedyCase): Money | null {
  const { minor, currency } = of.request.amount
  const less = (by: bigint) => money(minor - by, currency)
  const least = of.request.countedDelivered > 1n ? of.request.countedDelivered : 1n
  const range = { low: 1n, high: minor - least, guess: roomOf(of).missing }
  const by = leastPassing(range, (tried) => passes(asking(of, { amount: less(tried) })))
  return by === null ? null : less(by)
}

/** Whole units at the document's average price. */
function quantityToReduceTo(of: RemedyCase, amount: Money): Remedy | null {
  const { quantity, amount: whole, countedDelivered } = of.request
  if (quantity === null) return null
  const { thousandths, unit } = quantity
  const most = divide(amount.minor * thousandths, whole.minor * 1_000n, 'floor')
  for (const units of [most, most - 1n]) {
    const toThousandths = units * 1_000n
    const minor = divide(whole.minor * toThousandths, thousandths, 'half-even')
    const to = money(minor, whole.currency)
    if (units < 1n || toThousandths >= thousandths || minor < countedDelivered) continue
    if (passes(asking(of, { amount: to }))) {
      return { kind: 'reduce-quantity', toThousandths, unit, to }
    }
  }
  return null
}

/** The first day beyond the horizon; what ships now cannot be put off by asking later. */
function dayToShipAfter(of: RemedyCase): Remedy | null {
  const { horizon } = of.rules
  const { checkpoint, requestedOn } = of.request
  if (horizon === null || checkpoint !== 'order') return null
  const on = addDays(of.facts.today, horizon.days + 1)
  if (requestedOn !== null && requestedOn >= on) return null
  return passes(asking(of, { requestedOn: on })) ? { kind: 'ship-after', on } : null
}

function amountToSecure(of: RemedyCase): Remedy | null {
  if (!isHeldOnlyBy(heldKinds(of), roomKinds)) return null
  const { currency } = of.request.amount
  const { missing, used } = roomOf(of)
  const range = { low: 1n, high: used + 2n, guess: missing }
  const minor = leastPassing(range, (tried) => passes(securing(of, tried, currency)))
  return minor === null ? null : { kind: 'secure', amount: money(minor, currency) }
}

function termsAsAgreed(of: RemedyCase): Remedy | null {
  const changed = withAgreedTerms(of)
  return changed && passes(changed.of) ? changed.remedy : null
}

function withAgreedTerms(of: RemedyCase): Change | null {
  const { agreedTerms } = of.facts.party
  const { terms } = of.request
  if (agreedTerms === null || terms === null || terms === agreedTerms) return null
  const remedy: Remedy = { kind: 'agreed-terms', terms: agreedTerms }
  return { remedy, of: asking(of, { terms: agreedTerms }) }
}

/** The smallest limit that, granted at one level, lets the document pass; never less than before. */
function limitToGrant(of: RemedyCase, level: LevelFacts): Remedy | null {
  const isAboutLimits = isHeldOnlyBy(heldKinds(of), [...grantKinds, ...roomKinds, 'overdue-amount'])
  const low = isAboutLimits ? leastToGrant(of, level) : null
  if (low === null) return null
  const range = { low: level.limitMinor ?? low, high: (low + 1n) * 100n, guess: low }
  const minor = leastPassing(range, (tried) => passes(granting(of, level, tried)))
  return minor === null ? null : grantRemedy(level, minor)
}

/**
 * The standing limit that, with temporary limits and tolerance, is as much as would be in use, and
 * no less than it was. Null where the level has none to hold to.
 */
function leastToGrant(of: RemedyCase, level: LevelFacts): bigint | null {
  const limit = limitAt(level, of.rules.limitToleranceBps, of.rules)
  const result = decided(of)?.levels.find(({ accountId }) => accountId === level.accountId)
  if (limit === null || !result) return null
  const shareBps = 10_000n + limit.toleranceBps
  const needed = divide(result.afterMinor * 10_000n, shareBps, 'up') - level.temporaryMinor
  const before = level.limitMinor ?? 1n
  return needed > before ? needed : before
}

function grantRemedy(level: LevelFacts, minor: bigint): Remedy {
  const to = money(minor, level.currency)
  return { kind: 'raise-limit', level: level.level, code: level.code, to }
}

type Change = { readonly remedy: Remedy; readonly of: RemedyCase }

/** First what ends one reason in full, then whatever single change is enough for the rest. */
function pairsFor(of: RemedyCase): Remedy[] {
  const firsts = [behaving(of), withAgreedTerms(of), ...grants(of)]
  const pairs = firsts.flatMap((first) => {
    if (first === null) return []
    return singlesFor(first.of)
      .filter((second) => isNewBeside(of, first.remedy, second))
      .map((second): Remedy => ({ kind: 'both', remedies: [first.remedy, second] }))
  })
  return pairs.slice(0, mostPairs)
}

function behaving(of: RemedyCase): Change | null {
  const payments = invoicesToBehave(of)
  const remedy = payRemedy(payments)
  return payments && remedy && { remedy, of: paying(of, payments) }
}

function grants(of: RemedyCase): (Change | null)[] {
  return of.facts.levels.map((level) => {
    const minor = leastToGrant(of, level)
    if (minor === null) return null
    return { remedy: grantRemedy(level, minor), of: granting(of, level, minor) }
  })
}

/** Two limits are told once, the nearer one first; otherwise a pair is of two kinds. */
function isNewBeside(of: RemedyCase, first: Remedy, second: Remedy): boolean {
  if (first.kind !== 'raise-limit' || second.kind !== 'raise-limit') {
    return first.kind !== second.kind
  }
  const placeOf = ({ level, code }: { readonly level: string; readonly code: string }) =>
    of.facts.levels.findIndex((each) => each.level === level && each.code === code)
  return placeOf(first) < placeOf(second)
}
