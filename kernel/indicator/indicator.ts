/** What an indicator measures; decides how thresholds are read and how values are shown. */
export type IndicatorUnit =
  | 'days'
  | 'months'
  | 'percent'
  | 'ratio'
  | 'count'
  | 'money'
  | 'yes-no'
  | 'text'

/** A named, typed quantity about a party (指标): the common language of all policies. */
export type Indicator = {
  /** Stable, snake_case, unit last where it is not plain: `overdue_days_now`, `late_share_12m`. */
  readonly id: string
  readonly unit: IndicatorUnit
  /**
   * Values are whole numbers of `10^-decimals` units: 2 for days with hundredths, 4 for a percent
   * kept as a fraction (`0.3125` is 3125), the currency's exponent for money, 0 for counts.
   */
  readonly decimals: number
  readonly source: 'ledger' | 'statement' | 'profile' | 'outside' | 'formula'
  readonly label: { readonly zh: string; readonly en: string }
  /** One sentence a business person understands: what is counted, over which window. */
  readonly meaning: { readonly zh: string; readonly en: string }
}

/** A scaled integer, a text (unit `text`), or null where the facts do not tell. Yes is 1n, no 0n. */
export type IndicatorValue = bigint | string | null

export type IndicatorValues = Readonly<Record<string, IndicatorValue>>
