import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Day } from '#kernel/calendar/day.ts'
import { findCompany } from '#server/company/public.ts'
import { startLive } from '#server/live/public.ts'
import { measuredScope, seesParty } from '#server/party/public.ts'
import type { Database } from '#server/platform/database.ts'
import { createHttpServer } from '#server/platform/http.ts'
import { version } from '#server/platform/installation.ts'
import { startJobs } from '#server/platform/job.ts'
import type { Actor, Context } from '#server/platform/run-command.ts'
import { todayIn } from '#server/platform/today.ts'
import { allJobs, allRoutes } from '#server/rooms.ts'
import { authenticate } from '#server/user/public.ts'

const systemActor: Actor = { kind: 'system', id: 'system', name: 'system', roles: ['admin'] }

const uploadBytesMax = 2 * 1024 ** 3

export type Server = { readonly http: FastifyInstance; close(): Promise<void> }

/**
 * Puts the rooms behind HTTP and starts working off jobs; the caller listens. Tests tell the day
 * themselves.
 */
export async function serve(
  db: Database,
  log: Logger,
  todayOf: (zone: string) => Day = todayIn,
): Promise<Server> {
  const zone = await timeZoneOf(db)
  const contextOf = (
    actor: Actor = systemActor,
    call: Pick<Context, 'requestId'> = {},
  ): Context => ({
    db,
    actor,
    today: todayOf(zone()),
    ...call,
  })
  const http = await createHttpServer({
    routes: allRoutes,
    log,
    version,
    authenticate: (token, kind) => actorOf(db, token, kind),
    contextOf,
    sees: (context, partyId) => seesParty(context.db, context.actor, partyId),
    uploadBytesMax,
  })
  const live = startLive({ db, log })
  // A stream has no end of its own: the server would wait for it.
  http.addHook('preClose', live.close)
  const jobs = await startJobs({ db, log, kinds: allJobs, contextOf })
  return {
    http,
    close: async () => {
      await http.close()
      await jobs.stop()
    },
  }
}

/** Who does not see all parties is told how many they see, for the lists that follow. */
async function actorOf(
  db: Database,
  token: string,
  kind: 'cookie' | 'bearer',
): Promise<Actor | undefined> {
  const actor = await authenticate(db, token, kind)
  if (actor?.scope === undefined) return actor
  return { ...actor, scope: await measuredScope(db, actor.scope) }
}

/** The company's time zone, looked up again in the background at most once a minute. */
async function timeZoneOf(db: Database): Promise<() => string> {
  let zone = (await findCompany(db))?.timeZone ?? 'Asia/Shanghai'
  let readMs = performance.now()
  return () => {
    if (performance.now() - readMs > 60_000) {
      readMs = performance.now()
      findCompany(db).then(
        (company) => {
          zone = company?.timeZone ?? zone
        },
        () => {},
      )
    }
    return zone
  }
}
