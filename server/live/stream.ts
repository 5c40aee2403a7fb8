import { Readable } from 'node:stream'
import type { LiveEventName } from '#contract/live.ts'
import type { Actor } from '#server/platform/run-command.ts'

/** What a browser that reads slowly may leave unread before its stream is ended. */
const unreadBytesMax = 64 * 1024

/** One open page: server-sent events of one session or key. */
export type Stream = {
  /** Whose it is; looked up again from time to time. */
  actor: Actor
  readonly token: string
  readonly body: Readable
  tell(text: string): void
  end(): void
}

export function openStream(actor: Actor, token: string, ended: (stream: Stream) => void): Stream {
  const body = new Readable({ highWaterMark: 0, read() {} })
  const stream: Stream = {
    actor,
    token,
    body,
    tell: (text) => {
      if (body.destroyed || body.readableEnded) return
      // The page comes back, is told `ready`, and reads again what it shows.
      if (body.readableLength > unreadBytesMax) body.destroy()
      else body.push(text)
    },
    end: () => {
      body.push(null)
      ended(stream)
    },
  }
  body.once('close', () => ended(stream))
  return stream
}

export function eventText(event: LiveEventName, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
