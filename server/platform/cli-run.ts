import type { Command } from 'commander'
import { isRefusal } from '#contract/problem.ts'
import { type Day, parseDay } from '#kernel/calendar/day.ts'
import type { Database } from '#server/platform/database.ts'
import { openInstallation } from '#server/platform/installation.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'

export type Output = {
  /** Lines for a person; nothing of it is printed with --json. */
  say(line: string): void
  /** A table for a person, columns aligned; numbers to the right. */
  table(header: readonly string[], rows: readonly (readonly string[])[]): void
  readonly progress: Progress
  readonly color: (name: 'red' | 'green' | 'yellow' | 'bold' | 'dim', text: string) => string
  /** Ends the command with this exit code after its output. */
  exitWith(code: number): void
}

/**
 * Carries out one command of the command line: connects, calls, prints the answer for a person (or
 * as JSON), and turns a refusal into its sentence and exit code 2.
 */
export type Run = <Result>(
  work: (context: Context, output: Output) => Promise<Result>,
  print?: (answer: Exclude<Result, { refused: unknown }>, output: Output) => void,
) => Promise<void>

type GlobalOptions = { json?: boolean; dryRun?: boolean; asOf?: string }

export function createRun(program: Command, contextOf: (db: Database) => Promise<Context>): Run {
  return async (work, print) => {
    const options = program.opts<GlobalOptions>()
    const asOf = options.asOf === undefined ? undefined : readDay(options.asOf)
    const output = outputFor(options)
    const installation = await openInstallation('xinheng command')
    try {
      const context = await contextOf(installation.db)
      const answer = await work(
        {
          ...context,
          ...(asOf === undefined ? {} : { today: asOf }),
          ...(options.dryRun ? { dryRun: true } : {}),
        },
        output,
      )
      clearProgress()
      if (isRefusal(answer)) {
        const { refused } = answer
        if (options.json) process.stdout.write(`${JSON.stringify(refused, null, 2)}\n`)
        else process.stderr.write(`${output.color('red', 'Not done:')} ${refused.detail}\n`)
        process.exitCode = 2
        return
      }
      if (options.json) process.stdout.write(`${jsonText(answer)}\n`)
      else {
        if (options.dryRun) output.say(output.color('yellow', 'Dry run: nothing was kept.'))
        print?.(answer as Parameters<typeof print>[0], output)
      }
    } finally {
      clearProgress()
      await installation.close()
    }
  }
}

function readDay(text: string): Day {
  const day = parseDay(text)
  if (!day) throw new Error(`--as-of: "${text}" is not a day: write YYYY-MM-DD.`)
  return day
}

function jsonText(answer: unknown): string {
  return JSON.stringify(
    answer ?? {},
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    2,
  )
}

const codes = { red: 31, green: 32, yellow: 33, bold: 1, dim: 2 } as const

function outputFor(options: GlobalOptions): Output {
  const colors = process.stdout.isTTY && !process.env.NO_COLOR
  const write = (line: string) => {
    clearProgress()
    if (!options.json) process.stdout.write(`${line}\n`)
  }
  return {
    say: write,
    table: (header, rows) => {
      for (const line of tableLines(header, rows)) write(line)
    },
    progress: progressBar(),
    color: (name, text) => (colors ? `\u001b[${codes[name]}m${text}\u001b[0m` : text),
    exitWith: (code) => {
      process.exitCode = code
    },
  }
}

/** Columns as wide as their widest cell; a column of numbers is set to the right. */
function tableLines(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const isNumber = header.map(
    (_, column) =>
      rows.length > 0 && rows.every((row) => /^(-?[\d,]+(\.\d+)?%?|-|)$/.test(row[column] ?? '')),
  )
  const widths = header.map((title, column) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[column] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)))
        return isNumber[column] ? space + cell : cell + space
      })
      .join('  ')
      .trimEnd()
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}

/** Terminal columns of a text: Chinese characters and full-width signs take two. */
function widthOf(text: string): number {
  let width = 0
  for (const sign of text) {
    width +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
        sign,
      )
        ? 2
        : 1
  }
  return width
}

let barShown = false

function clearProgress(): void {
  if (!barShown) return
  process.stderr.write('\r\u001b[2K')
  barShown = false
}

/** A bar on standard error, redrawn at most five times a second and only on a terminal. */
function progressBar(): Progress {
  let drawnMs = 0
  return async (done, total) => {
    const now = performance.now()
    if (!process.stderr.isTTY || now - drawnMs < 200) return
    drawnMs = now
    const share = total ? Math.min(1, done / total) : 0
    const filled = Math.round(share * 30)
    const bar = total ? `[${'='.repeat(filled)}${' '.repeat(30 - filled)}] ` : ''
    const percent = total ? ` ${Math.floor(share * 100)}%` : ''
    process.stderr.write(`\r\u001b[2K${bar}${done.toLocaleString('en')}${percent}`)
    barShown = true
  }
}
