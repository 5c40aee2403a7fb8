/** What a logistic regression is fitted to: columns of the same length beside the outcome. */
export type LogisticProblem = {
  readonly columns: readonly Float64Array[]
  readonly bad: Uint8Array
  /** Added to the log-odds of each case. */
  readonly offset?: Float64Array
  /** Strength by which each coefficient is drawn to `prior`, per coefficient. */
  readonly ridge: readonly number[]
  readonly prior?: readonly number[]
  /** True: the coefficient must not be negative. */
  readonly notNegative: readonly boolean[]
}

export type LogisticFit = {
  readonly intercept: number
  readonly coefficients: readonly number[]
  readonly converged: boolean
}

const mostRounds = 60
const tolerance = 1e-7

/**
 * Logistic regression of bads by Newton's method (iteratively reweighted least squares). Minimises
 * −log likelihood + ½ Σ ridge (coefficient − prior)²; the intercept is free. Constrained coefficients
 * are held at 0 as an active set: one that would turn negative is stopped there, and let go when the
 * likelihood pulls it back up. The problem is convex, so where no free gradient is left and no held
 * coefficient wants up, this is the optimum.
 */
export function fitLogistic(problem: LogisticProblem): LogisticFit {
  const { columns, bad, notNegative } = problem
  const size = columns.length + 1
  const x = [new Float64Array(bad.length).fill(1), ...columns]
  const beta = new Float64Array(size)
  for (const [index, prior] of (problem.prior ?? []).entries()) beta[index + 1] = prior
  beta[0] = startingIntercept(bad)
  const isHeld = new Uint8Array(size)
  for (let round = 0; round < mostRounds; round += 1) {
    const { gradient, hessian } = derivatives(problem, x, beta)
    const scale = tolerance * Math.max(1, bad.length)
    let released = -1
    let pull = -scale
    let steepest = 0
    for (let index = 0; index < size; index += 1) {
      const slope = gradient[index] ?? 0
      if (!isHeld[index]) steepest = Math.max(steepest, Math.abs(slope))
      else if (slope < pull) {
        pull = slope
        released = index
      }
    }
    if (steepest < scale) {
      if (released < 0) return fitOf(beta, true)
      isHeld[released] = 0
    }
    step(problem, x, { beta, gradient, hessian, isHeld, notNegative })
  }
  return fitOf(beta, false)
}

function fitOf(beta: Float64Array, converged: boolean): LogisticFit {
  return { intercept: beta[0] ?? 0, coefficients: [...beta.subarray(1)], converged }
}

function startingIntercept(bad: Uint8Array): number {
  const bads = bad.reduce((sum, each) => sum + each, 0)
  return Math.log((bads + 0.5) / (bad.length - bads + 0.5))
}

