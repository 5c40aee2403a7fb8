import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { commandDocs } from './command-docs.ts'
import * as except from './exceptions.ts'
import { findForbiddenText } from './forbidden-text.ts'
import { formulaDocs } from './formula-docs.ts'
import { findLooseEnds } from './loose-ends.ts'
import { readFiles, sourcesOf } from './source.ts'
import { findBrokenWalls, roomOrder } from './walls.ts'

const root = resolve(import.meta.dirname, '../..')
const files = readFiles(root)
const sources = sourcesOf(files)

test('every wall between the parts of the house stands', (t) => {
  t.diagnostic(`rooms, ground floor first: ${roomOrder(sources).join(', ')}`)
  assert.deepEqual(findBrokenWalls(sources, except.walls), [])
})

test('nothing is dead, too long, a barrel or a default export', () => {
  assert.deepEqual(findLooseEnds(sources, except.entries, except.looseEnds), [])
})

test('no file holds an unfinished thought, a machine path or a registry address', () => {
  assert.deepEqual(findForbiddenText(files), [])
})

test('docs/cli.md tells every command and option as the command line has them', async () => {
  const written = readFileSync(join(root, 'docs/cli.md'), 'utf8')
  const hint = 'Run "node bin/ensure-installed.js bin/write-docs.ts" after changing a command.'
  assert.deepEqual(written.split('\n'), (await commandDocs()).split('\n'), hint)
})

test('docs/formulas.md tells every function as formulas have them', () => {
  const written = readFileSync(join(root, 'docs/formulas.md'), 'utf8')
  const hint = 'Run "node bin/ensure-installed.js bin/write-docs.ts" after changing a function.'
  assert.deepEqual(written.split('\n'), formulaDocs().split('\n'), hint)
})
