import type { Label } from '#kernel/document/label.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { type FormulaInput, type FormulaResult, ToldFormula } from '#kernel/limit/formula-result.ts'
import type { LimitFormula } from '#kernel/limit/limit-policy.ts'
import type { PreparedFormula } from '#kernel/limit/prepare-limit-policy.ts'
import type { Currency } from '#kernel/money/currency.ts'
import {
  divide,
  type Money,
  money,
  scaledToDecimal,
  toDecimal,
  toReadable,
} from '#kernel/money/money.ts'
import { valueText } from '#kernel/scoring/value-text.ts'

type FormulaFacts = {
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
      return new ToldFormula(
        of.document,
        () => [amountParameter('amount', labels.amount, amount)],
        { kind: 'computed', amount },
      )
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
  const inputs = () => [
    input(facts, of.indicator),
    of.document.kind === 'peak-exposure'
      ? factorParameter('factor', labels.factor, of.shareBps)
      : shareParameter('share', labels.share, of.shareBps),
  ]
  if (base === null) return unknown(of.document, inputs, of.indicator)
  return computed(of.document, inputs, divide(base * of.shareBps, 10_000n, 'down'), facts)
}

function need(of: PreparedFormula & { readonly kind: 'need' }, facts: FormulaFacts): FormulaResult {
  const monthly = numberOf(facts, of.monthlySales)
  const delay = of.expectedDelay === null ? null : numberOf(facts, of.expectedDelay)
  const decimals = facts.indicators.get(of.expectedDelay ?? '')?.decimals ?? 0
  const inputs = () => [
    input(facts, of.monthlySales),
    plain('term_days', labels.termDays, String(of.termDays), () => `${of.termDays}`),
    ...(of.expectedDelay === null ? [] : [input(facts, of.expectedDelay)]),
    factorParameter('season_factor', labels.seasonFactor, of.factor),
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
  const inputs = () => [
    amountParameter('budget', labels.budget, money(of.budgetMinor, facts.currency)),
    shareParameter('default_probability', labels.probability, of.probabilityBps),
    shareParameter('loss_given_default', labels.loss, of.lossBps),
  ]
  const product = of.probabilityBps * of.lossBps
  const amount = divide(of.budgetMinor * 100_000_000n, product, 'down')
  return computed(of.document, inputs, amount, facts)
}

function computed(
  formula: LimitFormula,
  inputs: () => readonly FormulaInput[],
  minor: bigint,
  facts: FormulaFacts,
): FormulaResult {
  const amount = money(minor < 0n ? 0n : minor, facts.currency)
  return new ToldFormula(formula, inputs, { kind: 'computed', amount })
}

function unknown(
  formula: LimitFormula,
  inputs: () => readonly FormulaInput[],
  indicator: string,
): FormulaResult {
  return new ToldFormula(formula, inputs, { kind: 'unknown', indicators: [indicator] })
}

function numberOf(facts: FormulaFacts, id: string): bigint | null {
  const value = facts.values[id] ?? null
  return typeof value === 'bigint' ? value : null
}

function input(facts: FormulaFacts, id: string): FormulaInput {
  const value = numberOf(facts, id)
  const indicator = facts.indicators.get(id)
  if (!indicator) return plain(id, { zh: id, en: id }, null, () => '?')
  if (value !== null && indicator.unit === 'money') {
    return amountParameter(id, indicator.label, money(value, facts.currency))
  }
  const decimal = value === null ? null : scaledToDecimal(value, indicator.decimals)
  const { label } = indicator
  return {
    ...{ name: id, value: decimal, label },
    get shown() {
      return valueText(indicator, value)
    },
  }
}

function amountParameter(name: string, label: Label, amount: Money): FormulaInput {
  return plain(name, label, toDecimal(amount), () => toReadable(amount))
}

function shareParameter(name: string, label: Label, bps: bigint): FormulaInput {
  const percent = () => `${scaledToDecimal(bps, 2).replace(/\.?0+$/, '')}%`
  return plain(name, label, scaledToDecimal(bps, 4), percent)
}

function factorParameter(name: string, label: Label, factor: bigint): FormulaInput {
  const decimal = scaledToDecimal(factor, 4)
  return plain(name, label, decimal, () => decimal.replace(/\.?0+$/, ''))
}

function plain(
  name: string,
  label: Label,
  value: string | null,
  shown: () => string,
): FormulaInput {
  return {
    ...{ name, value, label },
    get shown() {
      const text = shown()
      return { zh: text, en: text }
    },
  }
}

const labels = {
  amount: { zh: '金额', en: 'amount' },
  factor: { zh: '系数', en: 'factor' },
  share: { zh: '比例', en: 'share' },
  termDays: { zh: '账期天数', en: 'term days' },
  seasonFactor: { zh: '季节系数', en: 'season factor' },
  budget: { zh: '损失预算', en: 'loss budget' },
  probability: { zh: '违约概率', en: 'probability of default' },
  loss: { zh: '违约损失率', en: 'loss given default' },
}
