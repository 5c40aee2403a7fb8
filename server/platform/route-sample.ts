/**
 * A request that a route accepts, for the test that carries out every route. Rooms keep theirs in
 * `route-samples.ts` by `METHOD path`; only tests read them.
 */
export type RouteSample = {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly file?: SampleFile
  /** A session's cookie where the route is about the session itself. */
  readonly cookie?: string
  /** Who made it, here the administrator's key, may do this with it; others may be refused. */
  readonly isOwn?: boolean
}

export type SampleFile = {
  readonly name: string
  readonly text: string
  readonly fields?: Readonly<Record<string, string>>
}

/** What a sample may use to prepare itself: the API as an administrator calls it. */
export type SampleWorld = {
  /** Sends a request, fails unless it is accepted, gives the reply. */
  call(method: string, url: string, body?: unknown): Promise<Readonly<Record<string, unknown>>>
  /** Sends a request as whoever its headers say, and gives whatever is replied. */
  send(request: {
    readonly method: string
    readonly url: string
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, string>>
  }): Promise<{
    readonly status: number
    readonly headers: Readonly<Record<string, unknown>>
    readonly json: Readonly<Record<string, unknown>>
  }>
  upload(url: string, file: SampleFile): Promise<Readonly<Record<string, unknown>>>
  /** Waits for a job to be done and gives its result. */
  jobDone(id: string): Promise<unknown>
  /** A job that nobody works off, so that it can be cancelled. */
  waitingJob(): Promise<string>
  /** Makes something and gives its id. */
  idOf(url: string, body: unknown): Promise<string>
  newParty(): Promise<string>
  /** A new administrator's login and session. */
  signIn(): Promise<{ login: string; password: string; cookie: string }>
  /** The id of the session behind a cookie. */
  sessionOf(cookie: string): Promise<string>
  /** A notice to the person behind a cookie. */
  noticeFor(cookie: string): Promise<string>
  /** A day counted from the server's today. */
  dayFromToday(days: number): string
  /** A text that no other sample has. */
  unique(prefix: string): string
}

/** By `METHOD path`, and `METHOD path and some words` for another way to call the same route. */
export type RouteSamples = Readonly<Record<string, (world: SampleWorld) => Promise<RouteSample>>>
