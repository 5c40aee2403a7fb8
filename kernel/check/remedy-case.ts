import { earlierOf } from '#kernel/calendar/day.ts'
import type { DecidedCheck, LevelResult } from '#kernel/check/check-decision.ts'
import type {
  BalanceFacts,
  CheckFacts,
  CheckRequest,
  LevelFacts,
  OpenItem,
} from '#kernel/check/check-facts.ts'
import type { RuleKind } from '#kernel/check/check-rules.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import type { PreparedCheckRules } from '#kernel/check/prepare-check-rules.ts'
import { convert, invertRate } from '#kernel/money/convert.ts'
import type { Currency } from '#kernel/money/currency.ts'

/** A check with what could be changed about it. */
export type RemedyCase = {
  readonly rules: PreparedCheckRules
  readonly facts: CheckFacts
  readonly request: CheckRequest
  /** Oldest due first. */
  readonly openItems: readonly OpenItem[]
}

export type Payment = { readonly item: OpenItem; readonly minor: bigint }

/** Whether the gate, asked again, would not hold the document. */
export function passes(of: RemedyCase): boolean {
  const decision = decided(of)
  return decision !== null && decision.outcome !== 'held'
}

/** Kinds of the rules that hold the document. */
export function heldKinds(of: RemedyCase): readonly RuleKind[] {
  const fired = decided(of)?.fired ?? []
  return fired.filter(({ reaction }) => reaction === 'hold').map(({ kind }) => kind)
}

/**
 * What is missing at the tightest level, and what would be in use at the fullest, in the currency of
 * the document and rounded up: where the search for an amount begins and ends.
 */
export function roomOf(of: RemedyCase): { readonly missing: bigint; readonly used: bigint } {
  const levels = decided(of)?.levels ?? []
  const largest = (amounts: readonly bigint[]) =>
    amounts.reduce((most, minor) => (minor > most ? minor : most), 0n)
  return {
    missing: largest(levels.map((level) => inDocument(of, level, -(level.headroomMinor ?? 0n)))),
    used: largest(levels.map((level) => inDocument(of, level, level.afterMinor))),
  }
}

export function decided({ rules, facts, request }: RemedyCase): DecidedCheck | null {
  const decision = decideCheck(rules, facts, request)
  return decision.kind === 'decided' ? decision : null
}

function inDocument({ facts, request }: RemedyCase, level: LevelResult, minor: bigint): bigint {
  const { currency } = request.amount
  if (minor <= 0n || level.currency === currency) return minor
  const rate = facts.rates.find((each) => each.from === currency && each.to === level.currency)
  const amount = { minor, currency: level.currency }
  return rate ? convert(amount, invertRate(rate), 'up').money.minor : minor
}

export function isHeldOnlyBy(kinds: readonly RuleKind[], by: readonly RuleKind[]): boolean {
  return kinds.length > 0 && kinds.every((kind) => by.includes(kind))
}

export function asking(of: RemedyCase, change: Partial<CheckRequest>): RemedyCase {
  return { ...of, request: { ...of.request, ...change } }
}

/** The same check after invoices were paid, in full or in part. */
export function paying(of: RemedyCase, payments: readonly Payment[]): RemedyCase {
  const { facts } = of
  const levels = facts.levels.map((level) => {
    const counted = payments.filter(({ item }) => standsAt(item, level))
    const settled = totals(counted, ({ open }) => open.currency)
    return { ...level, balances: level.balances.map((each) => lessPaid(each, settled)) }
  })
  const settled = totals(payments, ({ dueOn, open }) => `${dueOn} ${open.currency}`)
  const overdue = facts.party.overdue.map((each) => {
    const minor = each.minor - (settled.get(`${each.dueOn} ${each.currency}`) ?? 0n)
    return { ...each, minor }
  })
  const paid = new Map(payments.map(({ item, minor }) => [item, minor]))
  const openItems = of.openItems
    .map((item) => lessPart(item, paid.get(item) ?? 0n))
    .filter(({ open }) => open.minor > 0n)
  const party = {
    ...facts.party,
    overdue: overdue.filter(({ minor }) => minor > 0n),
    oldestOpenIssuedOn: oldestAfter(of, openItems),
  }
  return { ...of, facts: { ...facts, levels, party }, openItems }
}

/** The same check with money, or a security, that stands against all that is owed. */
export function securing(of: RemedyCase, minor: bigint, currency: Currency): RemedyCase {
  const levels = of.facts.levels.map((level) => {
    const found = level.balances.find((balance) => balance.currency === currency)
    const prepayment = (found?.stages.prepayment ?? 0n) + minor
    const stages = { ...found?.stages, prepayment }
    const secured = { currency, stages, laterMinor: found?.laterMinor ?? 0n }
    return { ...level, balances: [...level.balances.filter((each) => each !== found), secured] }
  })
  return { ...of, facts: { ...of.facts, levels } }
}

/** The same check with a limit granted anew at one level: another amount, valid, reviewed. */
export function granting(of: RemedyCase, granted: LevelFacts, limitMinor: bigint): RemedyCase {
  const levels = of.facts.levels.map((level) =>
    level.accountId === granted.accountId
      ? { ...level, limitMinor, limitToOn: null, reviewOn: null }
      : level,
  )
  return { ...of, facts: { ...of.facts, levels } }
}

/** An invoice counts at the account of its segment and at every party and group above. */
function standsAt(item: OpenItem, level: LevelFacts): boolean {
  return level.segment === '' || level.segment === item.segment
}

function totals(
  payments: readonly Payment[],
  keyOf: (item: OpenItem) => string,
): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const { item, minor } of payments) {
    const key = keyOf(item)
    sums.set(key, (sums.get(key) ?? 0n) + minor)
  }
  return sums
}

function lessPaid(balance: BalanceFacts, settled: ReadonlyMap<string, bigint>): BalanceFacts {
  const minor = settled.get(balance.currency)
  if (minor === undefined) return balance
  const left = (balance.stages.invoiced ?? 0n) - minor
  return { ...balance, stages: { ...balance.stages, invoiced: left > 0n ? left : 0n } }
}

function lessPart(item: OpenItem, minor: bigint): OpenItem {
  if (minor === 0n) return item
  return { ...item, open: { ...item.open, minor: item.open.minor - minor } }
}

/** Unknown to get better where the oldest open item is not among those that were told. */
function oldestAfter(
  { facts, openItems }: RemedyCase,
  after: readonly OpenItem[],
): CheckFacts['party']['oldestOpenIssuedOn'] {
  const oldest = facts.party.oldestOpenIssuedOn
  if (oldest === null || !openItems.some(({ issuedOn }) => issuedOn <= oldest)) return oldest
  const [first, ...others] = after
  if (!first) return null
  return others.reduce((day, { issuedOn }) => earlierOf(day, issuedOn), first.issuedOn)
}
