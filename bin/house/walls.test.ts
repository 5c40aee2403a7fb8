import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sourcesOf } from './source.ts'
import { findBrokenWalls, roomOrder, type WallExceptions } from './walls.ts'

const none: WallExceptions = {
  kernelPackages: ['opencc-js'],
  kernelFolderCycles: {},
  fileCycles: {},
  foreignTables: {},
}

function faults(files: Record<string, string>, except: Partial<WallExceptions> = {}): string[] {
  return findBrokenWalls(sourcesOf(new Map(Object.entries(files))), { ...none, ...except })
}

const kernelOnly = 'the kernel imports the kernel only.'
const byTheDoor = 'another room is entered by its public.ts.'

const table: readonly (readonly [string, string, string, string | undefined])[] = [
  ['kernel may import kernel', 'kernel/a/x.ts', '#kernel/a/y.ts', undefined],
  ['kernel may import a listed package', 'kernel/a/x.ts', 'opencc-js/core', undefined],
  ['kernel may import no other package', 'kernel/a/x.ts', 'kysely', kernelOnly],
  ['kernel may not import node', 'kernel/a/x.ts', 'node:fs', kernelOnly],
  ['kernel may not import the contract', 'kernel/a/x.ts', '#contract/role.ts', kernelOnly],
  ['tests of the kernel may import node', 'kernel/a/x.test.ts', 'node:test', undefined],
  ['tests of the kernel stay in it', 'kernel/a/x.test.ts', '#server/testing.ts', kernelOnly],
  ['contract may import typebox', 'contract/x.ts', 'typebox', undefined],
  ['contract may import the kernel', 'contract/x.ts', '#kernel/a/y.ts', undefined],
  [
    'contract may not import the server',
    'contract/x.ts',
    '#server/serve.ts',
    'the contract imports contract, kernel and typebox only.',
  ],
  ['a room may use the platform', 'server/limit/x.ts', '#server/platform/ids.ts', undefined],
  ['a room may use its own files', 'server/limit/x.ts', '#server/limit/y.ts', undefined],
  ['a room may use another door', 'server/limit/x.ts', '#server/party/public.ts', undefined],
  ['a room stays out of others', 'server/limit/x.ts', '#server/party/party.store.ts', byTheDoor],
  ['so do its tests', 'server/limit/x.test.ts', '#server/party/party.store.ts', byTheDoor],
  ['tests may open a database', 'server/limit/x.test.ts', '#server/testing.ts', undefined],
  [
    'a room does not know the whole',
    'server/limit/x.ts',
    '#server/serve.ts',
    'a room does not know what puts rooms together.',
  ],
  [
    'the platform knows no room',
    'server/platform/x.ts',
    '#server/party/public.ts',
    'the platform knows nothing that stands on it.',
  ],
  ['the whole takes routes', 'server/rooms.ts', '#server/party/routes.ts', undefined],
  [
    'the whole takes no store',
    'server/rooms.ts',
    '#server/party/party.store.ts',
    'rooms are put together from public, routes, jobs and cli.',
  ],
  ['pages may import the contract', 'web/party/x.tsx', '#contract/role.ts', undefined],
  [
    'pages may not import the server',
    'web/party/x.tsx',
    '../../server/party/public.ts',
    'pages know the contract, not the server.',
  ],
]

for (const [name, path, from, why] of table) {
  test(`${name}: ${path} imports ${from}`, () => {
    const ways = [
      `import { a } from '${from}'`,
      `import type { A } from '${from}'`,
      `import {\n  a,\n  type B,\n} from '${from}'\n`,
      `import '${from}'`,
      `export { a } from '${from}'`,
      `const a = await_(import('${from}'))`,
    ]
    for (const way of ways) {
      const found = faults({ [path]: `${way}\n` })
      assert.equal(found.length, why === undefined ? 0 : 1, way)
      if (why !== undefined) assert.ok(found[0]?.endsWith(why), `${way}: ${found[0]}`)
    }
  })
}

