/** One customer of one of two groups, with what is counted of it. */
export type Compared = {
  readonly isChallenger: boolean
  /** A figure is the sum of the first over the sum of the second. */
  readonly parts: Readonly<Record<string, readonly [top: number, bottom: number]>>
}

export type ComparedFigure = {
  readonly id: string
  readonly champion: number | null
  readonly challenger: number | null
  /** Challenger less champion, and within what it lies. */
  readonly difference: number | null
  readonly low: number | null
  readonly high: number | null
  /** The smallest true difference that would be noticed in four of five such trials. */
  readonly detectable: number | null
  /**
   * `too-few`: so few customers add to it that nothing can be said; `not-significant`: chance alone
   * may have made the difference.
   */
  readonly verdict: 'higher' | 'lower' | 'not-significant' | 'too-few'
}

/** Of each group, with something of what the figure is over. */
const fewestCustomers = 30
/** Of both groups together, with something of what is counted. */
const fewestTouched = 20
const noticed = 0.8416

/**
 * Holds figures of two groups of customers against each other. A customer's amounts stand together,
 * so a figure is a ratio of sums over customers and its variance that of a ratio estimator (Cochran,
 * Sampling Techniques, 1977, 6.3). Since several figures are looked at, each interval is wider than
 * 95 % so that all of them hold together (Bonferroni).
 */
export function compareGroups(
  customers: readonly Compared[],
  figures: readonly string[],
): ComparedFigure[] {
  const certain = normalQuantile(1 - 0.025 / figures.length)
  return figures.map((id) => {
    const [challenger, champion] = [true, false].map((isChallenger) =>
      ratioOf(
        customers.flatMap(({ parts, ...of }) =>
          of.isChallenger === isChallenger ? [parts[id] ?? ([0, 0] as const)] : [],
        ),
      ),
    ) as [Ratio, Ratio]
    const told = { id, champion: champion.value, challenger: challenger.value }
    const isEnough =
      Math.min(challenger.customers, champion.customers) >= fewestCustomers &&
      challenger.touched + champion.touched >= fewestTouched
    if (challenger.value === null || champion.value === null || !isEnough) {
      const nothing = { difference: null, low: null, high: null, detectable: null }
      return { ...told, ...nothing, verdict: 'too-few' as const }
    }
    const difference = challenger.value - champion.value
    const error = Math.sqrt(challenger.variance + champion.variance)
    const [low, high] = [difference - certain * error, difference + certain * error]
    const verdict = low > 0 ? 'higher' : high < 0 ? 'lower' : 'not-significant'
    return { ...told, difference, low, high, detectable: (certain + noticed) * error, verdict }
  })
}

type Ratio = {
  readonly value: number | null
  readonly variance: number
  readonly customers: number
  readonly touched: number
}

function ratioOf(parts: readonly (readonly [number, number])[]): Ratio {
  const over = parts.filter(([, bottom]) => bottom !== 0)
  let [tops, bottoms, touched] = [0, 0, 0]
  for (const [top, bottom] of over) {
    tops += top
    bottoms += bottom
    if (top !== 0) touched += 1
  }
  const customers = over.length
  if (bottoms === 0) return { value: null, variance: 0, customers, touched }
  const value = tops / bottoms
  let squares = 0
  for (const [top, bottom] of over) squares += (top - value * bottom) ** 2
  const variance = customers < 2 ? 0 : ((squares / bottoms ** 2) * customers) / (customers - 1)
  return { value, variance, customers, touched }
}

/** Of the standard normal distribution, for 0.5 < p < 1 (Abramowitz and Stegun, 26.2.23). */
function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - p))
  const top = 2.515517 + t * (0.802853 + t * 0.010328)
  return t - top / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
}
