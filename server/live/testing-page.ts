import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'

export type Heard = { readonly event: string; readonly data: Readonly<Record<string, unknown>> }

export type Page = {
  readonly heard: readonly Heard[]
  /** Waits until something like it was heard, and gives it. */
  until(is: (heard: Heard) => boolean): Promise<Heard>
  /** Whether the server has ended the stream. */
  readonly ended: () => boolean
  leave(): void
}

/** Opens a stream of events as a browser does, over a real connection, and keeps what it hears. */
export async function openPage(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<Page> {
  const leaving = new AbortController()
  const reply = await fetch(`${url}/api/events`, {
    headers: { ...headers, accept: 'text/event-stream' },
    signal: leaving.signal,
  })
  assert.equal(reply.status, 200)
  assert.match(reply.headers.get('content-type') ?? '', /^text\/event-stream/)
  const heard: Heard[] = []
  let ended = false
  const { body } = reply
  assert.ok(body)
  const read = async () => {
    let rest = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      heard.push(...blocks.flatMap(eventOf))
    }
  }
  read()
    .catch(() => {})
    .finally(() => {
      ended = true
    })
  return {
    heard,
    until: async (is) => {
      for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 20) {
        const found = heard.find(is)
        if (found) return found
        await sleep(20)
      }
      assert.fail(`not heard; but: ${JSON.stringify(heard)}`)
    },
    ended: () => ended,
    leave: () => leaving.abort(),
  }
}

function eventOf(block: string): Heard[] {
  const event = /^event: (.*)$/m.exec(block)?.[1]
  const data = /^data: (.*)$/m.exec(block)?.[1]
  return event === undefined || data === undefined ? [] : [{ event, data: JSON.parse(data) }]
}
