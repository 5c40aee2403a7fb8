import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { LimitFormula } from '#kernel/limit/limit-policy.ts'
import type { PreparedFormula } from '#kernel/limit/prepare-limit-policy.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { divide, type Money, money, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'

/** What one formula came to; `unknown` names the indicators that were missing. */
export type FormulaResult = {
  readonly formula: LimitFormula
  /** Names and decimals in the order of the formula, as they were used. */
  readonly inputs: readonly FormulaInput[]
  readonly outcome:
    | { readonly kind: 'computed'; readonly amount: Money }
    | { readonly kind: 'unknown'; readonly indicators: readonly string[] }
}

/** `name` is an indicator's id or the name of a parameter. */
export type FormulaInput = { readonly name: string; readonly value: string | null }

export type FormulaFacts = {
  readonly values: IndicatorValues
  readonly indicators: ReadonlyMap<string, Indicator>
  readonly currency: Currency
}

/**
 * Computes one limit formula in the account's currency; results are rounded down to the minor unit
 * and never negative. Amounts of the formula itself are already in the account's currency.
 */
export function computeFormula(of: PreparedFormula, facts: FormulaFacts): FormulaResult {
  switch (of.kind) {
    case 'share-of-indicator':
      return shareOfIndicator(of, facts)
    case 'need':
      return need(of, facts)
    case 'amount': {
      const amount = money(of.minor, facts.currency)
      const inputs = [{ name: 'amount', value: toDecimal(amount) }]
      return { formula: of.document, inputs, outcome: { kind: 'computed', amount } }
    }
    case 'expected-loss':
      return expectedLoss(of, facts)
  }
}

function shareOfIndicator(
  of: PreparedFormula & { readonly kind: 'share-of-indicator' },
  facts: FormulaFacts,
): FormulaResult {
  const base = numberOf(facts, of.indicator)
  const name = of.document.kind === 'peak-exposure' ? 'factor' : 'share'
  const inputs = [input(facts, of.indicator), { name, value: scaledToDecimal(of.shareBps, 4) }]
  if (base === null) return unknown(of.document, inputs, of.indicator)
  return computed(of.document, inputs, divide(base * of.shareBps, 10_000n, 'down'), facts)
}

function need(of: PreparedFormula & { readonly kind: 'need' }, facts: FormulaFacts): FormulaResult {
  const monthly = numberOf(facts, of.monthlySales)
  const delay = of.expectedDelay === null ? null : numberOf(facts, of.expectedDelay)
  const decimals = facts.indicators.get(of.expectedDelay ?? '')?.decimals ?? 0
  const inputs = [
    input(facts, of.monthlySales),
    { name: 'term_days', value: String(of.termDays) },
    ...(of.expectedDelay === null ? [] : [input(facts, of.expectedDelay)]),
    { name: 'season_factor', value: scaledToDecimal(of.factor, 4) },
  ]
  if (monthly === null) return unknown(of.document, inputs, of.monthlySales)
  const unit = 10n ** BigInt(decimals)
  const late = delay === null || delay < 0n ? 0n : delay
  const days = BigInt(of.termDays) * unit + late
  const amount = divide(monthly * days * of.factor, 30n * unit * 10_000n, 'down')
  return computed(of.document, inputs, amount, facts)
}

function expectedLoss(
  of: PreparedFormula & { readonly kind: 'expected-loss' },
  facts: FormulaFacts,
): FormulaResult {
  const inputs = [
    { name: 'budget', value: toDecimal(money(of.budgetMinor, facts.currency)) },
    { name: 'default_probability', value: scaledToDecimal(of.probabilityBps, 4) },
    { name: 'loss_given_default', value: scaledToDecimal(of.lossBps, 4) },
  ]
  const product = of.probabilityBps * of.lossBps
  const amount = divide(of.budgetMinor * 100_000_000n, product, 'down')
  return computed(of.document, inputs, amount, facts)
}

function computed(
  formula: LimitFormula,
  inputs: readonly FormulaInput[],
  minor: bigint,
  facts: FormulaFacts,
): FormulaResult {
  const amount = money(minor < 0n ? 0n : minor, facts.currency)
  return { formula, inputs, outcome: { kind: 'computed', amount } }
}

function unknown(
  formula: LimitFormula,
  inputs: readonly FormulaInput[],
  indicator: string,
): FormulaResult {
  return { formula, inputs, outcome: { kind: 'unknown', indicators: [indicator] } }
}

function numberOf(facts: FormulaFacts, id: string): bigint | null {
  const value = facts.values[id] ?? null
  return typeof value === 'bigint' ? value : null
}

function input(facts: FormulaFacts, id: string): FormulaInput {
  const value = numberOf(facts, id)
  const indicator = facts.indicators.get(id)
  if (value === null || !indicator) return { name: id, value: null }
  const readable =
    indicator.unit === 'money'
      ? toDecimal(money(value, facts.currency))
      : scaledToDecimal(value, indicator.decimals)
  return { name: id, value: readable }
}
