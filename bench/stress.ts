import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type pg from 'pg'
import { numberOption, secondsOf, withBenchDatabase } from '#bench/bench-database.ts'
import { Connection } from '#bench/connection.ts'
import { type Replay, replayLedger } from '#bench/replay-ledger.ts'
import { makeKey, type ServerProcess, startServer } from '#bench/server-process.ts'
import { personActs, receivableActs, reservationActs } from '#bench/stress-acts.ts'
import { newTally, StressClient, type Tally } from '#bench/stress-client.ts'
import { orderActs } from '#bench/stress-orders.ts'
import { populate, type StressWorld } from '#bench/stress-world.ts'
import { addDays } from '#kernel/calendar/day.ts'
import { pickWeighted } from '#kernel/random/random.ts'
import { verifyExposure } from '#server/check/public.ts'
import type { Database } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'
import { todayIn } from '#server/platform/today.ts'

const clients = 64
const acts = [...reservationActs, ...receivableActs, ...personActs, ...orderActs]

export type StressOutcome = {
  readonly operations: number
  readonly seconds: number
  readonly outcomes: Tally['outcomes']
  readonly decisions: {
    readonly all: number
    /** Of holds that were looked at again, and how many jobs of that kind still wait. */
    readonly rechecks: number
    readonly waiting: number
  }
  readonly replay: Replay
  /** In sentences; none in a sound program. */
  readonly faults: readonly string[]
}

/** `npm run bench stress -- --operations 1000000 --seed 7`: prints what was done and found. */
export async function benchStress(args: readonly string[]): Promise<void> {
  const operations = numberOption(args, '--operations', 100_000)
  const seed = String(numberOption(args, '--seed', Date.now() % 1_000_000))
  process.stdout.write(`stress: seed ${seed}; Ctrl+C ends the load early and judges it\n`)
  const early = new AbortController()
  process.once('SIGINT', () => early.abort())
  await withBenchDatabase(async (db, context) => {
    const outcome = await runStress({ db, context, operations, seed, signal: early.signal })
    for (const [name, count] of [...outcome.outcomes].sort()) {
      process.stdout.write(`  ${String(count).padStart(8)} ${name}\n`)
    }
    const { decisions, faults, replay, seconds } = outcome
    process.stdout.write(
      `${outcome.operations} operations in ${seconds.toFixed(0)} s by ${clients} clients and 2 ` +
        `servers; ${decisions.all} decisions, ${decisions.rechecks} of them of holds again, for ` +
        `which ${decisions.waiting} jobs still wait;\n` +
        `${replay.entries} entries replayed, ${replay.raises} raises by approvals, ` +
        `${replay.released} of them by releases; ${faults.length} faults\n`,
    )
    for (const fault of faults.slice(0, 20)) process.stdout.write(`  ${fault}\n`)
    if (faults.length > 0) process.exitCode = 1
  })
}

/**
 * Random business of 64 callers on two server processes over one database, on fifty customers in five
 * groups whose limits are tight, and what must hold afterwards.
 */
