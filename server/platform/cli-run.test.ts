import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { Command } from 'commander'
import { refuse } from '#contract/problem.ts'
import { createRun, type Run } from '#server/platform/cli-run.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
const outside = { url: process.env.DATABASE_URL, data: process.env.XINHENG_DATA }
before(async () => {
  database = await openTestDatabase()
  const { host, port, user, password, database: name } = database.connection
  const reach = new URLSearchParams({ host: String(host), port: String(port) })
  process.env.DATABASE_URL = `postgresql://${user}:${password}@/${name}?${reach}`
})
after(async () => {
  if (outside.url === undefined) delete process.env.DATABASE_URL
  else process.env.DATABASE_URL = outside.url
  await database.close()
})

let printed: { out: string; err: string }
const write = { stdout: process.stdout.write, stderr: process.stderr.write }
beforeEach(() => {
  printed = { out: '', err: '' }
})
afterEach(() => {
  process.exitCode = undefined
})

/** Runs work as the command line would with these arguments, and keeps what it prints. */
async function command(args: readonly string[], act: (run: Run) => Promise<void>): Promise<void> {
  const program = new Command('test')
    .option('--json')
    .option('--dry-run')
    .option('--as-of <day>')
    .exitOverride()
  const run = createRun(program, async (db) => ({ ...database.context(), db }))
  program.command('act').action(async () => {
    listenTo('stdout', 'out')
    listenTo('stderr', 'err')
    try {
      await act(run)
    } finally {
      process.stdout.write = write.stdout
      process.stderr.write = write.stderr
    }
  })
  await program.parseAsync(['node', 'test', ...args, 'act'])
}

/** Keeps the text that is printed; the runner of the tests sends bytes the same way. */
function listenTo(stream: 'stdout' | 'stderr', into: 'out' | 'err'): void {
  const pass = write[stream].bind(process[stream])
  process[stream].write = (chunk: string | Uint8Array) => {
    if (typeof chunk !== 'string') return pass(chunk)
    printed[into] += chunk
    return true
  }
}

test('columns are as wide as their widest cell, a Chinese sign counts twice', async () => {
  await command([], (run) =>
    run(
      async () => ({}),
      (_, output) =>
        output.table(
          ['客户', 'amount', 'due'],
          [
            ['深圳市某某有限公司', '1,234.50', '2026-11-24'],
            ['ABC Ltd.', '-7', ''],
            ['ＡＢＣ（全角）', '', '2026-01-02'],
          ],
        ),
    ),
  )
  assert.deepEqual(printed.out.split('\n'), [
    '客户                  amount  due',
    '------------------  --------  ----------',
    '深圳市某某有限公司  1,234.50  2026-11-24',
    'ABC Ltd.                  -7',
    'ＡＢＣ（全角）                2026-01-02',
    '',
  ])
})

test('a table without rows has its header', async () => {
  await command([], (run) =>
    run(
      async () => ({}),
      (_, output) => output.table(['code', 'name'], []),
    ),
  )
  assert.equal(printed.out, 'code  name\n----  ----\n')
})

test('--json prints the answer alone, exact numbers as text', async () => {
  await command(['--json'], (run) =>
    run(
      async (_, output) => {
        output.say('for people')
        return { minor: 12345678901234567890n, day: '2026-11-24' }
      },
      (_, output) => output.say('for people too'),
    ),
  )
  const expected = { minor: '12345678901234567890', day: '2026-11-24' }
  assert.deepEqual(JSON.parse(printed.out), expected)
})

test('a refusal is one sentence on standard error and exit code 2', async () => {
  const refusing = (run: Run) => run(async () => refuse('not-found', 'There is no such party.'))
  await command([], refusing)
  assert.deepEqual(printed, { out: '', err: 'Not done: There is no such party.\n' })
  assert.equal(process.exitCode, 2)
  process.exitCode = undefined
  printed = { out: '', err: '' }
  await command(['--json'], refusing)
  const refused = { kind: 'not-found', detail: 'There is no such party.' }
  assert.deepEqual(JSON.parse(printed.out), refused)
  assert.equal(process.exitCode, 2)
})

test('--dry-run and --as-of reach the use case, and a dry run says so', async () => {
  await command(['--dry-run', '--as-of', '2020-02-29'], (run) =>
    run(
      async ({ dryRun, today }) => ({ dryRun, today }),
      ({ dryRun, today }, output) => output.say(`${dryRun} ${today}`),
    ),
  )
  assert.equal(printed.out, 'Dry run: nothing was kept.\ntrue 2020-02-29\n')
})

test('a day that is none is named before anything happens', async () => {
  let worked = false
  const work = async () => {
    worked = true
  }
  for (const text of ['2026-02-30', 'yesterday']) {
    await assert.rejects(
      command(['--as-of', text], (run) => run(work)),
      new RegExp(`--as-of: "${text}" is not a day: write YYYY-MM-DD`),
    )
  }
  assert.equal(worked, false)
})

test('a command sets its own exit code where it finds something', async () => {
  await command([], (run) => run(async (_, output) => output.exitWith(3)))
  assert.equal(process.exitCode, 3)
})
