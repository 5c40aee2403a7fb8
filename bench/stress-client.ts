import { type Connection, jsonOf } from '#bench/connection.ts'
import type { StressWorld } from '#bench/stress-world.ts'
import { integerBetween, openStream, type RandomStream } from '#kernel/random/random.ts'

export type Json = Readonly<Record<string, unknown>>

export type Answer = {
  readonly status: number
  readonly json: Json
  /** Neither a refusal nor a failure. */
  readonly isDone: boolean
}

/** What happened to all requests of a run, by what was done and how it ended. */
export type Tally = {
  operations: number
  readonly outcomes: Map<string, number>
  /** Answers that no caller should ever get. */
  readonly faults: string[]
}

export function newTally(): Tally {
  return { operations: 0, outcomes: new Map(), faults: [] }
}

/** One caller with its own connection and its own chance, among others in the same world. */
export class StressClient {
  readonly stream: RandomStream
  readonly world: StressWorld
  readonly name: string
  readonly #connection: Connection
  readonly #tally: Tally
  #made = 0

  constructor(of: { world: StressWorld; connection: Connection; tally: Tally; name: string }) {
    this.world = of.world
    this.name = of.name
    this.stream = openStream(of.world.seed, of.name)
    this.#connection = of.connection
    this.#tally = of.tally
  }

  /** A number for a document or key that nobody else uses. */
  unique(prefix: string): string {
    return `${prefix}-${this.world.seed}-${this.name}-${++this.#made}`
  }

  async post(act: string, path: string, body: unknown, key?: string): Promise<Answer> {
    return this.ask(act, { method: 'POST', path, body, key: key ?? this.unique('K') })
  }

  async ask(
    act: string,
    request: { method: string; path: string; body?: unknown; key?: string },
    on: Connection = this.#connection,
  ): Promise<Answer> {
    const reply = await on.ask(request)
    const json = jsonOf(reply)
    const isDone = reply.status < 300
    const tally = this.#tally
    const how = isDone ? (json.outcome ?? 'done') : (json.kind ?? reply.status)
    const name = `${act}: ${how}`
    tally.operations += 1
    tally.outcomes.set(name, (tally.outcomes.get(name) ?? 0) + 1)
    if (reply.status >= 500) {
      tally.faults.push(`${act} ${request.path} ${JSON.stringify(request.body)}: ${reply.body}`)
    }
    return { status: reply.status, json, isDone }
  }

  fault(sentence: string): void {
    this.#tally.faults.push(sentence)
  }

  amount(most: number): string {
    const cents = integerBetween(this.stream, 10_000, most * 100)
    return (cents / 100).toFixed(2)
  }
}
