import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { type Change, channel, readPayload } from '#server/platform/announce.ts'

export type Listening = { close(): Promise<void> }

const probeMs = 30_000

/**
 * Listens on one connection to what all processes announce. After the database was away it connects
 * again, and `listening` is called each time: what was announced meanwhile nobody heard.
 */
export function listen(of: {
  readonly pool: pg.Pool
  readonly log: Logger
  readonly heard: (changes: readonly Change[]) => void
  readonly listening: () => void
}): Listening {
  const closing = new AbortController()
  const ended = keepListening(of, closing.signal)
  return {
    close: async () => {
      closing.abort()
      await ended
    },
  }
}

async function keepListening(of: Parameters<typeof listen>[0], closing: AbortSignal) {
  for (let waitMs = 100; !closing.aborted; waitMs = Math.min(waitMs * 2, 3_000)) {
    try {
      await listenOnce(of, closing, () => {
        waitMs = 50
      })
    } catch (error) {
      of.log.warn({ err: error }, 'open pages hear of no change: the database does not answer')
    }
    await sleep(waitMs, undefined, { signal: closing }).catch(() => {})
  }
}

/** Until the connection is gone, or is not wanted any more. */
async function listenOnce(
  { pool, heard, listening }: Parameters<typeof listen>[0],
  closing: AbortSignal,
  connected: () => void,
): Promise<void> {
  const { options } = pool
  const client = new pg.Client({
    ...options,
    password: options.password,
    application_name: `${options.application_name ?? 'xinheng'} live`,
    keepAlive: true,
    query_timeout: 10_000,
    connectionTimeoutMillis: 10_000,
  })
  const gone = new Promise<void>((resolve) => {
    for (const event of ['error', 'end'] as const) client.on(event, () => resolve())
    closing.addEventListener('abort', () => resolve(), { once: true })
  })
  client.on('notification', ({ payload }) => heard(readPayload(payload ?? '[]')))
  let probe: NodeJS.Timeout | undefined
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
    connected()
    listening()
    // A connection that broke without a word is found by asking.
    probe = setInterval(() => client.query('select 1').catch(() => client.end()), probeMs)
    await gone
  } finally {
    clearInterval(probe)
    await client.end().catch(() => {})
  }
}
