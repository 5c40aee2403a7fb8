import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { numberOption, withBenchDatabase } from '#bench/bench-database.ts'
import { Connection } from '#bench/connection.ts'
import { loadUntilGone, type Told, tell } from '#bench/kill-load.ts'
import { seedAccounts } from '#bench/seed-accounts.ts'
import { makeKey, type ServerProcess, startServer } from '#bench/server-process.ts'
import { verifyExposure } from '#server/check/public.ts'
import type { Database } from '#server/platform/database.ts'
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts'
import type { Context } from '#server/platform/run-command.ts'

const accounts = 200
const clients = 24

/**
 * `npm run bench kill -- --times 20`: kills the server, then PostgreSQL, then the server ... in the
 * middle of reservations, and looks after each recovery whether all that was acknowledged is there
 * and all that is there is whole. What had no answer is sent again under its key, and acts once.
 */
export async function benchKill(args: readonly string[]): Promise<void> {
  const times = numberOption(args, '--times', 20)
  await withBenchDatabase(async (db, context, folder) => {
    await seedAccounts(context, accounts)
    let place = await firstServer(context, folder)
    let acknowledged = 0
    let unanswered = 0
    try {
      for (let time = 1; time <= times; time++) {
        const isServer = time % 2 === 1
        const name = `K${time}`
        const load = loadUntilGone({ ...place.server, token: place.token, name, clients, accounts })
        await sleep(300 + Math.random() * 1500)
        if (isServer) await place.server.kill()
        else await killPostgres(folder)
        const told = await load
        const recoveredMs = await recover(db, folder, async () => {
          if (isServer) place = { ...place, server: await startServer({ folder }) }
        })
        const faults = await faultsIn(db, name, told)
        const again = told.filter(({ unknown }) => unknown !== null)
        await sendAgain(place, again)
        faults.push(...(await faultsIn(db, name, told)), ...(await notDoneOnce(db, told)))
        acknowledged += told.length - again.length
        unanswered += again.length
        process.stdout.write(
          `${time}: killed ${isServer ? 'the server' : 'PostgreSQL'}, ${told.length - again.length} ` +
            `acknowledged, ${again.length} without an answer, whole again after ` +
            `${recoveredMs.toFixed(0)} ms, ${faults.length} faults\n`,
        )
        if (faults.length > 0) throw new Error(faults.slice(0, 10).join('\n'))
      }
      process.stdout.write(
        `killed ${times} times: ${acknowledged} reservations acknowledged and there, ${unanswered} ` +
          'without an answer, each of them whole or absent, and done once when it was sent again\n',
      )
    } finally {
      await place.server.kill()
    }
  })
}

type Place = { readonly server: ServerProcess; readonly token: string }

async function firstServer(context: Context, folder: string): Promise<Place> {
  const server = await startServer({ folder })
  return { server, token: await makeKey(context, server, 'kill') }
}

/** Kills its first process and waits until that is gone; those of its sessions end by themselves. */
async function killPostgres(folder: string): Promise<void> {
  const file = join(folder, 'postgres', 'postmaster.pid')
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await sleep(1)
  }
}

/** Starts what was killed; gives how long it took until the database answered. */
async function recover(
  db: Database,
  folder: string,
  restartServer: () => Promise<void>,
): Promise<number> {
  const begunMs = performance.now()
  await startEmbeddedPostgres(folder)
  await restartServer()
  // Connections of the pool that were cut are found out when they are used.
  for (let attempt = 0; attempt < 50; attempt++) {
    const answer = await db.row(sql`select 1 as one`).catch(() => undefined)
    if (answer) return performance.now() - begunMs
    await sleep(20)
  }
  throw new Error('the database does not answer')
}

/** Whatever a reservation left behind, in one row; one that is open is its position alone. */
type Left = {
  number: string
  decisions: number
  decisionId: string | null
  state: string | null
  entries: number
  counted: string | null
  positioned: string | null
}

async function leftOf(db: Database, told: readonly Told[]): Promise<Left[]> {
  return db.rows(sql<Left>`
    select k.number, coalesce(r.state, case when p.positioned is not null then 'open' end) as state,
      d.decisions, d."decisionId", e.entries, e.counted, p.positioned
    from unnest(${sql.val(told.map(({ partyId }) => partyId))}::uuid[],
      ${sql.val(told.map(({ number }) => number))}::text[]) as k (party_id, number)
    left join "check".reservation r on r.party_id = k.party_id and r.number = k.number
    cross join lateral (select count(*)::integer as decisions, min(id::text) as "decisionId"
      from "check".decision d where d.party_id = k.party_id and d.number = k.number) d
    cross join lateral (select count(*)::integer as entries, sum(amount_minor)::text as counted
      from exposure.entry e where e.party_id = k.party_id and e.number = k.number) e
    cross join lateral (select sum(amount_minor)::text as positioned
      from exposure.position p where p.party_id = k.party_id and p.number = k.number) p`)
}

/** Each reservation is whole or absent, no less than what was told, and nothing else is there. */
async function faultsIn(db: Database, name: string, told: readonly Told[]): Promise<string[]> {
  const left = new Map((await leftOf(db, told)).map((row) => [row.number, row]))
  const faults = told.flatMap((each) => {
    const found = left.get(each.number)
    const wrong = found ? wrongWith(each, found) : 'it was not looked for'
    return wrong ? [`${each.number}: ${wrong}: ${JSON.stringify({ ...each, ...found })}`] : []
  })
  const known = told.map(({ number }) => number)
  const strangers = await db.rows(sql<{ number: string }>`
    select number from "check".reservation
    where number like ${`${name}-%`} and not number = any(${sql.val(known)}::text[])`)
  const open = await db.row(sql<{ count: number }>`
    select count(*)::integer as count from platform.idempotency_key where reply is null`)
  if (open?.count !== 0) faults.push(`${open?.count} keys were used and have no reply`)
  const proof = await verifyExposure(db)
  return [
    ...faults,
    ...strangers.map(({ number }) => `${number} is there, and nobody asked for it`),
    ...proof.differences.map((difference) => JSON.stringify(difference)),
  ]
}

function wrongWith(told: Told, left: Left): string | undefined {
  if (told.decisionId !== null && left.decisionId !== told.decisionId) return 'its decision is lost'
  if (left.decisions === 0)
    return left.state || left.entries > 0 ? 'half of it is there' : undefined
  if (left.decisions > 1) return 'it was decided twice'
  if (left.state === null || left.entries === 0) return 'half of it is there'
  if (told.unknown === null && told.state !== left.state) return 'it is not what was told'
  const counts = left.state === 'released' ? '0' : '7000'
  if (left.counted !== counts || (left.positioned ?? '0') !== counts) return 'it counts wrongly'
  return undefined
}

/** As callers do: the same request under the same key, until there is an answer. */
async function sendAgain({ server, token }: Place, told: readonly Told[]): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const waiting = told.filter(({ unknown }) => unknown !== null)
    if (waiting.length === 0) return
    const connection = await Connection.open(server.port, token)
    for (const each of waiting) if (each.unknown) await tell(connection, each, each.unknown)
    connection.close()
    await sleep(50)
  }
}

async function notDoneOnce(db: Database, told: readonly Told[]): Promise<string[]> {
  const left = await leftOf(db, told)
  return left.flatMap(({ number, decisions }) =>
    decisions === 1 ? [] : [`${number} was decided ${decisions} times after it was sent again`],
  )
}
