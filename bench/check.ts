import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { numberOption, reportRatio, withBenchDatabase } from '#bench/bench-database.ts'
import { cpuSecondsOf } from '#bench/cpu-seconds.ts'
import { inWords } from '#bench/latencies.ts'
import { type Load, type LoadOutcome, runLoad } from '#bench/load.ts'
import { seedAccounts } from '#bench/seed-accounts.ts'
import { makeKey, startServer } from '#bench/server-process.ts'
import {
  prepareRecordYardstick,
  prepareYardstick,
  runRecordYardstick,
  runYardstick,
} from '#bench/yardstick.ts'
import { verifyExposure } from '#server/check/public.ts'
import { followAllChanges } from '#server/customer/public.ts'
import type { Database } from '#server/platform/database.ts'

const clients = 64

type Bench = {
  readonly db: Database
  readonly accounts: number
  /** Runs a load and proves that its answers are what is stored. */
  load(what: string, of: Partial<Load>): Promise<LoadOutcome>
  /** The same records without a decision, by the database alone: checks a second. */
  record(): Promise<number>
}

/**
 * Credit checks over HTTP, each with its key, its document and its stored decision, durable, beside
 * the least that a check can be: an update and an insert in one SQL function. The server is a
 * process as `npm start` makes it; the load is another; all of it and the database share the machine.
 */
export async function benchCheck(args: readonly string[]): Promise<void> {
  const seconds = numberOption(args, '--seconds', 8)
  const accounts = numberOption(args, '--accounts', 100_000)
  const grown = numberOption(args, '--grown', 1_000_000)
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined
  const wants = (part: string) => only === undefined || only.split(',').includes(part)
  const small = Math.max(1000, Math.round(grown / 100))
  if (['many', 'hot', 'batch'].some(wants)) {
    await withServer({ accounts, seconds, args }, async (bench) => {
      await prepareYardstick(bench.db, accounts)
      await prepareRecordYardstick(bench.db)
      const perSecond = await benchMany(bench, seconds)
      if (wants('hot')) await benchHot(bench, perSecond)
      if (wants('batch')) await benchBatches(bench, seconds)
    })
  }
  if (wants('growth')) {
    const before = await latencyAt(small, seconds, args)
    const after = await latencyAt(grown, seconds, args)
    reportRatio({
      what: `latency of a check with ${grown} accounts, 8 clients, p50`,
      figure: after,
      yardstick: `the same with ${small} accounts`,
      yardstickFigure: before,
      unit: 'ms',
      bound: { atMost: 1.5 },
    })
  }
}

/** Checks of many accounts against the yardstick, run before and after; gives checks a second. */
async function benchMany({ db, accounts, load, record }: Bench, seconds: number): Promise<number> {
  const before = await runYardstick(db, { accounts, seconds: seconds / 2 })
  const recordedBefore = await record()
  const many = await load(`${accounts} accounts, ${clients} clients`, {})
  const recordedAfter = await record()
  const after = await runYardstick(db, { accounts, seconds: seconds / 2 })
  process.stdout.write(`  yardstick before: ${inWords(before)}\n`)
  process.stdout.write(`  yardstick after: ${inWords(after)}\n`)
  reportRatio({
    what: `checks over ${accounts} accounts, ${clients} clients`,
    figure: many.perSecond,
    yardstick: 'update and insert in one SQL function, 32 connections',
    yardstickFigure: (before.perSecond + after.perSecond) / 2,
    unit: 'a second',
    bound: { atLeast: 0.8 },
  })
  reportRatio({
    what: `checks over ${accounts} accounts, ${clients} clients`,
    figure: many.perSecond,
    ...recordYardstick,
    yardstickFigure: (recordedBefore + recordedAfter) / 2,
    bound: { atLeast: 0.8 },
  })
  await load('at half of that', { callsPerSecond: many.perSecond / 2 })
  return many.perSecond
}

const recordYardstick = {
  yardstick: 'the records of a check without deciding it, by one SQL function, 32 connections',
  unit: 'a second',
}

async function benchHot({ load }: Bench, perSecond: number): Promise<void> {
  let fewer = 0
  for (const hotClients of [4, 16, clients]) {
    const hot = await load(`one account, ${hotClients} clients`, {
      accounts: 1,
      clients: hotClients,
    })
    if (fewer > 0) {
      reportRatio({
        what: `checks of one account, ${hotClients} clients`,
        figure: hot.perSecond,
        yardstick: 'the same with a quarter of the clients',
        yardstickFigure: fewer,
        unit: 'a second',
        bound: { atLeast: 1 },
      })
    }
    fewer = hot.perSecond
  }
  reportRatio({
    what: `checks of one account, ${clients} clients`,
    figure: fewer,
    yardstick: 'over many accounts',
    yardstickFigure: perSecond,
    unit: 'a second',
    bound: { atLeast: 0.6 },
  })
}

