import { currentLanguage } from './use-words.ts'

/** What the server said when it did not do what was asked (RFC 9457), or that it is silent. */
export class ProblemError extends Error {
  readonly kind: string
  readonly title: string
  readonly status: number
  readonly instance: string | undefined
  readonly facts: Readonly<Record<string, unknown>>
  constructor(problem: Readonly<Record<string, unknown>>, status: number) {
    const isTold = currentLanguage() === 'zh-CN' && typeof problem.zh === 'string'
    super(String((isTold ? problem.zh : problem.detail) ?? problem.title ?? status))
    this.kind = String(problem.kind ?? 'internal-error')
    this.title = String(problem.title ?? status)
    this.status = status
    this.instance = typeof problem.instance === 'string' ? problem.instance : undefined
    this.facts = problem
  }
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

type Sending = {
  readonly body?: unknown
  readonly query?: Query
  /** The same act again, after a lost answer, is done once. */
  readonly key?: string
  readonly signal?: AbortSignal
  /** Does not ask the person to sign in again where the session has ended. */
  readonly isQuiet?: boolean
}

export function get<Reply>(path: string, query?: Query, signal?: AbortSignal): Promise<Reply> {
  return send<Reply>('GET', path, { ...(query && { query }), ...(signal && { signal }) })
}

/** Sends a request. Where the session has ended it waits for a new one and sends it once more. */
export async function send<Reply>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  sending: Sending = {},
): Promise<Reply> {
  const key = sending.key ?? (method === 'GET' ? undefined : newKey())
  const again = { ...sending, ...(key === undefined ? {} : { key }) }
  try {
    return await answerOf<Reply>(await reach(method, path, again))
  } catch (error) {
    const hasEnded = error instanceof ProblemError && error.kind === 'not-signed-in'
    if (!hasEnded || sending.isQuiet) throw error
    await askToSignIn()
    return answerOf<Reply>(await reach(method, path, again))
  }
}

/** Unlike the browser's own way it works at addresses without TLS too. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

async function reach(method: string, path: string, sending: Sending): Promise<Response> {
  const { body, key, query, signal } = sending
  const isForm = body instanceof FormData
  try {
    return await fetch(pathWith(path, query), {
      method,
      headers: {
        'accept-language': currentLanguage(),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error
    throw new ProblemError({ kind: 'offline' }, 0)
  }
}

async function answerOf<Reply>(response: Response): Promise<Reply> {
  const text = await response.text()
  const json = text === '' ? {} : jsonOf(text)
  if (!response.ok) throw new ProblemError(json as Record<string, unknown>, response.status)
  return json as Reply
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { detail: text.slice(0, 300) }
  }
}

/** A path with its query, empty values left out. */
export function pathWith(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value))
  }
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

type Waiter = { readonly go: () => void; readonly fail: (error: Error) => void }
const waiting: Waiter[] = []
const signedIn = new Set<() => void>()
let isEnded = false
let tellOfEnd: (isEnded: boolean) => void = () => {}

/** Requests that met an ended session wait here until the person has signed in again. */
function askToSignIn(): Promise<void> {
  return new Promise((go, fail) => {
    waiting.push({ go, fail })
    sessionEnded()
  })
}

/** Asks the person to sign in again, over the page. */
export function sessionEnded(): void {
  isEnded = true
  tellOfEnd(true)
}

export function onSessionEnd(listener: (isEnded: boolean) => void): () => void {
  tellOfEnd = listener
  listener(isEnded)
  return () => {
    tellOfEnd = () => {}
  }
}

/** Calls back when somebody has signed in again, here or in another tab. */
export function onSignedIn(listener: () => void): () => void {
  signedIn.add(listener)
  return () => signedIn.delete(listener)
}

export function signedInAgain(): void {
  if (!isEnded) return
  isEnded = false
  tellOfEnd(false)
  for (const { go } of waiting.splice(0)) go()
  for (const tell of [...signedIn]) tell()
}

/** Leaves the page as it is; the next request asks again. */
export function gaveUpSession(): void {
  tellOfEnd(false)
  for (const { fail } of waiting.splice(0)) {
    fail(new ProblemError({ kind: 'not-signed-in' }, 401))
  }
}
