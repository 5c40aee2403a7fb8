import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { reportTests } from './report-tests.ts'

const folder = mkdtempSync(join(tmpdir(), 'xinheng-report-'))
after(() => rmSync(folder, { recursive: true }))

/** Runs files of made-up tests as `npm test` does. */
async function reportOf(files: Readonly<Record<string, string>>) {
  // Inside a test node runs no other tests, unless it does not know where it is.
  delete process.env.NODE_TEST_CONTEXT
  const { run } = await import('node:test')
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name)
    writeFileSync(path, `import { test } from 'node:test'\n${text}\n`)
    return path
  })
  let printed = ''
  const passed = await reportTests(run({ files: paths, concurrency: 2 }), folder, (text) => {
    printed += text
  })
  return { passed, printed }
}

const passing = "test('one', () => {}); test('two', { skip: 'no data' }, () => {})"

test('passing files are a sign each, and the counts of the runner close the report', async () => {
  const { passed, printed } = await reportOf({ 'a.test.mjs': passing, 'b.test.mjs': passing })
  assert.equal(passed, true)
  assert.match(printed, /^\.\.\nslowest: [ab]\.test\.mjs \d+\.\d s, [ab]\.test\.mjs \d+\.\d s\n/)
  assert.match(printed, /\nℹ tests 4\n(.*\n)*ℹ pass 2\nℹ fail 0\n(.*\n)*ℹ skipped 2\n/)
  assert.doesNotMatch(printed, /one|two/)
})

test('a failing test is told in full, with its place, and fails the whole', async () => {
  const failing = "test('three', () => { throw new Error('it is broken') })"
  const { passed, printed } = await reportOf({ 'a.test.mjs': passing, 'c.test.mjs': failing })
  assert.equal(passed, false)
  assert.match(printed, /^(\.X|X\.)\n/)
  assert.match(printed, /✖ three[\s\S]+Error: it is broken[\s\S]+c\.test\.mjs:2:/)
  assert.match(printed, /\nℹ tests 3\n(.*\n)*ℹ fail 1\n/)
})

test('a file that breaks off or cannot be read is no success', async () => {
  assert.equal((await reportOf({ 'd.test.mjs': 'process.exit(7)' })).passed, false)
  assert.equal((await reportOf({ 'e.test.mjs': 'syntax error' })).passed, false)
})
