import { daysBetween } from '#kernel/calendar/day.ts'
import type { FiredRule } from '#kernel/check/check-decision.ts'
import type {
  CheckFacts,
  CheckRequest,
  LevelFacts,
  RestrictedAccount,
} from '#kernel/check/check-facts.ts'
import type { Basis, RuleParameters } from '#kernel/check/check-rules.ts'
import { areLongerTerms } from '#kernel/check/check-terms.ts'
import {
  type AskedOrder,
  type LevelExposure,
  raises,
  type Valuer,
} from '#kernel/check/level-exposure.ts'
import type { PreparedCheckRules, PreparedRule } from '#kernel/check/prepare-check-rules.ts'
import { invariant } from '#kernel/invariant.ts'
import { divide, money, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'

/** What rules are asked about. */
export type RuleCase = {
  readonly rules: PreparedCheckRules
  readonly facts: CheckFacts
  readonly request: CheckRequest
  /** The charged party's own account. */
  readonly party: LevelFacts
  readonly asked: AskedOrder
  readonly isCash: boolean
  readonly valuer: Valuer
  readonly laterShareBps: Readonly<Record<Basis, bigint>>
  /** In the order of `facts.levels`; computed when first asked for. */
  readonly exposures: (basis: Basis) => readonly LevelExposure[]
}

type Facts = FiredRule['facts']

/** The numbers that make a rule fire, amounts as decimals beside their currency; null: it does not. */
export function fireRule(rule: PreparedRule, of: RuleCase): Facts | null {
  const { parameters } = rule
  switch (parameters.kind) {
    case 'account-status':
      return worstStatus(accountsOf(of.facts))
    case 'file-closed':
      return fileClosed(of.facts)
    case 'no-file':
      return hasLimit(of.party) ? null : { code: of.party.code }
    case 'limit-expired':
      return limitExpired(of.facts)
    case 'review-overdue':
      return reviewOverdue(of.facts, parameters.overDays)
    case 'days-overdue':
      return daysOverdue(rule, parameters.overDays, of)
    case 'overdue-amount':
      return overdueAmount(rule, of)
    case 'overdue-share':
      return overdueShare(rule, of)
    case 'oldest-open-item':
      return oldestOpenItem(of.facts, parameters.overDays)
    case 'dunning-level': {
      const { dunningLevel } = of.facts.party
      return dunningLevel >= parameters.from ? { level: dunningLevel, from: parameters.from } : null
    }
    case 'broken-promises':
      return brokenPromises(of.facts, parameters)
    case 'payment-returned':
      return paymentReturned(of.facts, parameters.withinDays)
    case 'maximum-document':
      return maximumDocument(rule, of)
    case 'terms-raised':
      return termsRaised(of)
    case 'discount-raised':
      return discountRaised(of)
    case 'fields-changed': {
      const fields = parameters.fields.filter((field) => of.request.changedFields.includes(field))
      return fields.length > 0 ? { fields } : null
    }
    case 'limit':
      return limitExceeded(rule, parameters, of)
    case 'utilisation':
      return utilisation(rule, parameters, of)
  }
}

type LevelLimit = {
  readonly minor: bigint
  readonly toleranceBps: bigint
  readonly toleranceMinor: bigint
}

/** Standing and temporary limit of a level; null where it has none. A party without one has 0. */
export function limitAt(
  level: LevelFacts,
  ruleToleranceBps: bigint | null,
  rules: PreparedCheckRules,
): LevelLimit | null {
  if (level.limitMinor === null && level.level !== 'party') return null
  const minor = (level.limitMinor ?? 0n) + level.temporaryMinor
  const own = level.toleranceBps === null ? null : BigInt(level.toleranceBps)
  const toleranceBps = own ?? ruleToleranceBps ?? rules.toleranceBps
  const toleranceMinor = toleranceBps === 0n ? 0n : divide(minor * toleranceBps, 10_000n, 'down')
  return { minor, toleranceBps, toleranceMinor }
}

function hasLimit(party: LevelFacts): boolean {
  return party.limitMinor !== null || party.temporaryMinor > 0n
}

/** All whose status decides: those that must have room, and the buyer's own where another pays. */
export function accountsOf({ levels, restricted }: CheckFacts): readonly RestrictedAccount[] {
  return restricted === undefined ? levels : [...levels, ...restricted]
}

const bySeverity = ['frozen', 'blocked', 'watch'] as const

function worstStatus(levels: readonly RestrictedAccount[]): Facts | null {
  if (levels.every((level) => level.status === 'open')) return null
  for (const status of bySeverity) {
    const found = levels.find((level) => level.status === status)
    if (found) return { ...nameOf(found), status, reason: found.statusReason }
  }
  return null
}

function nameOf({ level, code, segment }: RestrictedAccount) {
  return segment === '' ? { level, code } : { level, code, segment }
}

function fileClosed({ party, today }: CheckFacts): Facts | null {
  return party.closedOn !== null && party.closedOn <= today ? { on: party.closedOn } : null
}

function limitExpired({ levels, today }: CheckFacts): Facts | null {
  const expired = levels.find(
    (level) => level.limitMinor !== null && level.limitToOn !== null && level.limitToOn < today,
  )
  return expired ? { ...nameOf(expired), on: expired.limitToOn } : null
}

function reviewOverdue({ levels, today }: CheckFacts, overDays: number): Facts | null {
  for (const level of levels) {
    if (level.reviewOn === null || level.reviewOn >= today) continue
    const days = daysBetween(level.reviewOn, today)
    if (days > overDays) return { ...nameOf(level), on: level.reviewOn, days, over: overDays }
  }
  return null
}

function daysOverdue(rule: PreparedRule, overDays: number, of: RuleCase): Facts | null {
  const { today, party } = of.facts
  const late = party.overdue.filter((each) => daysBetween(each.dueOn, today) > overDays)
  const [oldest] = late
  if (!oldest) return null
  const total = totalOf(late, of)
  if (total <= 0n || total < inPartyCurrency(rule.amountMinor ?? 0n, of)) return null
  const days = daysBetween(oldest.dueOn, today)
  return { days, over: overDays, since: oldest.dueOn, ...amountIn(total, of) }
}

function overdueAmount(rule: PreparedRule, of: RuleCase): Facts | null {
  if (of.facts.party.overdue.length === 0) return null
  const total = totalOf(of.facts.party.overdue, of)
  const { amountMinor, shareBps } = rule
  const most = amountMinor === null ? null : inPartyCurrency(amountMinor, of)
  if (most !== null && total > most) return { ...amountIn(total, of), most: decimalIn(most, of) }
  const limit = (of.party.limitMinor ?? 0n) + of.party.temporaryMinor
  if (shareBps === null || total * 10_000n <= limit * shareBps) return null
  return { ...amountIn(total, of), limit: decimalIn(limit, of), share: shareText(shareBps) }
}

function overdueShare(rule: PreparedRule, of: RuleCase): Facts | null {
  if (of.facts.party.overdue.length === 0) return null
  invariant(rule.shareBps !== null, 'overdue-share has a share')
  const total = totalOf(of.facts.party.overdue, of)
  const own = of.exposures(of.rules.basis)[of.facts.levels.indexOf(of.party)]
  const invoiced = own?.before.invoiced ?? 0n
  if (total * 10_000n <= invoiced * rule.shareBps) return null
  return { ...amountIn(total, of), of: decimalIn(invoiced, of), share: shareText(rule.shareBps) }
}

function oldestOpenItem({ party, today }: CheckFacts, overDays: number): Facts | null {
  if (party.oldestOpenIssuedOn === null) return null
  const days = daysBetween(party.oldestOpenIssuedOn, today)
  return days > overDays ? { days, over: overDays, on: party.oldestOpenIssuedOn } : null
}

function brokenPromises(
  { party, today }: CheckFacts,
  { count, withinDays }: { count: number; withinDays: number },
): Facts | null {
  const recent = party.brokenPromisesOn.filter((day) => daysBetween(day, today) <= withinDays)
  return recent.length >= count ? { count: recent.length, from: count, withinDays } : null
}

function paymentReturned({ party, today }: CheckFacts, withinDays: number): Facts | null {
  const on = party.paymentReturnedOn
  return on !== null && daysBetween(on, today) <= withinDays ? { on, withinDays } : null
}

function maximumDocument(rule: PreparedRule, of: RuleCase): Facts | null {
  const { amount, counted } = of.request
  if (amount.minor <= counted) return null
  const most = inPartyCurrency(rule.amountMinor ?? 0n, of)
  const total = of.valuer.value(amount.minor, amount.currency, of.party.currency)
  return total > most ? { ...amountIn(total, of), most: decimalIn(most, of) } : null
}

function termsRaised({ request, facts }: RuleCase): Facts | null {
  const { agreedTerms } = facts.party
  if (!areLongerTerms(request.terms, agreedTerms)) return null
  return { asked: request.terms, agreed: agreedTerms }
}

function discountRaised({ request, facts }: RuleCase): Facts | null {
  const agreed = facts.party.agreedDiscountBps ?? 0
  if (request.discountBps === null || request.discountBps <= agreed) return null
  return { asked: shareText(BigInt(request.discountBps)), agreed: shareText(BigInt(agreed)) }
}

type Against = Extract<RuleParameters, { readonly basis: Basis }>

function limitExceeded(rule: PreparedRule, against: Against, of: RuleCase): Facts | null {
  if (!raises(of.asked, of.laterShareBps[against.basis])) return null
  const exposures = of.exposures(against.basis)
  const exceeded = of.facts.levels.flatMap((level, index) => {
    const limit = limitAt(level, rule.toleranceBps, of.rules)
    const after = exposures[index]?.netAfter ?? 0n
    if (limit === null || !against.levels.includes(level.level)) return []
    const missing = after - limit.minor - limit.toleranceMinor
    if (missing <= 0n) return []
    const decimal = (minor: bigint) => toDecimal(money(minor, level.currency))
    return [
      {
        ...nameOf(level),
        currency: level.currency,
        limit: decimal(limit.minor),
        tolerance: decimal(limit.toleranceMinor),
        after: decimal(after),
        missing: decimal(missing),
      },
    ]
  })
  return exceeded.length > 0 ? { levels: exceeded } : null
}

function utilisation(rule: PreparedRule, against: Against, of: RuleCase): Facts | null {
  const { shareBps } = rule
  invariant(shareBps !== null, 'utilisation has a share')
  if (!raises(of.asked, of.laterShareBps[against.basis])) return null
  const exposures = of.exposures(against.basis)
  const beyond = of.facts.levels.flatMap((level, index) => {
    const limit = limitAt(level, null, of.rules)
    const after = exposures[index]?.netAfter ?? 0n
    if (limit === null || !against.levels.includes(level.level)) return []
    if (after * 10_000n <= limit.minor * shareBps) return []
    const decimal = (minor: bigint) => toDecimal(money(minor, level.currency))
    const amounts = { limit: decimal(limit.minor), after: decimal(after) }
    return [{ ...nameOf(level), currency: level.currency, ...amounts }]
  })
  return beyond.length > 0 ? { levels: beyond, share: shareText(shareBps) } : null
}

function totalOf(overdue: CheckFacts['party']['overdue'], of: RuleCase): bigint {
  let total = 0n
  for (const { minor, currency } of overdue) {
    total += of.valuer.value(minor, currency, of.party.currency)
  }
  return total
}

function inPartyCurrency(minor: bigint, of: RuleCase): bigint {
  return of.valuer.value(minor, of.rules.currency, of.party.currency)
}

function amountIn(minor: bigint, of: RuleCase) {
  return { amount: decimalIn(minor, of), currency: of.party.currency }
}

function decimalIn(minor: bigint, of: RuleCase): string {
  return toDecimal(money(minor, of.party.currency))
}

function shareText(bps: bigint): string {
  return `${scaledToDecimal(bps, 2).replace(/\.?0+$/, '')}%`
}
