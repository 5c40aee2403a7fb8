import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { deletePartiesOfBatch } from '#server/party/batch.store.ts'
import { findPartyByKey } from '#server/party/find-party-by-key.ts'
import { insertParties, type NewPartyRow } from '#server/party/insert-parties.ts'
import { matchParties, type PartyKey } from '#server/party/match-parties.ts'
import { mergeParties } from '#server/party/merge-parties.ts'
import { newId } from '#server/platform/ids.ts'
import { type CommandTransaction, runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
const [a, b, c, d, e, f] = Array.from({ length: 6 }, newId) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
const roles = ['customer'] as const
const rows: NewPartyRow[] = [
  {
    id: a,
    code: 'C-1',
    name: '深圳华强电子有限公司',
    roles,
    identifiers: [{ scheme: 'uscc', value: '91350100M000100Y43' }],
    otherNames: [{ name: '华强无线电厂', kind: 'former' }],
  },
  { id: b, code: 'C-2', name: '白云食品厂', roles },
  { id: c, code: 'C-3', name: '白云食品厂', roles },
  { id: d, code: 'C-4', name: '青山饮料厂', roles },
  { id: e, code: 'C-5', name: '青山饮料厂', roles },
  {
    id: f,
    code: 'C-6',
    name: '坏码公司',
    roles,
    identifiers: [{ scheme: 'uscc', value: '91350100M000100Y44' }],
  },
]

async function write<Answer>(work: (tx: CommandTransaction) => Promise<Answer>): Promise<Answer> {
  const command = { name: 'test.write', permission: 'party:write', input: {} } as const
  const answer = await runCommand(database.context(), command, work)
  if (isRefusal(answer)) assert.fail(answer.refused.detail)
  return answer
}

before(async () => {
  database = await openTestDatabase()
  await write((tx) => insertParties(tx, rows))
  const merged = await mergeParties(database.context(), d, { duplicateId: e, reason: '重复' })
  assert.ok(!isRefusal(merged))
})
after(() => database.close())

const uscc = (value: string) => ({ identifiers: [{ scheme: 'uscc' as const, value }] })

/** What a key matched, in a few words. */
const table: readonly (readonly [string, Omit<PartyKey, 'ref'>, string])[] = [
  ['a code goes before an identifier', { code: 'C-2', ...uscc('91350100M000100Y43') }, 'code C-2'],
  [
    'a valid identifier goes before a name',
    { name: '白云食品厂', ...uscc('91350100m000100y43') },
    'identifier C-1',
  ],
  [
    'a credit code is met as a taxpayer number',
    { identifiers: [{ scheme: 'tax-number', value: '91350100M000100Y43' }] },
    'identifier C-1',
  ],
  ['an invalid identifier means nobody', uscc('91350100M000100Y44'), 'none'],
  ['an unknown code falls back to the name', { code: 'X', name: '坏码公司' }, 'name C-6'],
  ['a name in other width and spacing', { name: '深圳 華強電子有限公司' }, 'name C-1'],
  ['a former name', { name: '华强无线电厂' }, 'name C-1'],
  [
    'a name with another legal form only resembles',
    { name: '深圳华强电子股份公司' },
    'similar C-1',
  ],
  ['a name of two parties', { name: '白云食品厂' }, 'ambiguous C-2 C-3'],
  ['a name of one family means its survivor', { name: '青山饮料厂' }, 'name C-4'],
  ['the code of a duplicate means the duplicate', { code: 'C-5' }, 'code C-5'],
  [
    'a name under another valid code is another company',
    { name: '深圳华强电子有限公司', ...uscc('91330100799655058B') },
    'none',
  ],
  ['nothing means nobody', {}, 'none'],
]
const codeOf = new Map(rows.map((row) => [row.id, row.code]))
for (const [sentence, key, expected] of table) {
  test(`matching: ${sentence}`, async () => {
    const match = (await matchParties(database.db, [{ ref: 'one', ...key }])).get('one')
    const said = !match
      ? 'none'
      : match.kind === 'found'
        ? `${match.by} ${codeOf.get(match.partyId)}`
        : `${match.kind} ${match.partyIds.map((id) => codeOf.get(id)).join(' ')}`
    assert.equal(said, expected)
  })
}

test('many keys are answered each under its own ref', async () => {
  const keys = Array.from({ length: 300 }, (_, at) => ({ ref: `r${at}`, code: `C-${at}` }))
  const matches = await matchParties(database.db, keys)
  assert.deepEqual([...matches.keys()], ['r1', 'r2', 'r3', 'r4', 'r5', 'r6'])
})

test('a person finds a party by id, code, credit code or name, and is told of doubts', async () => {
  for (const key of [a, ' C-1 ', '91350100M000100Y43', '深圳华强电子有限公司', '华强无线电厂']) {
    const found = await findPartyByKey(database.context(), key)
    assert.ok(!isRefusal(found), key)
    assert.equal(found.id, a)
  }
  const doubts = [
    ['白云食品厂', /may be C-2 白云食品厂, C-3/],
    ['深圳华强电子股份公司', /Similar: C-1/],
    ['没有', /No party/],
  ] as const
  for (const [key, detail] of doubts) {
    const found = await findPartyByKey(database.context(), key)
    assert.ok(isRefusal(found))
    assert.match(found.refused.detail, detail)
  }
})

test('rows of one call name each other, and numbers of the series pass over given codes', async () => {
  const first = await write((tx) => insertParties(tx, [{ name: '序列一', roles }]))
  const number = Number(first[0]?.code.slice(1))
  const parent = newId()
  const added = await write((tx) =>
    insertParties(tx, [
      { name: '下级', roles, groupParentId: parent },
      { name: '手工编号', roles, code: `P${String(number + 1).padStart(6, '0')}` },
      { id: parent, name: '上级', roles },
    ]),
  )
  const numbers = added.map((party) => Number(party.code.slice(1)) - number)
  assert.equal(new Set(numbers).size, 3)
})

test('a batch is deleted but for what others depend on', async () => {
  const batch = newId()
  const importBatchId = batch
  const head = newId()
  const [owed, plain, parent] = [newId(), newId(), newId()]
  await write(async (tx) => {
    await insertParties(tx, [
      { id: head, name: '批内集团', roles, importBatchId },
      { id: owed, name: '有发票', roles, importBatchId, groupParentId: head },
      {
        id: plain,
        name: '无牵连',
        roles,
        importBatchId,
        ...uscc('91330100799655058B'),
        contacts: [{ name: '王敏' }],
        bankAccounts: [{ accountNumber: '12345678' }],
        otherNames: [{ name: '旧无牵连', kind: 'former' }],
      },
      { id: parent, name: '被人指向', roles, importBatchId },
      { name: '批外下级', roles, groupParentId: parent },
    ])
    await tx.run(sql`
      insert into receivable.promise (party_id, id, currency, amount_minor, made_on, promised_on)
      values (${owed}, ${newId()}, 'CNY', 1, '2026-01-01', '2026-01-02')`)
  })
  const { deleted, kept } = await write((tx) => deletePartiesOfBatch(tx, batch))
  assert.equal(deleted, 1)
  assert.deepEqual([...kept].sort(), [head, owed, parent].sort())
  const found = await matchParties(database.db, [{ ref: 'gone', name: '无牵连' }])
  assert.equal(found.size, 0)
})

test('a party to which a person added something by hand is kept', async () => {
  const batch = newId()
  const id = newId()
  await write(async (tx) => {
    await insertParties(tx, [{ id, name: '手工补充', roles, importBatchId: batch }])
    await tx.run(sql`
      insert into party.contact (party_id, id, name) values (${id}, ${newId()}, '王敏')`)
  })
  const { deleted, kept } = await write((tx) => deletePartiesOfBatch(tx, batch))
  assert.deepEqual([deleted, kept], [0, [id]])
})
