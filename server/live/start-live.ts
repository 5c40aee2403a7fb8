import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { LiveChange } from '#contract/live.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { listen } from '#server/live/listen.ts'
import { maySee } from '#server/live/may-see.ts'
import { eventText, openStream, type Stream } from '#server/live/stream.ts'
import { type Change, payloadOf, readPayload } from '#server/platform/announce.ts'
import type { Database } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'
import { authenticate } from '#server/user/public.ts'

export type Live = {
  open(actor: Actor, token: string): Readable | Refusal
  close(): Promise<void>
}

// Changes that come together are told together: a page reads once for all of them.
const gatherMs = 150
const beatMs = 20_000
const streamsPerPerson = 12

const byDatabase = new WeakMap<Database, Live>()

/** The streams that this process serves. */
export function liveOf(db: Database): Live | undefined {
  return byDatabase.get(db)
}

/** Starts telling open pages what changes, in this process and in all others of the database. */
export function startLive(of: {
  readonly db: Database
  readonly log: Logger
  readonly sessionCheckMs?: number
}): Live {
  const { db, log } = of
  const streams = new Set<Stream>()
  const tellAll = (text: string) => {
    for (const stream of streams) stream.tell(text)
  }
  const listening = listen({
    pool: db.pool,
    log,
    heard: gathering((changes) => tellChanges(db, log, { streams, changes })),
    listening: () => tellAll(eventText('refresh', {})),
  })
  const beat = setInterval(() => tellAll(': \n\n'), beatMs)
  const check = setInterval(() => endSignedOut(db, streams), of.sessionCheckMs ?? 15_000)
  const live: Live = {
    open: (actor, token) => {
      const own = [...streams].filter((stream) => stream.actor.id === actor.id)
      if (own.length >= streamsPerPerson) {
        const detail = `You have ${own.length} streams of events open: close a page first.`
        return refuse('too-many-streams', detail, {
          streamsMax: streamsPerPerson,
          zh: `您已打开 ${own.length} 个实时连接：先关闭一个页面。`,
        })
      }
      const stream = openStream(actor, token, (ended) => streams.delete(ended))
      streams.add(stream)
      stream.tell(`retry: 2000\n${eventText('ready', {})}`)
      return stream.body
    },
    close: async () => {
      clearInterval(beat)
      clearInterval(check)
      for (const stream of streams) stream.end()
      await listening.close()
    },
  }
  byDatabase.set(db, live)
  return live
}

/** Hands on what came within a moment, each change once. */
function gathering(tell: (changes: readonly Change[]) => void): (more: readonly Change[]) => void {
  let waiting: Change[] = []
  return (more) => {
    if (waiting.length === 0 && more.length > 0) {
      setTimeout(() => {
        const changes = readPayload(payloadOf(waiting))
        waiting = []
        tell(changes)
      }, gatherMs).unref()
    }
    waiting.push(...more)
  }
}

async function tellChanges(
  db: Database,
  log: Logger,
  { streams, changes }: { streams: ReadonlySet<Stream>; changes: readonly Change[] },
): Promise<void> {
  for (const own of Map.groupBy(streams, ({ actor }) => actor.id).values()) {
    const [first] = own
    if (!first) continue
    try {
      const seen = await maySee(db, first.actor, changes)
      const text = seen.map((change) => eventText('change', changeReply(change))).join('')
      if (text !== '') for (const stream of own) stream.tell(text)
    } catch (error) {
      log.warn({ err: error }, 'what a person may hear of could not be found')
      for (const stream of own) stream.tell(eventText('refresh', {}))
    }
  }
}

function changeReply({ kind, partyId, id }: Change): LiveChange {
  return { kind, partyId: partyId ?? null, id: id ?? null }
}

/** Ends the streams of sessions and keys that are no more, and sees changed roles. */
async function endSignedOut(db: Database, streams: ReadonlySet<Stream>): Promise<void> {
  for (const own of Map.groupBy(streams, ({ token }) => token).values()) {
    const [first] = own
    if (!first) continue
    const kind = first.actor.kind === 'person' ? 'cookie' : 'bearer'
    try {
      const actor = await authenticate(db, first.token, kind)
      for (const stream of own) {
        if (actor) stream.actor = actor
        else {
          stream.tell(eventText('signed-out', {}))
          stream.end()
        }
      }
    } catch {
      // The database does not answer: nobody is signed out for that.
      return
    }
  }
}
