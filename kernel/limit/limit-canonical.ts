import type { Canonical } from '#kernel/decision/canonical.ts'
import type { FormulaResult } from '#kernel/limit/formula-result.ts'
import type { DecidedLimit } from '#kernel/limit/limit-decision.ts'
import { toDecimal } from '#kernel/money/money.ts'

/** A limit decision as it is stored; amounts are decimals of the account's currency. */
export function limitCanonical(decision: DecidedLimit): Canonical {
  const { current } = decision
  return {
    policy: decision.policy,
    asOf: decision.asOf,
    grade: decision.grade,
    currency: decision.amount.currency,
    current: current && {
      amount: toDecimal(current.amount),
      currency: current.amount.currency,
      grantedOn: current.grantedOn,
    },
    basis: decision.basis,
    formulas: decision.formulas.map(formulaCanonical),
    binding: decision.binding,
    adjustments: decision.adjustments.map(({ kind, from, to }) => [
      kind,
      toDecimal(from),
      toDecimal(to),
    ]),
    amount: toDecimal(decision.amount),
    change: decision.change,
    terms: { code: decision.terms.code, days: decision.terms.days },
    validTo: decision.validTo,
    reviewOn: decision.reviewOn,
  }
}

function formulaCanonical({ formula, inputs, outcome }: FormulaResult): Canonical {
  return {
    id: formula.id,
    kind: formula.kind,
    inputs: inputs.map(({ name, value }) => [name, value]),
    amount: outcome.kind === 'computed' ? toDecimal(outcome.amount) : null,
  }
}
