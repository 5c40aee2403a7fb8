import { numberOption, secondsOf, withBenchDatabase } from '#bench/bench-database.ts'
import { Connection, jsonOf } from '#bench/connection.ts'
import { cpuSecondsOf } from '#bench/cpu-seconds.ts'
import { figuresOf } from '#bench/latencies.ts'
import { type Measured, measuredLists } from '#bench/measured-lists.ts'
import { seedLists } from '#bench/seed-lists.ts'
import { makeKey, startServer } from '#bench/server-process.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { followAllChanges, verifyLines } from '#server/customer/public.ts'
import type { Database } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'

/**
 * How long lists, search and the parts of a credit file take on the server, one request after the
 * other over HTTP, each beside what it may take.
 */
export async function benchLists(args: readonly string[]): Promise<void> {
  const parties = numberOption(args, '--parties', 100_000)
  const invoices = numberOption(args, '--invoices', 10 * parties)
  const times = numberOption(args, '--times', 40)
  await withBenchDatabase(async (db, context, folder) => {
    const seeding = await secondsOf(() => seedLists(context, { parties, invoices }))
    say(`${parties} customers and ${invoices} invoices written in ${seeding.toFixed(0)} s`)
    const reckoning = await secondsOf(() => followAllChanges(context))
    say(`the lines of all customers reckoned in ${reckoning.toFixed(1)} s`)
    await prove(context)
    // As on a database that has been running: what loading leaves to be tidied up is no part of a list.
    await db.pool.query('vacuum analyze')
    await db.pool.query('checkpoint')
    const server = await startServer({ folder })
    try {
      const token = await makeKey(context, server, 'lists')
      const connection = await Connection.open(server.port, token)
      const cases = measuredLists(await sampleOf(db), {
        today: context.today,
        past: addDays(context.today, -90),
      })
      let over = 0
      const cpuMs = () => {
        const used = cpuSecondsOf(server.pid, folder)
        return 1000 * (used.node + used.postgres)
      }
      for (const each of cases) {
        over += (await measure(connection, each, { times, cpuMs })) ? 0 : 1
      }
      say(over === 0 ? 'All within their bounds.' : `${over} OVER their bounds.`)
      connection.close()
    } finally {
      await server.stop()
    }
  })
}

async function measure(
  connection: Connection,
  { atMostMs, path, what, ...of }: Measured,
  { cpuMs, times }: { readonly times: number; cpuMs(): number },
): Promise<boolean> {
  const latenciesMs: number[] = []
  let rows = 0
  const rounds = Math.min(of.times ?? times, times)
  let cpuBefore = 0
  for (let round = -2; round < rounds; round++) {
    if (round === 0) cpuBefore = cpuMs()
    const start = performance.now()
    const reply = await connection.ask({ method: 'GET', path })
    if (round >= 0) latenciesMs.push(performance.now() - start)
    if (reply.status !== 200) throw new Error(`${path}: ${String(jsonOf(reply).detail)}`)
    rows = rowsIn(jsonOf(reply))
  }
  const cpu = (cpuMs() - cpuBefore) / rounds
  const sorted = [...latenciesMs].sort((a, b) => a - b)
  const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN
  const { p50 } = figuresOf({ latenciesMs, checks: rounds, seconds: 1, cpuSeconds: 0 })
  const isWithin = p95 <= atMostMs
  say(
    `${what.padEnd(58)} p50 ${p50.toFixed(1).padStart(6)} ms  p95 ${p95.toFixed(1).padStart(6)} ms` +
      `  processor ${cpu.toFixed(0).padStart(3)} ms  at most ${atMostMs}: ${isWithin ? 'within' : 'OVER'}  (${rows} rows)`,
  )
  return isWithin
}

function rowsIn(body: Readonly<Record<string, unknown>>): number {
  const rows = body.items ?? body.rows
  return Array.isArray(rows) ? rows.length : 1
}

/** One customer from the middle of the book, by which others are asked. */
async function sampleOf(db: Database) {
  const found = await db.pool.query(
    `select l.party_id as id, l.code, l.name, l.region, l.industry, l.salesperson,
      (select value from party.identifier i where i.party_id = l.party_id limit 1) as "creditCode",
      (select key from party.search_key k
        where k.party_id = l.party_id and k.kind = 'initials' order by length(key) limit 1) as initials
    from customer.line l where l.short_name is not null and l.region is not null
    order by l.code offset (select count(*) / 2 from customer.line) limit 1`,
  )
  return found.rows[0] as Readonly<Record<string, string>>
}

async function prove(context: Context): Promise<void> {
  const proof = await verifyLines(context)
  say(`  ${proof.lines} lines, ${proof.differenceCount} differ from what they are made of`)
  if (proof.differenceCount > 0) throw new Error(JSON.stringify(proof.differences.slice(0, 5)))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