export async function runStress(of: {
  db: Database
  context: Context
  operations: number
  seed: string
  signal?: AbortSignal
}): Promise<StressOutcome> {
  const { db, operations, seed, signal } = of
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-stress-'))
  const environment = { DATABASE_URL: urlOf(db.pool.options) }
  const servers: ServerProcess[] = []
  try {
    for (let number = 0; number < 2; number++) {
      servers.push(await startServer({ folder, environment }))
    }
    const world = await makeWorld({ ...of, servers })
    const tally = newTally()
    const seconds = await secondsOf(() =>
      work(world.at, { servers, token: world.token, tally, operations, signal }),
    )
    // What still waits in the queue may act at any time: everything must hold without it too.
    await Promise.all(servers.splice(0).map((server) => server.stop()))
    const replay = await replayLedger(db)
    const faults = [...tally.faults, ...replay.faults, ...(await wrongIn(db, world.at))]
    return {
      ...{ operations: tally.operations, outcomes: tally.outcomes, seconds },
      ...{ replay, faults: faults.map((fault) => `seed ${seed}: ${fault}`) },
      decisions: await countDecisions(db),
    }
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A database that is reached by a socket, as the address that servers take. */
function urlOf({ host, port, user, password, database }: pg.PoolOptions): string {
  const who = `${encodeURIComponent(String(user))}:${encodeURIComponent(String(password))}`
  const query = `host=${encodeURIComponent(String(host))}&port=${port}`
  return `postgresql://${who}@localhost/${database}?${query}`
}

async function makeWorld(of: {
  context: Context
  seed: string
  servers: readonly ServerProcess[]
}): Promise<{ at: StressWorld; token: string }> {
  const { context, seed, servers } = of
  const [first, second] = servers
  if (!first || !second) throw new Error('two servers are started')
  const token = await makeKey(context, first, 'clients')
  const releaserToken = await makeKey(context, second, 'releaser')
  const today = todayIn('Asia/Shanghai')
  const connection = await Connection.open(first.port, token)
  const made = await populate(connection, { seed, today, limitToOn: addDays(today, 300) })
  connection.close()
  const copies: Connection[] = []
  for (let number = 0; number < 10; number++) {
    copies.push(await Connection.open((number % 2 ? first : second).port, token))
  }
  const at: StressWorld = {
    ...{ seed, today, ...made },
    ...{ reservations: [], invoices: [], receipts: [], orders: [], copied: [] },
    copies: { connections: copies, isBusy: false },
    releaser: { connection: await Connection.open(second.port, releaserToken), isBusy: false },
  }
  return { at, token }
}

async function work(
  world: StressWorld,
  of: {
    readonly servers: readonly ServerProcess[]
    readonly token: string
    readonly tally: Tally
    readonly operations: number
    readonly signal: AbortSignal | undefined
  },
): Promise<void> {
  const { servers, tally, token } = of
  const connections: Connection[] = []
  for (let number = 0; number < clients; number++) {
    const server = servers[number % servers.length]
    connections.push(await Connection.open(server?.port ?? 0, token))
  }
  await Promise.all(
    connections.map(async (connection, number) => {
      const client = new StressClient({ world, connection, tally, name: String(number) })
      while (tally.operations < of.operations && !of.signal?.aborted) {
        await pickWeighted(client.stream, acts)(client)
      }
    }),
  )
  const { copies, releaser } = world
  for (const each of [...connections, ...copies.connections, releaser.connection]) each.close()
}

async function wrongIn(db: Database, world: StressWorld): Promise<string[]> {
  const proof = await verifyExposure(db)
  const twice = await db.rows(sql<{ number: string; cause: string; count: number }>`
    select e.number, e.cause, count(*)::integer as count from exposure.entry e
    where e.document_kind = 'reservation' and e.cause in ('released', 'expired', 'committed')
      and e.number = any(${known(world, (made) => !made.isAgain)}::text[])
    group by 1, 2 having count(*) > 1`)
  const copied = await db.rows(sql<{ number: string; count: number }>`
    select number, count(*)::integer as count from "check".decision
    where number = any(${sql.val(world.copied)}::text[]) and decided_for = 'clients'
    group by 1 having count(*) > 1`)
  const counting = await db.rows(sql<{ number: string; state: string }>`
    select r.number, r.state from "check".reservation r
    join exposure.position p on p.party_id = r.party_id and p.document_id = r.id
    where r.state in ('released', 'expired') or (r.state = 'held' and not exists (
      select from exposure.entry e where e.party_id = p.party_id
        and e.document_id = p.document_id and e.cause = 'invoice-voided'))`)
  return [
    ...counting.map(({ number, state }) => `${number} is ${state}, yet it counts`),
    ...proof.differences.map((difference) => JSON.stringify(difference)),
    ...twice.map(({ number, cause, count }) => `${number} was ${cause} ${count} times`),
    ...copied.map(({ number, count }) => `${number} was decided ${count} times for ten copies`),
  ]
}

function known(world: StressWorld, is: (made: StressWorld['reservations'][number]) => boolean) {
  return sql.val(world.reservations.filter(is).map(({ number }) => number))
}

async function countDecisions(db: Database): Promise<StressOutcome['decisions']> {
  const row = await db.row(sql<StressOutcome['decisions']>`
    select count(*)::integer as all,
      (count(*) filter (where decided_for = 'system'))::integer as rechecks,
      (select count(*) from graphile_worker.jobs where task_identifier = 'check_recheck')::integer
        as waiting
    from "check".decision`)
  return row ?? { all: 0, rechecks: 0, waiting: 0 }
}
