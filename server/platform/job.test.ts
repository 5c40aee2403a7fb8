import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import pino from 'pino'
import { isRefusal, refuse } from '#contract/problem.ts'
import type { Job } from '#contract/system.ts'
import {
  findJob,
  freeAbandonedJobs,
  type JobKind,
  requestCancel,
  requestJob,
  startJobs,
} from '#server/platform/job.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const log = pino({ enabled: false })
const command = { name: 'test.request', permission: 'job:write', input: {} } as const

async function request(kind: string, input: { n: number } = { n: 0 }): Promise<string> {
  const context = database.context()
  const id = await runCommand(context, command, (tx) => requestJob(tx, context, kind, input))
  assert.ok(!isRefusal(id))
  return id
}

async function working<Result>(
  kinds: readonly JobKind[],
  work: () => Promise<Result>,
): Promise<Result> {
  const contextOf = (actor: Context['actor'] = database.context('viewer').actor): Context => ({
    ...database.context(),
    actor,
  })
  const runner = await startJobs({ db: database.db, log, kinds, contextOf })
  try {
    return await work()
  } finally {
    await runner.stop()
  }
}

async function jobWhen(id: string, is: (job: Job) => boolean): Promise<Job> {
  for (let waitedMs = 0; waitedMs < 15_000; waitedMs += 20) {
    const job = await findJob(database.db, id)
    if (job && is(job)) return job
    await sleep(20)
  }
  assert.fail(`job ${id}: ${JSON.stringify(await findJob(database.db, id))}`)
}

const ended = (job: Job) => job.finishedAt !== null

test('a job runs with its input as whoever asked for it, and keeps its result', async () => {
  const kinds: JobKind[] = [
    { kind: 'double', perform: async (context, input) => ({ input, by: context.actor.id }) },
  ]
  const id = await request('double', { n: 21 })
  assert.equal((await findJob(database.db, id))?.state, 'waiting')
  const job = await working(kinds, () => jobWhen(id, ended))
  assert.equal(job.state, 'done')
  assert.deepEqual(job.result, { input: { n: 21 }, by: 'test-admin' })
  assert.equal(job.requestedBy, 'test admin')
})

test('progress is seen while it runs, and a cancelled job ends at its next step', async () => {
  const kinds: JobKind[] = [
    {
      kind: 'endless',
      perform: async (_, __, progress) => {
        for (let step = 1; ; step++) {
          await progress(step, 1000)
          await sleep(20)
        }
      },
    },
  ]
  await working(kinds, async () => {
    const id = await request('endless')
    const running = await jobWhen(id, (job) => job.state === 'running' && job.stepsDone > 0)
    assert.equal(running.stepsTotal, 1000)
    const later = await jobWhen(id, (job) => job.stepsDone > running.stepsDone)
    assert.ok(later.stepsDone < 1000)
    assert.equal(await runCommand(database.context(), command, (tx) => requestCancel(tx, id)), true)
    assert.equal((await jobWhen(id, ended)).state, 'cancelled')
    assert.equal(
      await runCommand(database.context(), command, (tx) => requestCancel(tx, id)),
      false,
    )
  })
})

test('a job cancelled before its turn never begins', async () => {
  let begun = false
  const kinds: JobKind[] = [
    {
      kind: 'late',
      perform: async () => {
        begun = true
      },
    },
  ]
  const id = await request('late')
  await runCommand(database.context(), command, (tx) => requestCancel(tx, id))
  const job = await working(kinds, () => jobWhen(id, ended))
  assert.deepEqual([job.state, begun], ['cancelled', false])
})

