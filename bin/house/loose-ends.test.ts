import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findForbiddenText } from './forbidden-text.ts'
import { findLooseEnds, type LooseEndExceptions } from './loose-ends.ts'
import { sourcesOf } from './source.ts'

const none: LooseEndExceptions = {
  deadExports: {},
  wideDoors: {},
  longFiles: {},
  longFunctions: {},
}

function faults(files: Record<string, string>, except: Partial<LooseEndExceptions> = {}): string[] {
  const sources = sourcesOf(new Map(Object.entries(files)))
  return findLooseEnds(sources, ['server/main.ts'], { ...none, ...except })
}

test('a file that neither an entry nor a test leads to is dead', () => {
  const files = {
    'server/main.ts': "import { a } from '#kernel/a.ts'\n",
    'kernel/a.ts': "import '#kernel/b.ts'\nexport const a = 1\n",
    'kernel/b.ts': '',
    'kernel/c.test.ts': "import './d.ts'\n",
    'kernel/d.ts': '',
    'kernel/e.ts': "import '#kernel/f.ts'\n",
    'kernel/f.ts': '',
  }
  assert.deepEqual(faults(files), [
    'kernel/e.ts is a dead file: nothing leads to it.',
    'kernel/f.ts is a dead file: nothing leads to it.',
  ])
})

test('an export is dead unless a file that is no test imports it', () => {
  const files = {
    'server/main.ts': "import { a, type T as U } from '#kernel/a.ts'\n",
    'kernel/a.ts':
      'export const a = 1\nexport type T = 1\nexport type T2 = 1\nexport function f() {}\n',
    'kernel/a.test.ts': "import { f } from '#kernel/a.ts'\n",
  }
  assert.deepEqual(faults(files), [
    'kernel/a.ts T2 is exported but no other file uses it.',
    'kernel/a.ts f is exported but no other file uses it.',
  ])
  const spelled = {
    'server/main.ts': "import { f } from '#kernel/a.ts'\n",
    'kernel/a.ts': 'export type Outcome = 1\nexport function f(): Outcome {}\n',
  }
  assert.deepEqual(faults(spelled), [], 'a type of a signature is for its readers')
  const deadExports = { 'kernel/a.ts T2': 'for a reason', 'kernel/a.ts f': 'for a reason' }
  assert.deepEqual(faults(files, { deadExports }), [])
  assert.deepEqual(faults({ 'server/main.ts': '' }, { deadExports: { 'kernel/a.ts f': 'x' } }), [
    'kernel/a.ts f needs no exception any more: take it off the list.',
  ])
})

test('a door hands on at most twelve names and only what somebody takes', () => {
  const names = Array.from({ length: 13 }, (_, n) => `n${n}`)
  const files = {
    'server/main.ts': `import { ${names.slice(0, 12).join(', ')} } from '#server/party/public.ts'\n`,
    'server/party/x.ts': names.map((name) => `export const ${name} = 1\n`).join(''),
    'server/party/public.ts': `export { ${names.join(', ')} } from '#server/party/x.ts'\n`,
  }
  assert.deepEqual(faults(files), [
    'server/party/public.ts n12 is exported but no other file uses it.',
    'server/party/public.ts has 13 names: a door has at most 12.',
  ])
  const deadExports = { 'server/party/public.ts n12': 'for a reason' }
  assert.deepEqual(faults(files, { deadExports, wideDoors: { 'server/party/public.ts': 13 } }), [])
})

test('barrels and default exports are named', () => {
  const files = {
    'server/main.ts':
      "import { a } from './x.ts'\nimport { b } from './y.ts'\nimport z from './z.ts'\n",
    'server/x.ts': "export { a } from './a.ts'\n",
    'server/y.ts': "export * from './a.ts'\nexport const b = 1\n",
    'server/z.ts': 'export default 1\n',
    'server/a.ts': 'export const a = 1\n',
  }
  assert.deepEqual(faults(files), [
    'server/x.ts hands on what others export: only public.ts of a room may.',
    'server/y.ts hands on what others export: only public.ts of a room may.',
    'server/z.ts has a default export: name it.',
  ])
})

test('a file has at most 300 lines unless it is on a list that shrinks', () => {
  const main = (lines: number) => ({ 'server/main.ts': '\n'.repeat(lines) })
  assert.deepEqual(faults(main(300)), [])
  assert.deepEqual(faults(main(301)), ['server/main.ts has 301 lines: at most 300.'])
  const longFiles = { 'server/main.ts': 310 }
  assert.deepEqual(faults(main(310), { longFiles }), [])
  assert.deepEqual(faults(main(311), { longFiles }), ['server/main.ts has 311 lines: at most 310.'])
  assert.deepEqual(faults(main(300), { longFiles }), [
    'server/main.ts needs no exception any more: it has 300 lines.',
  ])
})

test('a function of any shape has at most 70 lines', () => {
  const shapes: readonly (readonly [string, string, string])[] = [
    ['function f() {', '}', 'f'],
    ['async function f(\n  a: number,\n): Promise<void> {', '}', 'f'],
    ['async function* f(of: {\n  a: number\n}): X {', '}', 'f'],
    ['const f = (a: number) => {', '}', 'f'],
    ['class A {\n  #f(line: string): void {', '  }\n}', '#f'],
  ]
  for (const [head, tail, name] of shapes) {
    const own = head.split('\n').length - (name === '#f' ? 1 : 0)
    const main = (lines: number) => ({
      'server/main.ts': `${head}\n${'    x()\n'.repeat(lines - own - 1)}${tail}\n`,
    })
    assert.deepEqual(faults(main(70)), [], head)
    assert.deepEqual(faults(main(71)), [`server/main.ts ${name} has 71 lines: at most 70.`], head)
  }
})

test('unfinished thoughts, machine paths and registry addresses are found with their line', () => {
  const found = (path: string, text: string) => findForbiddenText(new Map([[path, text]])).length
  assert.equal(found('kernel/a.ts', ['// TO', 'DO: later\n'].join('')), 1)
  assert.equal(found('kernel/a.ts', ['// FIX', 'ME\n'].join('')), 1)
  assert.equal(found('kernel/a.ts', 'const todoList = 1\n'), 0)
  assert.equal(found('docs/a.md', ['see /wo', 'rk/main\n'].join('')), 1)
  assert.equal(found('docs/a.md', ['see /ho', 'me/anna/x\n'].join('')), 1)
  assert.equal(found('docs/a.md', 'see https://example.org/home/page and /var/lib/xinheng\n'), 0)
  assert.equal(found('package-lock.json', ['"reso', 'lved": "x"\n'].join('')), 1)
  assert.equal(found('docs/a.md', ['https://regi', 'stry.npmjs.org/x\n'].join('')), 1)
  assert.deepEqual(findForbiddenText(new Map([['a.ts', ['ok\n// TO', 'DO\n'].join('')]])), [
    `a.ts:2 has "${['TO', 'DO'].join('')}": finish it or leave it out.`,
  ])
})
