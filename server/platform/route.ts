import type { Readable } from 'node:stream'
import type { Static, TSchema } from 'typebox'
import type { Refusal } from '#contract/problem.ts'
import type { Permission } from '#contract/role.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'

/** One URL: who may call it, what it takes, what it may write. Rooms export lists of these. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Fastify's pattern: `/api/parties/:partyId`. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly access: Permission | 'public' | 'signed-in'
  /**
   * Whom it concerns, for callers who do not see all parties: by itself the `:partyId` of its path.
   */
  readonly reach?: Reach
  /** Commands that it runs; each leaves an audit entry of that name. */
  readonly commands: readonly string[]
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly reply?: TSchema
  /** Takes one file as multipart/form-data with text fields beside it. */
  readonly upload?: boolean
  readonly handle: (call: Call) => Promise<unknown>
}

/**
 * No party at all; parties that its use case filters by itself; the whole company, which is closed to
 * who sees a part of it; or the party of what the path names, found by this.
 */
export type Reach =
  | 'nothing'
  | 'filtered'
  | 'company'
  | ((db: Reader, params: Readonly<Record<string, string>>) => Promise<string | undefined>)

export type Upload = {
  readonly fileName: string
  /** Where the bytes were put; gone when the call ends. */
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
}

export type Call = {
  readonly context: Context
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly upload: Upload | undefined
  readonly http: {
    readonly address: string
    readonly agent: string
    /** The media types that the caller takes. */
    readonly accept: string
    /** The raw session cookie or bearer token of this call. */
    readonly token: string | undefined
    setCookie(value: string, maxAgeSeconds: number): void
    clearCookie(): void
    /** What a sign-in at another house has to remember until the browser comes back. */
    readonly attempt: {
      readonly value: string | undefined
      set(value: string, maxAgeSeconds: number): void
      clear(): void
    }
    /** Where people open the program, without a slash at the end. */
    readonly siteUrl: string
    setStatus(status: number): void
    readonly language: 'zh' | 'en'
  }
}

/**
 * A reply that is not JSON: a file or a page. A file is a download unless it is to be shown in
 * place, which other pages of ours may then frame; sandboxed, nothing in it can act.
 */
export class Content {
  readonly type: string
  readonly body: string | Buffer | Readable
  readonly headers: Readonly<Record<string, string>>
  constructor(
    type: string,
    body: string | Buffer | Readable,
    fileName?: string,
    show: 'attachment' | 'inline' | 'inline-sandboxed' = 'attachment',
    more: Readonly<Record<string, string>> = {},
  ) {
    this.type = type
    this.body = body
    this.headers = { ...(fileName === undefined ? {} : fileHeaders(fileName, show)), ...more }
  }
}

function fileHeaders(name: string, show: 'attachment' | 'inline' | 'inline-sandboxed') {
  const place = show === 'attachment' ? show : 'inline'
  // A browser's own viewer of PDF draws by styles, and works in no sandbox.
  const rest = show === 'inline' ? "object-src 'self'; style-src 'unsafe-inline'" : 'sandbox'
  const ancestors = show === 'attachment' ? "'none'" : "'self'"
  return {
    'content-disposition': `${place}; filename*=UTF-8''${encodeName(name)}`,
    'content-security-policy': `default-src 'none'; frame-ancestors ${ancestors}; ${rest}`,
  }
}

/** What RFC 8187 takes as it is, and the rest as its bytes. */
function encodeName(name: string): string {
  const byte = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, byte)
}

/** A reply that sends the browser elsewhere. */
export class Redirect {
  readonly to: string
  constructor(to: string) {
    this.to = to
  }
}

type Shape<S> = S extends TSchema ? Static<S> : undefined

type TypedCall<P, Q, B> = Omit<Call, 'params' | 'query' | 'body'> & {
  readonly params: Shape<P>
  readonly query: Shape<Q>
  readonly body: Shape<B>
}

/** Declares a route whose handler sees its parameters with the types of their schemas. */
export function route<
  P extends TSchema | undefined,
  Q extends TSchema | undefined,
  B extends TSchema | undefined,
>(
  declared: Omit<Route, 'handle' | 'params' | 'query' | 'body'> & {
    params?: P
    query?: Q
    body?: B
    handle: (call: TypedCall<P, Q, B>) => Promise<unknown | Refusal>
  },
): Route {
  // Fastify validates by these very schemas before the handler is called.
  return declared as unknown as Route
}
