import { balanceIndicators, balanceOf } from '#kernel/indicator/balance-indicators.ts'
import { conductIndicators, conductOf } from '#kernel/indicator/conduct-indicators.ts'
import { indicatorFrom, wholeCount } from '#kernel/indicator/define-indicator.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import { latenessIndicators, latenessOf } from '#kernel/indicator/lateness-indicators.ts'
import { type LedgerTerms, readLedger } from '#kernel/indicator/ledger-reading.ts'
import { paymentDaysIndicators, paymentDaysOf } from '#kernel/indicator/payment-days-indicators.ts'
import { tradeIndicators, tradeOf } from '#kernel/indicator/trade-indicators.ts'
import type { PartyHistory } from '#kernel/receivable/history.ts'

/** Every indicator that the ledger gives, for lists, policies and the explanation of values. */
export const ledgerIndicators: readonly Indicator[] = [
  ...latenessIndicators,
  ...paymentDaysIndicators,
  ...balanceIndicators,
  ...tradeIndicators,
  ...conductIndicators,
  indicatorFrom('ledger')(
    'amounts_without_rate',
    wholeCount,
    ['无汇率单据数', 'Documents without a rate'],
    [
      '缺少汇率、无法折成账户币种的单据数；大于0时，依赖这些金额的指标无值。',
      'Documents that no exchange rate turns into the account currency; what needs them is empty.',
    ],
  ),
]

/**
 * Computes every ledger indicator of a party at the end of a day; all ids are present, null where
 * the facts do not tell. Facts dated later change nothing: an invoice paid afterwards is open, its
 * further delay unknown. Windows of n months are `asOf − n months < day <= asOf`. Past amounts are
 * turned into the account currency at their own day's rate, balances and limits at that of `asOf`;
 * a missing rate empties the indicators that need the amount and no others.
 */
export function ledgerIndicatorsOf(history: PartyHistory, terms: LedgerTerms): IndicatorValues {
  const reading = readLedger(history, terms)
  const values = {
    ...latenessOf(reading),
    ...paymentDaysOf(reading),
    ...balanceOf(reading),
    ...tradeOf(reading),
    ...conductOf(reading),
  }
  return { ...values, amounts_without_rate: BigInt(reading.withoutRate.size) }
}