export function chance(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** Log-odds of each case. */
export function logOddsOf(
  columns: readonly Float64Array[],
  { intercept, coefficients }: Pick<LogisticFit, 'intercept' | 'coefficients'>,
  length: number,
): Float64Array {
  const sum = new Float64Array(length).fill(intercept)
  for (const [index, column] of columns.entries()) {
    const coefficient = coefficients[index] ?? 0
    if (coefficient === 0) continue
    for (let row = 0; row < length; row += 1) {
      sum[row] = (sum[row] as number) + coefficient * (column[row] as number)
    }
  }
  return sum
}

function derivatives(problem: LogisticProblem, x: readonly Float64Array[], beta: Float64Array) {
  const { bad, offset } = problem
  const length = bad.length
  const size = x.length
  const fit = { intercept: beta[0] ?? 0, coefficients: [...beta.subarray(1)] }
  const logOdds = logOddsOf(problem.columns, fit, length)
  const residual = new Float64Array(length)
  const weight = new Float64Array(length)
  for (let row = 0; row < length; row += 1) {
    const p = chance((logOdds[row] as number) + (offset?.[row] ?? 0))
    residual[row] = p - (bad[row] as number)
    weight[row] = Math.max(p * (1 - p), 1e-9)
  }
  const gradient = new Float64Array(size)
  const hessian = Array.from({ length: size }, () => new Float64Array(size))
  const weighted = new Float64Array(length)
  for (let i = 0; i < size; i += 1) {
    const xi = x[i] as Float64Array
    let slope = 0
    for (let row = 0; row < length; row += 1) {
      slope += (xi[row] as number) * (residual[row] as number)
      weighted[row] = (xi[row] as number) * (weight[row] as number)
    }
    const ridge = i === 0 ? 0 : (problem.ridge[i - 1] ?? 0)
    gradient[i] = slope + ridge * ((beta[i] as number) - (problem.prior?.[i - 1] ?? 0))
    for (let j = 0; j <= i; j += 1) {
      const xj = x[j] as Float64Array
      let sum = 0
      for (let row = 0; row < length; row += 1) {
        sum += (weighted[row] as number) * (xj[row] as number)
      }
      ;(hessian[i] as Float64Array)[j] = sum
      ;(hessian[j] as Float64Array)[i] = sum
    }
    ;(hessian[i] as Float64Array)[i] = ((hessian[i] as Float64Array)[i] as number) + ridge + 1e-8
  }
  return { gradient, hessian }
}

type Step = {
  readonly beta: Float64Array
  readonly gradient: Float64Array
  readonly hessian: readonly Float64Array[]
  readonly isHeld: Uint8Array
  readonly notNegative: readonly boolean[]
}

/** A Newton step over the coefficients that are free, halved until the loss falls. */
function step(problem: LogisticProblem, x: readonly Float64Array[], of: Step): void {
  const { beta, gradient, hessian, isHeld, notNegative } = of
  const before = Float64Array.from(beta)
  let free = [...beta.keys()].filter((index) => !isHeld[index])
  let move = solve(hessian, gradient, free)
  // A coefficient at 0 that would leave downwards is held before the step, not in its middle.
  for (;;) {
    const stuck = free.filter(
      (index, at) =>
        index > 0 && notNegative[index - 1] && (before[index] ?? 0) <= 0 && (move[at] ?? 0) > 0,
    )
    if (stuck.length === 0) break
    for (const index of stuck) {
      isHeld[index] = 1
      beta[index] = 0
    }
    free = free.filter((index) => !isHeld[index])
    move = solve(hessian, gradient, free)
  }
  const loss = lossOf(problem, x, before)
  let length = 1
  let blocking = -1
  for (const [at, index] of free.entries()) {
    const down = move[at] ?? 0
    if (index === 0 || !notNegative[index - 1] || down <= 0) continue
    const reach = (before[index] ?? 0) / down
    if (reach < length) {
      length = reach
      blocking = index
    }
  }
  for (let halvings = 0; halvings < 30; halvings += 1) {
    for (const [at, index] of free.entries()) {
      beta[index] = (before[index] ?? 0) - length * (move[at] ?? 0)
    }
    if (lossOf(problem, x, beta) <= loss + 1e-9) break
    length /= 2
    blocking = -1
  }
  if (blocking >= 0) {
    beta[blocking] = 0
    isHeld[blocking] = 1
  }
}

function lossOf(problem: LogisticProblem, x: readonly Float64Array[], beta: Float64Array): number {
  const fit = { intercept: beta[0] ?? 0, coefficients: [...beta.subarray(1)] }
  const logOdds = logOddsOf(x.slice(1), fit, problem.bad.length)
  let loss = 0
  for (let row = 0; row < logOdds.length; row += 1) {
    const z = (logOdds[row] as number) + (problem.offset?.[row] ?? 0)
    const signed = problem.bad[row] ? -z : z
    loss += signed > 30 ? signed : Math.log1p(Math.exp(signed))
  }
  for (let index = 1; index < beta.length; index += 1) {
    const distance = (beta[index] ?? 0) - (problem.prior?.[index - 1] ?? 0)
    loss += 0.5 * (problem.ridge[index - 1] ?? 0) * distance ** 2
  }
  return loss
}

/** Solves H m = g over the free positions, by Cholesky's decomposition. */
function solve(
  hessian: readonly Float64Array[],
  gradient: Float64Array,
  free: readonly number[],
): Float64Array {
  const n = free.length
  const lower = free.map(() => new Float64Array(n))
  const y = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    const li = lower[i] as Float64Array
    const row = hessian[free[i] as number] as Float64Array
    for (let j = 0; j <= i; j += 1) {
      const lj = lower[j] as Float64Array
      let sum = row[free[j] as number] as number
      for (let k = 0; k < j; k += 1) sum -= (li[k] as number) * (lj[k] as number)
      li[j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (lj[j] as number)
    }
    let right = gradient[free[i] as number] as number
    for (let k = 0; k < i; k += 1) right -= (li[k] as number) * (y[k] as number)
    y[i] = right / (li[i] as number)
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    let right = y[i] as number
    for (let k = i + 1; k < n; k += 1) {
      right -= ((lower[k] as Float64Array)[i] as number) * (y[k] as number)
    }
    y[i] = right / ((lower[i] as Float64Array)[i] as number)
  }
  return y
}
