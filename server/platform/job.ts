import { setTimeout as sleep } from 'node:timers/promises'
import { makeWorkerUtils, Logger as QueueLogger, run, runMigrations } from 'graphile-worker'
import { type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import pino, { type Logger } from 'pino'
import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { Job } from '#contract/system.ts'
import type { Canonical } from '#kernel/decision/canonical.ts'
import { channel, payloadOf } from '#server/platform/announce.ts'
import type { Database, Reader } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import type { CommandTransaction, Context } from '#server/platform/run-command.ts'

/** Tells how far long work has come; throws `Cancelled` when somebody asked to stop. */
export type Progress = (done: number, total: number | null) => Promise<void>

class Cancelled extends Error {}

/** A kind of long work: its own name, and what does it. */
export type JobKind = {
  readonly kind: string
  /** Crontab line after which it also runs by itself, with an empty input. */
  readonly cron?: string
  /**
   * Name under which commands queue it by `tx.enqueue`, in letters, digits and underscores. Such
   * light work has no row in `platform.job`: it acts as the system with the payload as its input,
   * and what it refuses or throws is tried again by the queue, later each time.
   */
  readonly task?: string
  /**
   * Also runs over and over with this pause, for what must follow within seconds; it rests nine
   * times as long as it worked, so that it leaves the database to others.
   */
  readonly everyMs?: number
  readonly perform: (context: Context, input: unknown, progress: Progress) => Promise<unknown>
}

const columns = sql`
  id, kind, state, steps_done::float8 as "stepsDone", steps_total::float8 as "stepsTotal", message,
  coalesce(result #>> '{refused,facts,zh}', message) as "messageZh",
  result, requested_by as "requestedBy", created_at as "createdAt", finished_at as "finishedAt"`

export async function findJob(db: Reader, id: string): Promise<Job | undefined> {
  return db.row(sql<Job>`select ${columns} from platform.job where id = ${id}`)
}

export async function latestJobs(db: Reader): Promise<Job[]> {
  return db.rows(sql<Job>`
    select ${columns} from platform.job order by created_at desc, id limit 100`)
}

/** A job with what it was asked. */
export type AskedJob = Job & { readonly input: unknown }

export async function jobsOfKind(db: Reader, kind: string): Promise<AskedJob[]> {
  return db.rows(sql<AskedJob>`
    select ${columns}, input from platform.job where kind = ${kind} order by created_at desc, id limit 50`)
}

/** What a job of a kind was asked, whatever became of it. */
export async function askedOfJob(
  db: Reader,
  kind: string,
  id: string,
): Promise<AskedJob | undefined> {
  return db.row(sql<AskedJob>`
    select ${columns}, input from platform.job where kind = ${kind} and id = ${id}`)
}

/** Records a job and queues it in the same transaction. */
export async function requestJob(
  tx: CommandTransaction,
  context: Context,
  kind: string,
  input: Canonical,
): Promise<string> {
  const id = newId()
  await tx.run(sql`
    insert into platform.job (id, kind, input, state, requested_by)
    values (${id}, ${kind}, ${JSON.stringify(input)}, 'waiting', ${context.actor.name})`)
  tx.announce({ kind: 'job.changed', id })
  await tx.enqueue('job', { id, actor: { ...context.actor } })
  return id
}

export async function requestCancel(tx: CommandTransaction, id: string): Promise<boolean> {
  const touched = await tx.run(sql`
    update platform.job set cancel_requested_at = now()
    where id = ${id} and state in ('waiting', 'running')`)
  return touched === 1
}

export async function installJobQueue(pool: pg.Pool): Promise<void> {
  await runMigrations({ pgPool: pool, logger: queueLogger(pino({ enabled: false })) })
}

/** Frees the jobs of a server that was killed; only for the one server of an embedded database. */
export async function freeAbandonedJobs(pool: pg.Pool): Promise<void> {
  const held = await pool.query(
    'select distinct locked_by from graphile_worker.jobs where locked_by is not null',
  )
  if (held.rowCount === 0) return
  const utils = await makeWorkerUtils({
    pgPool: pool,
    logger: queueLogger(pino({ enabled: false })),
  })
  await utils.forceUnlockWorkers(held.rows.map((row: { locked_by: string }) => row.locked_by))
  await utils.release()
}

/** Starts working off the queue; `stop` lets running jobs end. */
export async function startJobs(of: {
  db: Database
  log: Logger
  kinds: readonly JobKind[]
  contextOf: (actor?: Context['actor']) => Context
}): Promise<{ stop(): Promise<void> }> {
  const timed = of.kinds.filter((kind) => kind.cron !== undefined)
  const pool = poolOfTheQueue(of.db.pool)
  const runner = await run({
    pgPool: pool,
    concurrency: 2,
    noHandleSignals: true,
    logger: queueLogger(of.log),
    crontab: timed.map((kind) => `${kind.cron} ${timedTask(kind)} ?max=3`).join('\n'),
    taskList: {
      job: async (payload) => {
        const { id, actor } = payload as { id: string; actor: Context['actor'] }
        await perform(of.db, of.kinds, { id, context: of.contextOf(actor), log: of.log })
      },
      ...Object.fromEntries(
        timed.map((kind) => [
          timedTask(kind),
          async () => {
            await kind.perform(of.contextOf(), {}, async () => {})
          },
        ]),
      ),
      ...Object.fromEntries(
        of.kinds.flatMap((kind) =>
          kind.task === undefined ? [] : [[kind.task, lightTask(kind, of.contextOf)]],
        ),
      ),
    },
  })
  const loops = of.kinds.map((kind) => repeat(kind, of))
  return {
    stop: async () => {
      await Promise.all(loops.map((stop) => stop()))
      await runner.stop()
      await pool.end()
    },
  }
}

/** Runs a kind of work again and again until it is stopped. */
function repeat(
  kind: JobKind,
  of: { log: Logger; contextOf: () => Context },
): () => Promise<unknown> {
  if (kind.everyMs === undefined) return async () => {}
  const { everyMs } = kind
  const end = new AbortController()
  const loop = async () => {
    for (let pauseMs = everyMs; ; ) {
      await sleep(pauseMs, undefined, { ref: false, signal: end.signal })
      const start = performance.now()
      try {
        await kind.perform(of.contextOf(), {}, async () => {})
      } catch (error) {
        of.log.error({ err: error, kind: kind.kind }, 'repeated work failed')
      }
      pauseMs = Math.max(everyMs, 9 * (performance.now() - start))
    }
  }
  const done = loop().catch(() => {})
  return () => {
    end.abort()
    return done
  }
}

/**
 * The queue writes numbers of jobs as JSON and counts with dates, so that it cannot work on our
 * connections, which read bigints and keep moments as text.
 */
function poolOfTheQueue({ options }: pg.Pool): pg.Pool {
  const { INT8, TIMESTAMPTZ } = pg.types.builtins
  const pool = new pg.Pool({
    ...options,
    password: options.password,
    max: 4,
    types: {
      getTypeParser: (type: number, format?: 'text' | 'binary') => {
        const ours = pg.types.getTypeParser(type, format as 'text')
        if (type === INT8) return String
        return type === TIMESTAMPTZ ? (text: string) => new Date(ours(text)) : ours
      },
    },
  })
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** The queue's crontab knows letters, digits and underscores only. */
function timedTask(kind: JobKind): string {
  return `timed_${kind.kind.replaceAll(/[^a-z0-9]/g, '_')}`
}

function lightTask(kind: JobKind, contextOf: () => Context): (payload: unknown) => Promise<void> {
  return async (payload) => {
    const answer = await kind.perform(contextOf(), payload, async () => {})
    if (isRefusal(answer)) throw new Error(`${kind.kind}: ${answer.refused.detail}`)
  }
}

async function perform(
  db: Database,
  kinds: readonly JobKind[],
  of: { id: string; context: Context; log: Logger },
): Promise<void> {
  const claimed = await db.row(sql<{ kind: string; input: unknown }>`
    update platform.job set state = 'running', started_at = now()
    where id = ${of.id} and state in ('waiting', 'running') and cancel_requested_at is null
    returning kind, input, ${told(of.id)}`)
  if (!claimed) {
    await finish(db, of.id, 'cancelled', null, null)
    return
  }
  const kind = kinds.find((candidate) => candidate.kind === claimed.kind)
  try {
    if (!kind) throw new Error(`This version knows no job "${claimed.kind}".`)
    const answer = await kind.perform(of.context, claimed.input, progressOf(db, of.id))
    if (isRefusal(answer)) await finish(db, of.id, 'failed', answer, answer.refused.detail)
    else await finish(db, of.id, 'done', answer, null)
  } catch (error) {
    if (error instanceof Cancelled) await finish(db, of.id, 'cancelled', null, null)
    else {
      of.log.error({ err: error, job: of.id }, 'job failed')
      await finish(db, of.id, 'failed', null, (error as Error).message)
    }
  }
}

function progressOf(db: Database, id: string): Progress {
  let toldMs = 0
  return async (done, total) => {
    const now = performance.now()
    if (now - toldMs < 250) return
    toldMs = now
    const row = await db.row(sql<{ asked: boolean }>`
      update platform.job set steps_done = ${done}, steps_total = ${total} where id = ${id}
      returning cancel_requested_at is not null as asked, ${told(id)}`)
    if (row?.asked) throw new Cancelled('cancelled')
  }
}

async function finish(
  db: Database,
  id: string,
  state: 'done' | 'failed' | 'cancelled',
  result: unknown | Refusal,
  message: string | null,
): Promise<void> {
  await db.rows(sql`
    update platform.job set state = ${state}, finished_at = now(), message = ${message},
      result = ${JSON.stringify(result ?? null)}, steps_total = coalesce(steps_total, steps_done),
      steps_done = case when ${state} = 'done' then coalesce(steps_total, steps_done)
        else steps_done end
    where id = ${id}
    returning ${told(id)}`)
}

/** Has open pages hear how far a job has come. */
function told(id: string): RawBuilder<unknown> {
  return sql`pg_notify(${channel}, ${payloadOf([{ kind: 'job.changed', id }])})`
}

/** The queue's own messages: only what needs attention, in our log. */
function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger((scope) => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ scope }, message)
  })
}
