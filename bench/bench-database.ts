import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '#server/platform/database.ts'
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts'
import type { Context } from '#server/platform/run-command.ts'
import { prepareDatabase } from '#server/prepare.ts'

/**
 * A fresh, durable database with the production settings for the time of one benchmark, in a data
 * folder on which servers may be started.
 */
export async function withBenchDatabase(
  work: (db: Database, context: Context, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-bench-'))
  const postgres = await startEmbeddedPostgres(folder)
  const db = openDatabase(postgres.connection, 'xinheng bench')
  try {
    await work(db, await prepareDatabase(db), folder)
  } finally {
    await db.close()
    await postgres.leave()
    rmSync(folder, { recursive: true, force: true })
  }
}

export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

/** One line of a result: the figure, its yardstick and their ratio against the bound. */
export function report(of: {
  what: string
  seconds: number
  yardstick: string
  yardstickSeconds: number
  bound: number
}): void {
  const ratio = of.seconds / of.yardstickSeconds
  const verdict = ratio <= of.bound ? 'within' : 'OVER'
  process.stdout.write(
    `${of.what}: ${of.seconds.toFixed(2)} s\n` +
      `  yardstick, ${of.yardstick}: ${of.yardstickSeconds.toFixed(2)} s\n` +
      `  ratio ${ratio.toFixed(2)}, bound ${of.bound}: ${verdict}\n`,
  )
}

/** The same for figures that are no times; `atLeast` or `atMost` is the bound of their ratio. */
export function reportRatio(of: {
  what: string
  figure: number
  yardstick: string
  yardstickFigure: number
  unit: string
  bound: { atLeast: number } | { atMost: number }
}): void {
  const ratio = of.figure / of.yardstickFigure
  const [isWithin, bound] =
    'atLeast' in of.bound
      ? [ratio >= of.bound.atLeast, `at least ${of.bound.atLeast}`]
      : [ratio <= of.bound.atMost, `at most ${of.bound.atMost}`]
  const told = (figure: number) =>
    `${figure.toLocaleString('en', { maximumFractionDigits: figure < 100 ? 2 : 0 })} ${of.unit}`
  process.stdout.write(
    `${of.what}: ${told(of.figure)}\n` +
      `  yardstick, ${of.yardstick}: ${told(of.yardstickFigure)}\n` +
      `  ratio ${ratio.toFixed(2)}, ${bound}: ${isWithin ? 'within' : 'OUTSIDE'}\n`,
  )
}

export function reportMemory(): void {
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  process.stdout.write(`  peak memory of this process: ${peakMegabytes.toFixed(0)} MB\n`)
}

/** The number after an option, such as `--rows 1000000`. */
export function numberOption(args: readonly string[], name: string, fallback: number): number {
  const at = args.indexOf(name)
  return at < 0 ? fallback : Number(args[at + 1])
}
