import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { holdTestDatabase } from '#server/hold-test-database.ts'
import { reportTests } from './report-tests.ts'
import { bundleWeb } from './web-bundle.ts'

/**
 * What `npm test` runs: format and lint, types, every test. It stops at the first step that fails
 * and prints all that this step said. Arguments are parts of paths: then only the tests of the files
 * that have one of them in their path run.
 */
const root = resolve(import.meta.dirname, '..')
const testedFolders = ['server', 'scenarios', 'db', 'bin', 'contract', 'packs', 'web', 'kernel']
const longestFileMs = 10 * 60_000

const filters = process.argv.slice(2)
const startedMs = performance.now()
const steps =
  filters.length > 0
    ? []
    : ([
        ['format and lint', '@biomejs/biome/bin/biome', 'ci', '--colors=off'],
        ['types of the kernel', 'typescript/bin/tsc', '-p', 'kernel'],
        ['types', 'typescript/bin/tsc', '-p', '.'],
        ['types of the pages', 'typescript/bin/tsc', '-p', 'web'],
      ] as const)
const passed = steps.every(([name, script, ...rest]) => tool(name, script, rest)) && (await pages())
const allPassed = passed && (await tests())
process.stdout.write(`${allPassed ? 'All is well' : 'Failed'} after ${seconds(startedMs)}.\n`)
process.exit(allPassed ? 0 : 1)

function tool(name: string, script: string, rest: readonly string[]): boolean {
  const begunMs = performance.now()
  const done = spawnSync(process.execPath, [join(root, 'node_modules', script), ...rest], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const isFine = done.status === 0
  say(isFine, name, seconds(begunMs))
  if (!isFine) process.stdout.write(`${done.stdout}${done.stderr}${done.error?.message ?? ''}\n`)
  return isFine
}

/** Made once, so that no server that a test starts has to. */
async function pages(): Promise<boolean> {
  const begunMs = performance.now()
  const problem = await bundleWeb().then(
    () => undefined,
    (error: Error) => error,
  )
  say(problem === undefined, 'pages', seconds(begunMs))
  if (problem) process.stdout.write(`${problem.stack}\n`)
  return problem === undefined
}

async function tests(): Promise<boolean> {
  const files = testFiles().filter(
    (file) => filters.length === 0 || filters.some((part) => file.includes(part)),
  )
  if (files.length === 0) {
    process.stdout.write(`No test file has ${filters.join(' or ')} in its path.\n`)
    return false
  }
  const begunMs = performance.now()
  const database = await holdTestDatabase().catch((error: Error) => error)
  if (database instanceof Error) {
    say(false, 'test database', seconds(begunMs))
    process.stdout.write(`${database.message}\n`)
    return false
  }
  say(true, 'test database', seconds(begunMs))
  try {
    const testsBegunMs = performance.now()
    const stream = run({
      cwd: root,
      files: files.map((file) => join(root, file)),
      concurrency: Math.max(2, Math.min(8, availableParallelism())),
      timeout: longestFileMs,
    })
    const isFine = await reportTests(stream, root, (text) => process.stdout.write(text))
    say(isFine, `tests in ${files.length} files`, seconds(testsBegunMs))
    return isFine
  } finally {
    await database.release()
  }
}

/** Files that need the database come first: they take longest. */
function testFiles(): string[] {
  return testedFolders.flatMap((folder) => testFilesBelow(join(root, folder)).sort())
}

function testFilesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  } catch (error) {
    // Not every folder is there from the first day.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function say(isFine: boolean, name: string, time: string): void {
  process.stdout.write(`${isFine ? 'ok ' : 'BAD'} ${name.padEnd(28)} ${time.padStart(7)}\n`)
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`
}
