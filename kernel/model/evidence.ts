/** Cases of a bin. */
export type BinCounts = { readonly good: number; readonly bad: number }

/** Imagined cases of the book's own bad rate in every bin. */
const smoothing = 5

/**
 * Weight of evidence of a bin, ln of its bad odds over the bad odds of all: above 0 is worse than
 * the book (Siddiqi, Credit Risk Scorecards, 2006, with the sign turned so that coefficients of a
 * model of default are positive). And its part of the information value,
 * (share of bads − share of goods) × weight. Each bin has `smoothing` further cases that are bad
 * at the rate of all, so that a bin without bads has a finite weight and an empty one has 0.
 */
export function evidenceOf(bin: BinCounts, all: BinCounts): { woe: number; iv: number } {
  if (all.good === 0 || all.bad === 0) return { woe: 0, iv: 0 }
  const rate = all.bad / (all.good + all.bad)
  const bads = bin.bad + smoothing * rate
  const goods = bin.good + smoothing * (1 - rate)
  const woe = Math.log(bads / goods) - Math.log(all.bad / all.good)
  return { woe, iv: (bads / all.bad - goods / all.good) * woe }
}