async function benchBatches({ db, accounts, load, record }: Bench, seconds: number): Promise<void> {
  const before = await runYardstick(db, { accounts, seconds: seconds / 2 })
  const recordedBefore = await record()
  const batches = await load('100 checks a call, 8 clients', { clients: 8, checksPerCall: 100 })
  const recordedAfter = await record()
  const after = await runYardstick(db, { accounts, seconds: seconds / 2 })
  reportRatio({
    what: 'checks in batches of 100 a call',
    figure: batches.perSecond,
    yardstick: 'update and insert in one SQL function, 32 connections',
    yardstickFigure: (before.perSecond + after.perSecond) / 2,
    unit: 'a second',
    bound: { atLeast: 2 },
  })
  reportRatio({
    what: 'checks in batches of 100 a call',
    figure: batches.perSecond,
    ...recordYardstick,
    yardstickFigure: (recordedBefore + recordedAfter) / 2,
    bound: { atLeast: 2 },
  })
}

async function latencyAt(
  accounts: number,
  seconds: number,
  args: readonly string[],
): Promise<number> {
  let p50 = Number.NaN
  await withServer({ accounts, seconds, args }, async ({ load }) => {
    await load(`${accounts} accounts, 8 clients, warming up`, { clients: 8 })
    p50 = (await load(`${accounts} accounts, 8 clients`, { clients: 8 })).p50
  })
  return p50
}

async function withServer(
  of: { accounts: number; seconds: number; args: readonly string[] },
  work: (bench: Bench) => Promise<void>,
): Promise<void> {
  const { accounts, seconds, args } = of
  await withBenchDatabase(async (db, context, folder) => {
    await seedAccounts(context, accounts)
    // What follows from seeding is no part of a check: the list of customers is up to date first.
    await followAllChanges(context)
    const server = await startServer({ folder, nodeOptions: profileOptions(args) })
    try {
      const token = await makeKey(context, server, 'load')
      const common = { ...server, token, clients, accounts, checksPerCall: 1 }
      // Long enough for the compiler to be done with what every check runs through.
      const warm = { ...common, seconds: 1.5 * seconds, name: 'warm' }
      let acknowledged = (await runLoad(warm)).passed
      let run = 0
      const load: Bench['load'] = async (what, changed) => {
        const cpu = cpuSecondsOf(server.pid, folder)
        const outcome = await runLoad({ ...common, seconds, name: `R${++run}`, ...changed })
        const used = cpuSecondsOf(server.pid, folder)
        process.stdout.write(
          `${what}: ${inWords(outcome)}; ` +
            `the server ${perCheck(used.node - cpu.node, outcome)} a check, ` +
            `the database ${perCheck(used.postgres - cpu.postgres, outcome)}\n`,
        )
        if (outcome.firstRefusal !== null) throw new Error(outcome.firstRefusal)
        acknowledged += outcome.passed
        return outcome
      }
      const record = async () => {
        const { checks, perSecond } = await runRecordYardstick(db, {
          accounts,
          seconds: seconds / 2,
        })
        acknowledged += checks
        return perSecond
      }
      await work({ db, accounts, load, record })
      await prove(db, acknowledged)
    } finally {
      await server.stop()
    }
  })
}

/** Processor time, which tells what a check costs however busy the machine is. */
function perCheck(cpuSeconds: number, { checks }: LoadOutcome): string {
  return `${((1e6 * cpuSeconds) / checks).toFixed(0)} µs`
}

/** `--profile FOLDER` has the server write a profile of its processor time when it stops. */
function profileOptions(args: readonly string[]): string[] {
  const at = args.indexOf('--profile')
  if (at < 0) return []
  const folder = join(process.cwd(), args[at + 1] ?? 'profile')
  mkdirSync(folder, { recursive: true })
  return ['--cpu-prof', `--cpu-prof-dir=${folder}`]
}

async function prove(db: Database, acknowledged: number): Promise<void> {
  const stored = await db.row(sql<{ count: number }>`
    select count(*)::integer as count from "check".decision where outcome <> 'held'`)
  const proof = await verifyExposure(db)
  process.stdout.write(
    `  ${acknowledged} approvals answered, ${stored?.count} stored; ` +
      `${proof.entries} entries, ${proof.differenceCount} differences\n`,
  )
  if (stored?.count !== acknowledged || proof.differenceCount > 0) {
    throw new Error(`The ledger is not what was answered: ${JSON.stringify(proof.differences)}`)
  }
}
