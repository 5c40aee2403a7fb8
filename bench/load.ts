import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Connection, type Reply, type Request } from '#bench/connection.ts'
import { type Figures, figuresOf } from '#bench/latencies.ts'
import { seededPartyId } from '#bench/seed-accounts.ts'
import { cpuSince } from '#bench/yardstick.ts'

/** Credit checks over HTTP from many clients, each waiting for its answer before it asks again. */
export type Load = {
  readonly port: number
  readonly token: string
  readonly clients: number
  readonly seconds: number
  /** Spread evenly over the seeded accounts from 1 to this one. */
  readonly accounts: number
  readonly checksPerCall: number
  /** Calls come at this even pace, whatever the answers; latency counts from when each was due. */
  readonly callsPerSecond?: number
  /** What the numbers of its documents begin with. */
  readonly name: string
}

export type LoadOutcome = Figures & {
  readonly passed: number
  readonly firstRefusal: string | null
}

/** Runs a load in a process of its own, as callers are. */
export async function runLoad(load: Load): Promise<LoadOutcome> {
  const child = fork(import.meta.filename, { stdio: 'inherit' })
  child.send(load)
  const [outcome] = (await once(child, 'message')) as [LoadOutcome]
  child.disconnect()
  await once(child, 'exit')
  return outcome
}

async function generate(load: Load): Promise<LoadOutcome> {
  const connections = await Promise.all(
    Array.from({ length: load.clients }, () => Connection.open(load.port, load.token)),
  )
  const tally = { passed: 0, firstRefusal: null as string | null }
  const latenciesMs: number[] = []
  const cpu = process.cpuUsage()
  const begunMs = performance.now()
  const endMs = begunMs + load.seconds * 1000
  const due = load.callsPerSecond === undefined ? now : paced(begunMs, load.callsPerSecond)
  let calls = 0
  await Promise.all(
    connections.map(async (connection) => {
      for (;;) {
        const askedMs = due()
        if (askedMs >= endMs) return
        while (performance.now() < askedMs) await until(askedMs)
        const reply = await connection.ask(requestOf(load, calls++))
        latenciesMs.push(performance.now() - askedMs)
        count(reply, tally)
      }
    }),
  )
  const seconds = (performance.now() - begunMs) / 1000
  for (const connection of connections) connection.close()
  const checks = latenciesMs.length * load.checksPerCall
  return { ...figuresOf({ latenciesMs, checks, seconds, cpuSeconds: cpuSince(cpu) }), ...tally }
}

function now(): number {
  return performance.now()
}

function paced(begunMs: number, perSecond: number): () => number {
  let calls = 0
  return () => begunMs + (calls++ * 1000) / perSecond
}

/** Timers know whole milliseconds, so calls of one millisecond go together. */
function until(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(1, ms - performance.now())))
}

function requestOf(load: Load, call: number): Request {
  const { checksPerCall: many, name } = load
  const key = `${name}-${call}`
  const check = (number: string) => ({
    party: seededPartyId(1 + Math.floor(Math.random() * load.accounts)),
    document: number,
    amount: '100.00',
    currency: 'CNY',
    requestedOn: '2027-01-31',
    terms: 'net-30',
  })
  const body =
    many === 1
      ? { mode: 'reserve', ...check(key) }
      : { mode: 'reserve', checks: Array.from({ length: many }, (_, n) => check(`${key}-${n}`)) }
  return { method: 'POST', path: '/api/credit-checks', body, key }
}

const outcome = Buffer.from('"outcome":"')
const [held] = Buffer.from('held')

/** Counts answers in the bytes: reading every reply as JSON would cost as much as asking. */
function count(reply: Reply, tally: { passed: number; firstRefusal: string | null }): void {
  let passed = 0
  for (let at = reply.body.indexOf(outcome); at >= 0; at = reply.body.indexOf(outcome, at + 1)) {
    if (reply.body[at + outcome.length] !== held) passed++
  }
  tally.passed += passed
  if (passed === 0) tally.firstRefusal ??= `${reply.status} ${reply.body.toString('utf8')}`
}

if (process.send) {
  process.once('message', async (load) => {
    process.send?.(await generate(load as Load))
  })
}