test('a refusal, an exception and an unknown kind each fail with their sentence', async () => {
  const kinds: JobKind[] = [
    { kind: 'refusing', perform: async () => refuse('no-policy', 'Publish a scorecard first.') },
    {
      kind: 'breaking',
      perform: async () => {
        throw new Error('the disk is full')
      },
    },
  ]
  const ids = [await request('refusing'), await request('breaking'), await request('unheard-of')]
  const jobs = await working(kinds, () => Promise.all(ids.map((id) => jobWhen(id, ended))))
  assert.deepEqual(
    jobs.map(({ state, message }) => [state, message]),
    [
      ['failed', 'Publish a scorecard first.'],
      ['failed', 'the disk is full'],
      ['failed', 'This version knows no job "unheard-of".'],
    ],
  )
})

test('a kind with a crontab line is known to the queue, whatever signs its name has', async () => {
  const kinds: JobKind[] = [
    { kind: 'audit.seal-all', cron: '* * * * *', perform: async () => {} },
    { kind: 'never.timed', perform: async () => {} },
  ]
  await working(kinds, async () => {
    let names: string[] = []
    for (let waitedMs = 0; waitedMs < 10_000 && names.length === 0; waitedMs += 20) {
      await sleep(20)
      const known = await database.db.pool.query(
        'select identifier as name from graphile_worker._private_known_crontabs',
      )
      names = known.rows.map((row: { name: string }) => row.name)
    }
    assert.deepEqual(names, ['timed_audit_seal_all'])
  })
})

test('a light task acts as the system with its payload, and is tried again when it fails', async () => {
  const seen: unknown[] = []
  const kinds: JobKind[] = [
    {
      kind: 'parcel.send',
      task: 'parcel_send',
      perform: async (context, input) => {
        seen.push([context.actor.id, input])
        if (seen.length === 1) throw new Error('nobody opened')
        return seen.length === 2 ? refuse('unavailable', 'The door is locked.') : undefined
      },
    },
  ]
  const before = await database.db.row(sql<{ n: bigint }>`select count(*) as n from platform.job`)
  await runCommand(database.context(), command, (tx) =>
    tx.enqueue('parcel_send', { number: 7 }, { queue: 'parcels' }),
  )
  await working(kinds, async () => {
    for (let waitedMs = 0; waitedMs < 15_000 && seen.length < 3; waitedMs += 50) {
      await sleep(50)
      await database.db.pool.query(
        'update graphile_worker._private_jobs set run_at = now() where last_error is not null',
      )
    }
  })
  assert.deepEqual(seen, Array(3).fill(['test-viewer', { number: 7 }]))
  const rows = await database.db.row(sql<{ n: bigint }>`select count(*) as n from platform.job`)
  assert.equal(rows?.n, before?.n)
  const left = await database.db.pool.query('select 1 from graphile_worker.jobs')
  assert.equal(left.rowCount, 0)
})

test('of light tasks that share a key only the latest waits', async () => {
  const seen: string[] = []
  const kinds: JobKind[] = [
    {
      kind: 'bell.ring',
      task: 'bell_ring',
      perform: async (_, input) => seen.push(JSON.stringify(input)),
    },
  ]
  for (const times of [1, 2, 3]) {
    await runCommand(database.context(), command, (tx) =>
      tx.enqueue('bell_ring', { times }, { key: `bell ${times === 1 ? 'small' : 'large'}` }),
    )
  }
  await working(kinds, async () => {
    for (let waitedMs = 0; waitedMs < 15_000 && seen.length < 2; waitedMs += 20) await sleep(20)
  })
  assert.deepEqual(seen.sort(), ['{"times":1}', '{"times":3}'])
})

test('a job held by a server that was killed is taken up again', async () => {
  const id = await request('double')
  await database.db.pool.query(
    "update graphile_worker._private_jobs set locked_by = 'killed', locked_at = now(), attempts = 1",
  )
  await database.db.pool.query("update platform.job set state = 'running' where id = $1", [id])
  await freeAbandonedJobs(database.db.pool)
  const kinds: JobKind[] = [{ kind: 'double', perform: async () => 'again' }]
  const job = await working(kinds, () => jobWhen(id, ended))
  assert.deepEqual([job.state, job.result], ['done', 'again'])
})
