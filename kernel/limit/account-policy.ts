import type { Day } from '#kernel/calendar/day.ts'
import type { LimitDecision, LimitFacts } from '#kernel/limit/limit-decision.ts'
import type {
  GradePolicy,
  PreparedFormula,
  PreparedLimitPolicy,
} from '#kernel/limit/prepare-limit-policy.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, money } from '#kernel/money/money.ts'

/** What the policy says for a grade, all amounts in the account's currency. */
export type AccountPolicy = GradePolicy & {
  readonly stepMinor: bigint
  readonly keepMinor: bigint
}

type Found = {
  readonly kind: 'found'
  readonly account: AccountPolicy
  readonly current: { readonly minor: bigint; readonly grantedOn: Day } | null
}

/**
 * Translates the amounts of the policy and the current limit into the account's currency. The
 * rounding step becomes the largest power of ten that is not above the translated one, because a
 * limit in steps of 139.48 dollars reads badly and would move with every rate.
 */
export function policyInAccountCurrency(
  policy: PreparedLimitPolicy,
  facts: LimitFacts,
): Found | Exclude<LimitDecision, { readonly kind: 'decided' }> {
  const grade = policy.grades.get(facts.grade)
  if (!grade) return { kind: 'unknown-grade', grade: facts.grade }
  const to = facts.accountCurrency
  const missing: Currency[] = []
  const translate = (amount: Money): bigint => {
    if (amount.currency === to) return amount.minor
    const converted = facts.convert(amount, to)
    if (converted === null) missing.push(amount.currency)
    return converted?.minor ?? 0n
  }
  const own = (minor: bigint): bigint => translate(money(minor, policy.currency))
  const account: AccountPolicy = {
    floorMinor: own(grade.floorMinor),
    capMinor: own(grade.capMinor),
    newCustomerMinor: own(grade.newCustomerMinor),
    formulas: grade.formulas.map((formula) => translateFormula(formula, own)),
    stepMinor: policy.currency === to ? policy.stepMinor : powerOfTenIn(own(policy.stepMinor)),
    keepMinor: own(policy.keepWithin?.minor ?? 0n),
  }
  const { current } = facts
  const translated = current && { minor: translate(current.amount), grantedOn: current.grantedOn }
  const [from] = missing
  if (from !== undefined) return { kind: 'rate-missing', from, to }
  return { kind: 'found', account, current: translated }
}

function translateFormula(formula: PreparedFormula, own: (minor: bigint) => bigint) {
  if (formula.kind === 'amount') return { ...formula, minor: own(formula.minor) }
  if (formula.kind !== 'expected-loss') return formula
  return { ...formula, budgetMinor: own(formula.budgetMinor) }
}

function powerOfTenIn(step: bigint): bigint {
  let power = 1n
  while (power * 10n <= step) power *= 10n
  return power
}
