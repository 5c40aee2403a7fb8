import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { sql } from 'kysely'
import {
  numberOption,
  report,
  reportMemory,
  secondsOf,
  withBenchDatabase,
} from '#bench/bench-database.ts'
import { isRefusal } from '#contract/problem.ts'
import { addDays, day } from '#kernel/calendar/day.ts'
import { checkImport } from '#server/import/public.ts'
import type { Database } from '#server/platform/database.ts'

/**
 * Imports a ledger of a million invoices from CSV, every row checked and audited, beside a bare
 * COPY of the rows it makes, in the order of the file, into an empty table with the same indexes.
 * `--settled` has two thirds of the invoices paid, which brings a receipt and an allocation each.
 */
export async function benchImport(args: readonly string[]): Promise<void> {
  const rows = numberOption(args, '--rows', 1_000_000)
  const customers = numberOption(args, '--customers', 20_000)
  const settled = args.includes('--settled')
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-bench-import-'))
  const path = join(folder, 'ledger.csv')
  try {
    await pipeline(Readable.from(ledger(rows, customers, settled)), createWriteStream(path))
    const megabytes = (statSync(path).size / 1e6).toFixed(0)
    process.stdout.write(`import: ${rows} invoices of ${customers} customers, ${megabytes} MB\n`)
    await withBenchDatabase(async (db, context) => {
      const seconds = await secondsOf(async () => {
        const request = { kind: 'invoices', path, options: {}, take: 'all' } as const
        const outcome = await checkImport(context, request)
        if (isRefusal(outcome)) throw new Error(outcome.refused.detail)
        if (outcome.batch.counts.good !== rows) throw new Error('rows are missing')
      })
      reportMemory()
      const tables = settled ? ['invoice', 'credit', 'allocation'] : ['invoice']
      const yardstickSeconds = await copyBare(db, tables, folder)
      const yardstick = `a bare COPY into ${tables.join(', ')} with the same indexes`
      const what = `${rows} invoices read, checked, taken and audited`
      report({ what, seconds, yardstick, yardstickSeconds, bound: 4 })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function* ledger(rows: number, customers: number, settled: boolean): Generator<string> {
  const from = day('2023-01-01')
  yield `invoice no,customer code,customer name,invoice date,due date,amount,currency,salesperson${
    settled ? ',settled on' : ''
  }\n`
  let lines = ''
  for (let row = 0; row < rows; row++) {
    // A fixed stride scatters customers over the file, as days of business do.
    const customer = (row * 7919) % customers
    const issuedOn = addDays(from, Math.floor((row * 1000) / rows))
    const amount = `${100 + ((row * 37) % 900_000)}.${String(row % 100).padStart(2, '0')}`
    lines +=
      `INV-${String(row).padStart(8, '0')},C${String(customer).padStart(6, '0')},` +
      `华北第${customer}机械有限公司,${issuedOn},${addDays(issuedOn, 30)},${amount},CNY,` +
      `Sales ${customer % 40}${settled ? `,${row % 3 === 0 ? '' : addDays(issuedOn, 45)}` : ''}\n`
    if (row % 1000 !== 999) continue
    yield lines
    lines = ''
  }
  yield lines
}

async function copyBare(db: Database, tables: readonly string[], folder: string): Promise<number> {
  let seconds = 0
  for (const name of tables) {
    const table = sql.table(`receivable.${name}`)
    const bare = sql.table(`receivable.bare_${name}`)
    const file = join(folder, `${name}.copy`)
    const rows = await db.copyOut(sql`copy (select * from ${table} order by id) to stdout`)
    await pipeline(rows, createWriteStream(file))
    seconds += await secondsOf(() =>
      db.transaction(async (tx) => {
        await tx.run(sql`create table ${bare} (like ${table} including all)`)
        await pipeline(createReadStream(file), tx.copyIn(sql`copy ${bare} from stdin`))
      }),
    )
  }
  return seconds
}
