import { addDays, type Day, day } from '#kernel/calendar/day.ts'
import type { DecidedCheck } from '#kernel/check/check-decision.ts'
import type { CheckFacts, CheckRequest, LevelFacts } from '#kernel/check/check-facts.ts'
import type { CheckRule, CheckRules } from '#kernel/check/check-rules.ts'
import { decideCheck } from '#kernel/check/decide-check.ts'
import { type PreparedCheckRules, prepareCheckRules } from '#kernel/check/prepare-check-rules.ts'
import type { Stage } from '#kernel/exposure/stage.ts'
import { invariant } from '#kernel/invariant.ts'
import { parseRate } from '#kernel/money/convert.ts'
import { type Currency, parseCurrency } from '#kernel/money/currency.ts'
import { money } from '#kernel/money/money.ts'

/** A customer without faults and rules to vary, for the tests of this folder. */

export const today = day('2026-06-30')
export const cny = currency('CNY')
export const usd = currency('USD')

export const everywhere = { checkpoints: ['order', 'delivery'], reaction: 'hold' } as const

export const statusRule: CheckRule = { id: 'status', kind: 'account-status', ...everywhere }

export const limitRule: CheckRule = {
  id: 'limit',
  kind: 'limit',
  ...everywhere,
  basis: 'dynamic',
  levels: ['segment', 'party', 'group'],
}

/** A rule that holds everywhere, under its kind as id. */
export function ruleOf(kind: CheckRule['kind'], parameters: object = {}): CheckRule {
  return { id: kind, kind, ...everywhere, ...parameters } as CheckRule
}

export function decide(
  rules: PreparedCheckRules,
  facts: CheckFacts = factsOf(),
  request: CheckRequest = requestOf(),
): DecidedCheck {
  const decision = decideCheck(rules, facts, request)
  invariant(decision.kind === 'decided', 'every rate is there')
  return decision
}

/** `hold limit, warn utilisation` */
export function firedText(decision: DecidedCheck): string {
  return decision.fired.map(({ rule, reaction }) => `${reaction} ${rule}`).join(', ')
}

export function rulesDocument(
  rules: readonly CheckRule[],
  change: Partial<CheckRules> = {},
): CheckRules {
  return {
    id: 'test',
    label: { zh: '规则', en: 'Rules' },
    scale: 'standard',
    currency: 'CNY',
    horizon: { days: 90, laterShare: '0%' },
    cashOrders: 'exempt',
    tolerance: '0%',
    amendTolerance: '10%',
    graceDays: 3,
    reservationMinutes: 60,
    releaseAuthority: { admin: 'unlimited', 'credit-manager': '50000', sales: '0' },
    rules,
    ...change,
  }
}

export function prepared(
  rules: readonly CheckRule[],
  change: Partial<CheckRules> = {},
): PreparedCheckRules {
  return prepareCheckRules(rulesDocument([statusRule, ...rules], change))
}

/** An account with a limit of 1,000.00 CNY and nothing on it. */
export function levelOf(change: Partial<LevelFacts> = {}): LevelFacts {
  const level = change.level ?? 'party'
  return {
    level,
    accountId: `account-${level}`,
    code: 'C001',
    name: '江南机械',
    segment: '',
    currency: cny,
    status: 'open',
    statusReason: null,
    limitMinor: 100_000n,
    limitToOn: null,
    reviewOn: null,
    temporaryMinor: 0n,
    toleranceBps: null,
    balances: [],
    ...change,
  }
}

export function factsOf(
  change: Partial<Omit<CheckFacts, 'party'>> & {
    readonly party?: Partial<CheckFacts['party']>
  } = {},
): CheckFacts {
  const { party, ...rest } = change
  return {
    today,
    levels: [levelOf()],
    release: null,
    rates: [rate('USD', 'CNY', '7.1'), rate('CNY', 'USD', '0.14')],
    ...rest,
    party: {
      code: 'C001',
      roles: ['customer'],
      industry: null,
      grade: null,
      closedOn: null,
      agreedTerms: 'net-30',
      agreedDiscountBps: null,
      dunningLevel: 0,
      brokenPromisesOn: [],
      paymentReturnedOn: null,
      oldestOpenIssuedOn: null,
      overdue: [],
      ...party,
    },
  }
}

/** An order of 100.00 CNY that counts with nothing yet. */
export function requestOf(change: Partial<CheckRequest> = {}): CheckRequest {
  return {
    checkpoint: 'order',
    amount: money(10_000n, cny),
    counted: 0n,
    countedDelivered: 0n,
    countedLater: 0n,
    requestedOn: null,
    terms: null,
    discountBps: null,
    changedFields: [],
    quantity: null,
    daysSinceApproval: null,
    ...change,
  }
}

export function balance(
  stages: Partial<Record<Stage, bigint>>,
  of: { readonly currency?: Currency; readonly laterMinor?: bigint } = {},
): LevelFacts['balances'][number] {
  return { currency: of.currency ?? cny, stages, laterMinor: of.laterMinor ?? 0n }
}

export function late(dueOn: string, minor: bigint): CheckFacts['party']['overdue'][number] {
  return { dueOn: day(dueOn), currency: cny, minor }
}

export function rate(from: string, to: string, value: string, rateOn: Day = today) {
  const parsed = parseRate(value, { from: currency(from), to: currency(to), rateOn })
  invariant(parsed, 'a rate is positive')
  return parsed
}

function currency(code: string): Currency {
  const parsed = parseCurrency(code)
  invariant(parsed, `${code} is a currency`)
  return parsed
}

export const noLimit = levelOf({ limitMinor: null })

export const with_ = (party: Partial<CheckFacts['party']>) => factsOf({ party })

export const level = (change: Partial<LevelFacts>) => factsOf({ levels: [levelOf(change)] })

export const asksMinor = (minor: bigint) => requestOf({ amount: money(minor, cny) })

export const lateBy = (days: number, minor: bigint) => [
  { dueOn: addDays(today, -days), currency: cny, minor },
]
