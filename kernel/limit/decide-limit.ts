import { addMonths, type Day, monthsBetween } from '#kernel/calendar/day.ts'
import { type AccountPolicy, policyInAccountCurrency } from '#kernel/limit/account-policy.ts'
import { computeFormula } from '#kernel/limit/compute-formula.ts'
import type { FormulaResult } from '#kernel/limit/formula-result.ts'
import type {
  DecidedLimit,
  LimitAdjustment,
  LimitDecision,
  LimitFacts,
} from '#kernel/limit/limit-decision.ts'
import type { PreparedLimitPolicy } from '#kernel/limit/prepare-limit-policy.ts'
import { divide, money } from '#kernel/money/money.ts'

/**
 * Decides a credit limit: formulas, combined as the policy says; then floor, cap and rounding down
 * (so that rounding never passes the cap); then, against the current limit, a small change keeps
 * it, a raise goes by steps, a reduction holds at once and so does a cap. By a checked policy a
 * worse grade never gets more, and deciding again with the result as current changes nothing.
 */
export function decideLimit(policy: PreparedLimitPolicy, facts: LimitFacts): LimitDecision {
  const found = policyInAccountCurrency(policy, facts)
  if (found.kind !== 'found') return found
  const { account, current } = found
  const { accountCurrency: currency, indicators: values, asOf, grade } = facts
  const formulas = account.formulas.map((formula) =>
    computeFormula(formula, { values, indicators: policy.indicators, currency }),
  )
  const basis = basisOf(policy, facts, formulas)
  const bound = basis === 'formulas' ? combine(formulas, policy.document.combine) : null
  const steps: Step[] = []
  const wanted = bound?.minor ?? account.newCustomerMinor
  const target = withinFloorAndCap(wanted, account, steps)
  const minor = current ? against(current, target, account, policy, asOf, steps) : target
  const { document } = policy
  const onProbation = basis !== 'formulas'
  const terms = (onProbation ? document.newCustomer.terms : document.terms)[grade]
  const validMonths = document.validityMonths[grade] ?? 1
  const probation = document.newCustomer.probationMonths
  const months = onProbation ? Math.min(probation, validMonths) : validMonths
  return {
    kind: 'decided',
    policy: document.id,
    asOf,
    grade,
    amount: money(minor, currency),
    current: facts.current,
    change: changeOf(current?.minor ?? null, minor),
    basis,
    formulas,
    binding: bound?.id ?? null,
    adjustments: steps.map(([kind, from, to]) => ({
      kind,
      from: money(from, currency),
      to: money(to, currency),
    })),
    terms: terms ?? { code: 'prepaid', days: 0 },
    validTo: addMonths(asOf, months),
    reviewOn: addMonths(asOf, Math.min(document.reviewMonths[grade] ?? 1, months)),
  }
}

type Step = [LimitAdjustment['kind'], bigint, bigint]

function basisOf(
  policy: PreparedLimitPolicy,
  facts: LimitFacts,
  formulas: readonly FormulaResult[],
): DecidedLimit['basis'] {
  const rule = policy.document.newCustomer
  const months = wholeUnits(policy, facts, rule.relationshipMonths)
  const invoices = wholeUnits(policy, facts, rule.invoiceCount)
  if (months === null || months < BigInt(rule.untilMonths)) return 'new-customer'
  if (months < 12n && (invoices ?? 0n) < BigInt(rule.untilInvoices)) return 'new-customer'
  return formulas.some(({ outcome }) => outcome.kind === 'computed') ? 'formulas' : 'no-figures'
}

function wholeUnits(policy: PreparedLimitPolicy, facts: LimitFacts, id: string): bigint | null {
  const value = facts.indicators[id] ?? null
  if (typeof value !== 'bigint') return null
  return divide(value, 10n ** BigInt(policy.indicators.get(id)?.decimals ?? 0), 'floor')
}

type Bound = { readonly id: string; readonly minor: bigint }

function combine(
  formulas: readonly FormulaResult[],
  how: 'minimum' | 'median' | 'maximum',
): Bound | null {
  const computed = formulas.flatMap(({ formula, outcome }): Bound[] =>
    outcome.kind === 'computed' ? [{ id: formula.id, minor: outcome.amount.minor }] : [],
  )
  const rising = computed.sort((a, b) => (a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0))
  const places = { minimum: 0, median: Math.floor((rising.length - 1) / 2), maximum: -1 }
  return rising.at(places[how]) ?? null
}

function withinFloorAndCap(wanted: bigint, account: AccountPolicy, steps: Step[]): bigint {
  let amount = wanted
  const move = (kind: LimitAdjustment['kind'], to: bigint): void => {
    steps.push([kind, amount, to])
    amount = to
  }
  if (amount < account.floorMinor) move('floor', account.floorMinor)
  if (amount > account.capMinor) move('cap', account.capMinor)
  const rounded = roundDown(amount, account.stepMinor)
  if (rounded !== amount) move('rounded', rounded)
  return amount
}

function against(
  current: { readonly minor: bigint; readonly grantedOn: Day },
  target: bigint,
  account: AccountPolicy,
  policy: PreparedLimitPolicy,
  asOf: Day,
  steps: Step[],
): bigint {
  const old = current.minor
  const settle = (kind: LimitAdjustment['kind'], to: bigint): bigint => {
    steps.push([kind, target, to])
    return to
  }
  if (target === old) return old
  if (isSmallChange(old, target, account, policy)) return settle('kept', old)
  if (target < old || policy.raise === null) return target
  const { shareBps, everyMonths } = policy.raise
  if (monthsBetween(current.grantedOn, asOf) < everyMonths) return settle('raise-too-soon', old)
  const byShare = old + divide(old * shareBps, 10_000n, 'down')
  const furthest = [old + account.stepMinor, byShare, account.newCustomerMinor].reduce(larger)
  if (target <= furthest) return target
  return settle('raise-limited', larger(roundDown(furthest, account.stepMinor), old))
}

function isSmallChange(
  old: bigint,
  target: bigint,
  account: AccountPolicy,
  policy: PreparedLimitPolicy,
): boolean {
  if (policy.keepWithin === null || old > account.capMinor || old < account.floorMinor) return false
  const change = target > old ? target - old : old - target
  return change * 10_000n < old * policy.keepWithin.shareBps && change < account.keepMinor
}

function changeOf(old: bigint | null, minor: bigint): DecidedLimit['change'] {
  if (old === null) return 'new'
  return minor > old ? 'raised' : minor < old ? 'lowered' : 'unchanged'
}

function roundDown(amount: bigint, step: bigint): bigint {
  return amount - (amount % step)
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
