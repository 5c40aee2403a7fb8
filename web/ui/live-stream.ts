import type { LiveChange } from '#contract/live.ts'
import { onSignedIn, ProblemError, send, signedInAgain } from './api.ts'

export type Told =
  | { readonly is: 'change'; readonly change: LiveChange }
  /** Anything may have changed. */
  | { readonly is: 'refresh' }
  | { readonly is: 'connected'; readonly yes: boolean }
  | { readonly is: 'signed-out' }

/** Between tabs: one where somebody is signed in was opened, or signed in again. */
type Greeting = { readonly is: 'here' }

const again = 2_000
const name = 'xinheng.live'

/**
 * Hears what the server tells open pages. All tabs of a browser share one stream, since a browser
 * opens only some six connections to a server: the tab that holds the lock has it and passes on what
 * it hears; when it closes, the next one opens a stream. Gives what ends it.
 */
export function followServer(hear: (told: Told) => void): () => void {
  const tabs = new BroadcastChannel(name)
  const leaving = new AbortController()
  let isLeading = false
  let isConnected = true
  let wasTold = false
  const tell = (told: Told) => {
    if (told.is === 'connected') isConnected = told.yes
    hear(told)
    tabs.postMessage(told)
  }
  tabs.onmessage = ({ data }: MessageEvent<Told | Greeting>) => {
    wasTold = true
    if (data.is === 'here') {
      signedInAgain()
      if (isLeading) tabs.postMessage({ is: 'connected', yes: isConnected })
    } else hear(data)
  }
  const greet = () => tabs.postMessage({ is: 'here' })
  const forget = onSignedIn(greet)
  greet()
  const lead = () => {
    isLeading = true
    return keepStream(tell, { signal: leaving.signal, wasTold: () => wasTold })
  }
  if (navigator.locks) {
    navigator.locks.request(name, { signal: leaving.signal }, lead).catch(() => {})
  } else whileSeen(lead, leaving.signal)
  return () => {
    leaving.abort()
    forget()
    tabs.close()
  }
}

/** Browsers lend locks to addresses with TLS only; without, the tabs that are seen have a stream. */
function whileSeen(lead: () => Promise<void>, signal: AbortSignal): void {
  if (!document.hidden) lead()
  else document.addEventListener('visibilitychange', () => lead(), { once: true, signal })
}

type Keeping = {
  readonly signal: AbortSignal
  /** Whether somebody else told this page of changes before: then some may have been missed. */
  readonly wasTold: () => boolean
}

/** Keeps a stream open until it is not wanted any more, whatever happens to server and session. */
async function keepStream(tell: (told: Told) => void, of: Keeping): Promise<void> {
  let isFirst = true
  while (!of.signal.aborted) {
    await readStream(of.signal, tell, () => {
      tell({ is: 'connected', yes: true })
      if (!isFirst || of.wasTold()) tell({ is: 'refresh' })
      isFirst = false
    })
    if (of.signal.aborted) return
    await untilSignedIn(of.signal, tell)
  }
}

/** Until the server has ended it for good: a browser comes back by itself after a lost connection. */
function readStream(
  signal: AbortSignal,
  tell: (told: Told) => void,
  ready: () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const source = new EventSource('/api/events')
    const over = new AbortController()
    const end = () => {
      source.close()
      over.abort()
      resolve()
    }
    const lost = () => tell({ is: 'connected', yes: false })
    const until = { signal: over.signal }
    signal.addEventListener('abort', end, until)
    // A connection that was lost without a word, as in sleep, is not found by waiting.
    window.addEventListener('offline', lost, until)
    window.addEventListener('online', end, until)
    source.addEventListener('ready', ready)
    source.addEventListener('change', ({ data }) =>
      tell({ is: 'change', change: JSON.parse(data) }),
    )
    source.addEventListener('refresh', () => tell({ is: 'refresh' }))
    source.addEventListener('signed-out', end)
    source.addEventListener('error', () => {
      lost()
      if (source.readyState === EventSource.CLOSED) end()
    })
  })
}

/** Asks who one is: that waits for a sign-in where the session has ended. */
async function untilSignedIn(signal: AbortSignal, tell: (told: Told) => void): Promise<void> {
  try {
    await send('GET', '/api/me', { isQuiet: true })
  } catch (error) {
    if (error instanceof ProblemError && error.kind === 'not-signed-in') {
      tell({ is: 'signed-out' })
      await new Promise<void>((resolve) => {
        const forget = onSignedIn(() => {
          forget()
          resolve()
        })
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      return
    }
  }
  await new Promise((resolve) => setTimeout(resolve, again))
}