test('the kernel has no clock, chance or promises, but may speak of them in comments', () => {
  const impure = ['Date.now()', 'new Date(0)', 'Math.random()', 'await x', 'Promise.all(x)']
  for (const what of impure) {
    assert.equal(faults({ 'kernel/a/x.ts': `const a = ${what}\n` }).length, 1, what)
    assert.deepEqual(faults({ 'kernel/a/x.ts': `// ${what}\n/** ${what} */\n` }), [], what)
    assert.deepEqual(faults({ 'kernel/a/x.test.ts': `const a = ${what}\n` }), [], what)
  }
  assert.equal(faults({ 'kernel/a/x.ts': 'export async function a() {}\n' }).length, 1)
  assert.deepEqual(faults({ 'kernel/a/x.ts': 'const brokenPromises = 1\n' }), [])
})

test('files, kernel folders and rooms that lead back to themselves are named', () => {
  const circle = {
    'kernel/a/x.ts': "import { y } from '#kernel/b/y.ts'\n",
    'kernel/b/y.ts': "import { x } from '#kernel/a/x.ts'\n",
  }
  assert.deepEqual(faults(circle), [
    'Files in a circle: kernel/a/x.ts <-> kernel/b/y.ts.',
    'Kernel folders in a circle: a b.',
  ])
  const fileCycles = { 'kernel/a/x.ts <-> kernel/b/y.ts': 'for a reason' }
  assert.deepEqual(faults(circle, { fileCycles }), ['Kernel folders in a circle: a b.'])
  const folders = {
    'kernel/a/x.ts': "import { y } from '#kernel/b/y.ts'\n",
    'kernel/b/z.ts': "import { w } from '#kernel/a/w.ts'\n",
  }
  assert.deepEqual(faults(folders), ['Kernel folders in a circle: a b.'])
  assert.deepEqual(faults(folders, { kernelFolderCycles: { 'a b': 'for a reason' } }), [])
  const rooms = {
    'server/limit/x.ts': "import { y } from '#server/party/public.ts'\n",
    'server/party/z.ts': "import { w } from '#server/policy/public.ts'\n",
    'server/policy/z.ts': "import { w } from '#server/limit/public.ts'\n",
  }
  assert.deepEqual(faults(rooms), [
    'Rooms in a circle: server/limit <-> server/party <-> server/policy.',
  ])
})

test('rooms are ordered from the ground floor up', () => {
  const files = {
    'server/limit/x.ts': "import { y } from '#server/policy/public.ts'\n",
    'server/policy/x.ts': "import { y } from '#server/party/public.ts'\n",
    'server/party/x.ts': '',
  }
  assert.deepEqual(roomOrder(sourcesOf(new Map(Object.entries(files)))), [
    'party',
    'policy',
    'limit',
  ])
})

test('a room that names a table of another room in SQL is named, an excepted one is not', () => {
  const files = {
    'server/party/x.ts': '',
    'server/limit/a.store.ts': 'sql`select 1 from party.party p join "limit".credit_limit l`\n',
    'server/limit/b.store.ts': 'sql`update "party"."party" set name = $1`\n',
    'server/limit/c.store.ts':
      'sql`select e.x from lateral e join p.q on extract(day from e.at)`\n',
    'server/limit/d.store.ts': 'sql`insert into platform.event values (1)`\n',
  }
  const why = 'in SQL: a room touches its own tables only.'
  assert.deepEqual(faults(files), [
    `server/limit/a.store.ts names a table of party ${why}`,
    `server/limit/b.store.ts names a table of party ${why}`,
    `server/limit/d.store.ts names a table of platform ${why}`,
  ])
  const foreignTables = {
    'server/limit/a.store.ts party': 'for a reason',
    'server/limit/b.store.ts party': 'for a reason',
    'server/limit/d.store.ts platform': 'for a reason',
    'server/limit/e.store.ts party': 'for no reason any more',
  }
  assert.deepEqual(faults(files, { foreignTables }), [
    'server/limit/e.store.ts party needs no exception any more: take it off the list.',
  ])
})
