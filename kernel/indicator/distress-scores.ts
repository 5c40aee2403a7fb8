import { divide } from '#kernel/money/money.ts'

/** What the scores read, in minor units of one currency; flows are of one year. */
export type DistressInputs = {
  readonly currentAssets: bigint
  readonly currentLiabilities: bigint
  readonly totalAssets: bigint
  readonly totalLiabilities: bigint
  readonly equity: bigint
  readonly retainedEarnings: bigint
}

/** A flow as a fraction, so that annualising it rounds nothing. */
export type YearlyFlow = { readonly numerator: bigint; readonly denominator: bigint }

export type DistressScore = { readonly score4: bigint; readonly zone: string }

/**
 * Altman's Z″ for private and non-manufacturing companies (Altman, Hartzell and Peck 1995; Altman
 * 2000), in four decimals, half-even once:
 * `6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4` with X1 working capital ÷ assets, X2 retained earnings ÷
 * assets, X3 earnings before interest and tax ÷ assets, X4 book equity ÷ liabilities. Without the
 * constant 3.25 of the bond-rating form; `distress` below 1.10, `safe` above 2.60, else `grey`.
 * Null where assets or liabilities are not positive.
 */
export function altmanZ2Of(of: DistressInputs, ebit: YearlyFlow): DistressScore | null {
  const { totalAssets, totalLiabilities, equity } = of
  if (totalAssets <= 0n || totalLiabilities <= 0n) return null
  const workingCapital = of.currentAssets - of.currentLiabilities
  const stocks = (656n * workingCapital + 326n * of.retainedEarnings) * ebit.denominator
  const overAssets = (stocks + 672n * ebit.numerator) * totalLiabilities
  const overLiabilities = 105n * equity * totalAssets * ebit.denominator
  const denominator = 100n * ebit.denominator * totalAssets * totalLiabilities
  const score4 = divide((overAssets + overLiabilities) * 10_000n, denominator, 'half-even')
  return { score4, zone: score4 < 11_000n ? 'distress' : score4 > 26_000n ? 'safe' : 'grey' }
}

/**
 * Zmijewski's probit score (Journal of Accounting Research 22, 1984, Supplement; estimated on 40
 * bankrupt and 800 other companies), in four decimals, half-even once:
 * `−4.336 − 4.513 NI/TA + 5.679 TL/TA + 0.004 CA/CL`. Sources that print three decimals give the
 * liquidity term as +0.004 (YCharts among them); course texts that round to −4.3, −4.5 and 5.7
 * often print −0.004. We take the former; a current ratio of 2 is worth 0.008 either way. Above 0,
 * a probability over one half, is `distress`, else `sound`. Null where assets or current
 * liabilities are not positive.
 */
export function zmijewskiOf(of: DistressInputs, netProfit: YearlyFlow): DistressScore | null {
  const { totalAssets, totalLiabilities, currentAssets, currentLiabilities } = of
  if (totalAssets <= 0n || currentLiabilities <= 0n) return null
  const { numerator: profit, denominator: years } = netProfit
  const overAssets = (-4513n * profit + 5679n * totalLiabilities * years) * currentLiabilities
  const liquidity = 4n * currentAssets * totalAssets * years
  const constant = -4336n * totalAssets * years * currentLiabilities
  const denominator = 1000n * totalAssets * years * currentLiabilities
  const score4 = divide((constant + overAssets + liquidity) * 10_000n, denominator, 'half-even')
  return { score4, zone: score4 > 0n ? 'distress' : 'sound' }
}
