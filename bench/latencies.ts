/** What a load came to. Latencies in milliseconds. */
export type Figures = {
  readonly seconds: number
  readonly checks: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Processor seconds of the load generator itself. */
  readonly cpuSeconds: number
}

export function figuresOf(of: {
  latenciesMs: readonly number[]
  checks: number
  seconds: number
  cpuSeconds: number
}): Figures {
  const sorted = Float64Array.from(of.latenciesMs).sort()
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return {
    seconds: of.seconds,
    checks: of.checks,
    perSecond: of.checks / of.seconds,
    p50: at(0.5),
    p99: at(0.99),
    max: at(1),
    cpuSeconds: of.cpuSeconds,
  }
}

export function inWords(figures: Figures): string {
  const { checks, seconds, p50, p99, max, cpuSeconds } = figures
  return (
    `${checks} in ${seconds.toFixed(1)} s, latency p50 ${p50.toFixed(1)} ms, ` +
    `p99 ${p99.toFixed(1)} ms, max ${max.toFixed(0)} ms; the load itself took ` +
    `${((1e6 * cpuSeconds) / checks).toFixed(0)} µs a check`
  )
}
