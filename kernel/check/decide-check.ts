import type {
  CheckDecision,
  DecidedCheck,
  FiredRule,
  LevelResult,
  ShadowedRule,
} from '#kernel/check/check-decision.ts'
import type { CheckFacts, CheckRequest, LevelFacts } from '#kernel/check/check-facts.ts'
import type { Basis, RuleExceptions, RuleKind } from '#kernel/check/check-rules.ts'
import { areCashTerms } from '#kernel/check/check-terms.ts'
import { accountsOf, fireRule, limitAt, type RuleCase } from '#kernel/check/fire-rule.ts'
import {
  askedOrderOf,
  exposureAt,
  horizonEndOf,
  type LevelExposure,
  valuerOf,
} from '#kernel/check/level-exposure.ts'
import type { PreparedCheckRules, PreparedRule } from '#kernel/check/prepare-check-rules.ts'
import { isInTrial } from '#kernel/document/trial.ts'
import { invariant } from '#kernel/invariant.ts'

/**
 * Decides whether a document may count with an amount: every rule of the checkpoint in the order of
 * `rulePrecedence`, the exposure before and after, and the room left at each level. Held where a
 * rule that holds fired, unless a release speaks for the document; a frozen account is held whatever
 * was released. Without a rate that is needed nothing is decided.
 */
export function decideCheck(
  rules: PreparedCheckRules,
  facts: CheckFacts,
  request: CheckRequest,
): CheckDecision {
  const of = caseOf(rules, facts, request)
  const fired = firedRules(of)
  const exposures = of.exposures(rules.basis)
  const levels = facts.levels.map((level, index) => levelResult(of, level, exposures[index]))
  const missing = of.valuer.missing()
  if (missing) return { kind: 'rate-missing', ...missing }
  const isStopped = fired.some((rule) => rule.reaction === 'hold')
  const releasedBy = isStopped && speaks(rules, facts, request) ? (facts.release?.id ?? null) : null
  const own = exposures[facts.levels.indexOf(of.party)]
  invariant(own, 'the exposure of the charged party is computed')
  return {
    kind: 'decided',
    outcome: outcomeOf(fired, isStopped, releasedBy),
    fired,
    shadowed: shadowedRules(of),
    releasedBy,
    exposure: {
      currency: of.party.currency,
      before: own.before,
      after: own.orderAfter === own.before.order ? own.before : afterOf(own),
    },
    levels,
  }
}

/** Whether an order with these terms is paid in cash and, by the rules, counts with nothing. */
export function countsNothing(rules: PreparedCheckRules, terms: string | null): boolean {
  return !rules.cashOrdersCount && areCashTerms(terms)
}

function caseOf(rules: PreparedCheckRules, facts: CheckFacts, request: CheckRequest): RuleCase {
  const party = facts.levels.find((level) => level.level === 'party')
  invariant(party, "the charged party's own account is among the levels")
  const { counted, countedDelivered, countedLater, amount } = request
  invariant(
    amount.minor >= 0n && countedDelivered + countedLater <= counted,
    'amounts are zero or more, and parts of what counts are no more than it',
  )
  const isCash = countsNothing(rules, request.terms ?? facts.party.agreedTerms)
  const horizonEnd = horizonEndOf(rules.horizon?.days ?? null, facts.today)
  const asked = askedOrderOf(request, { horizonEnd, isCash })
  const valuer = valuerOf(facts.rates)
  const computed: Partial<Record<Basis, readonly LevelExposure[]>> = {}
  const laterShareBps = { static: 10_000n, dynamic: rules.horizon?.laterShareBps ?? 10_000n }
  const exposures = (basis: Basis) => {
    computed[basis] ??= facts.levels.map((level) =>
      exposureAt(level, asked, laterShareBps[basis], valuer),
    )
    return computed[basis]
  }
  return { rules, facts, request, party, asked, isCash, valuer, laterShareBps, exposures }
}

function firedRules(of: RuleCase): FiredRule[] {
  const fired: FiredRule[] = []
  for (const rule of of.rules.rules[of.request.checkpoint]) {
    const facts = whatFires(rule, of)
    if (facts === null) continue
    const { kind } = rule.parameters
    fired.push({ rule: rule.id, kind, reaction: reactionOf(rule, facts, of), facts })
  }
  return fired
}

/** What is being tried out may neither decide nor keep anything from being decided. */
function shadowedRules(of: RuleCase): ShadowedRule[] {
  const found = of.rules.shadow[of.request.checkpoint].flatMap((rule) => {
    const facts = isSpared(rule, of) ? null : whatFires(rule, of)
    return facts === null ? [] : [{ rule: rule.id, kind: rule.parameters.kind, facts }]
  })
  return of.valuer.missing() ? [] : found
}

function whatFires(rule: PreparedRule, of: RuleCase): FiredRule['facts'] | null {
  if (of.isCash && !asksCashOrders(rule.parameters.kind)) return null
  return isAbout(rule, of) ? fireRule(rule, of) : null
}

function asksCashOrders(kind: RuleKind): boolean {
  return kind === 'account-status' || kind === 'file-closed'
}

/** Rules about the amount never fire where nothing more is asked, so grace need not spare them. */
const notSpared: ReadonlySet<RuleKind> = new Set([
  'account-status',
  'maximum-document',
  'limit',
  'utilisation',
])

function reactionOf(
  rule: PreparedRule<FiredRule['reaction']>,
  found: FiredRule['facts'],
  of: RuleCase,
): FiredRule['reaction'] {
  const { kind } = rule.parameters
  if (kind === 'account-status' && found.status === 'watch') return 'warn'
  return isSpared(rule, of) ? 'warn' : rule.reaction
}

/** A document that was approved within the days of grace is not held at delivery for conduct. */
function isSpared({ parameters }: PreparedRule, { request, rules }: RuleCase): boolean {
  const { checkpoint, daysSinceApproval: days } = request
  const { graceDays } = rules
  const inGrace = checkpoint === 'delivery' && graceDays > 0 && days !== null && days <= graceDays
  return inGrace && !notSpared.has(parameters.kind)
}

function isAbout({ scope, except, trial }: PreparedRule, of: RuleCase): boolean {
  if (trial !== null && !isInTrial(trial, of.facts.party.id ?? null)) return false
  if (scope === null && except === null) return true
  const { party } = of.facts
  const segment = of.facts.levels.find((level) => level.level === 'segment')?.segment ?? ''
  const fits: Readonly<Record<keyof RuleExceptions, (list: readonly string[]) => boolean>> = {
    segments: (list) => list.includes(segment),
    grades: (list) => party.grade !== null && list.includes(party.grade),
    roles: (list) => party.roles.some((role) => list.includes(role)),
    industries: (list) => party.industry !== null && list.includes(party.industry),
    departments: (list) => party.department !== undefined && list.includes(party.department),
    regions: (list) => party.region !== undefined && list.includes(party.region),
    parties: (list) => list.includes(party.code),
  }
  const test = ([name, list]: [string, readonly string[]]) =>
    fits[name as keyof RuleExceptions](list)
  return Object.entries(scope ?? {}).every(test) && !Object.entries(except ?? {}).some(test)
}

/** A release lets the document pass up to its amount and the tolerance, while it lasts. */
function speaks(rules: PreparedCheckRules, facts: CheckFacts, { amount }: CheckRequest): boolean {
  const { release, today } = facts
  if (release === null || release.upTo.currency !== amount.currency) return false
  if (release.untilOn !== null && today > release.untilOn) return false
  if (accountsOf(facts).some(({ status }) => status === 'frozen')) return false
  return amount.minor * 10_000n <= release.upTo.minor * (10_000n + rules.amendToleranceBps)
}

function outcomeOf(
  fired: readonly FiredRule[],
  isStopped: boolean,
  releasedBy: string | null,
): DecidedCheck['outcome'] {
  if (isStopped) return releasedBy === null ? 'held' : 'approved'
  return fired.length > 0 ? 'warned' : 'approved'
}

function levelResult(
  of: RuleCase,
  level: LevelFacts,
  exposure: LevelExposure | undefined,
): LevelResult {
  invariant(exposure, 'the exposure of every level is computed')
  const limit = limitAt(level, of.rules.limitToleranceBps, of.rules)
  return {
    level: level.level,
    accountId: level.accountId,
    code: level.code,
    name: level.name,
    segment: level.segment,
    currency: level.currency,
    limitMinor: limit && limit.minor + limit.toleranceMinor,
    temporaryMinor: level.temporaryMinor,
    toleranceMinor: limit?.toleranceMinor ?? 0n,
    beforeMinor: exposure.netBefore,
    afterMinor: exposure.netAfter,
    headroomMinor: limit && limit.minor + limit.toleranceMinor - exposure.netAfter,
  }
}

function afterOf(exposure: LevelExposure): LevelExposure['before'] {
  return { ...exposure.before, order: exposure.orderAfter }
}
