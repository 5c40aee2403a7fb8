import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PartyFilter } from '#contract/party.ts'
import { isRefusal } from '#contract/problem.ts'
import { changeParty } from '#server/party/change-party.ts'
import { insertParties, type NewPartyRow } from '#server/party/insert-parties.ts'
import { listParties } from '#server/party/list-parties.ts'
import { mergeParties } from '#server/party/merge-parties.ts'
import { partyChoices } from '#server/party/party-choices.store.ts'
import { newId } from '#server/platform/ids.ts'
import { runCommand } from '#server/platform/run-command.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
const parentId = newId()
const rows: NewPartyRow[] = [
  {
    id: parentId,
    code: 'A-01',
    name: '深圳市华强电子（集团）有限公司',
    shortName: '华强',
    roles: ['customer', 'supplier'],
    industry: '39',
    region: '深圳',
    salesperson: '张伟',
    identifiers: [{ scheme: 'uscc', value: '91350100M000100Y43' }],
  },
  {
    code: 'A-02',
    name: '上海華強貿易有限公司',
    roles: ['customer'],
    region: '上海',
    salesperson: '张伟',
    groupParentId: parentId,
  },
  {
    code: 'B_01',
    name: 'Globex Trading GmbH',
    roles: ['channel-partner'],
    industry: '51',
    otherNames: [{ name: 'Müller Handel', kind: 'former' }],
  },
  { code: 'BX01', name: '广州白云食品厂', roles: ['supplier'], department: '南区' },
  { code: 'C-01', name: '华强电子厂', roles: ['customer'], closedOn: '2026-01-31' },
  { code: 'C-02', name: '华强电子商行', roles: ['customer'] },
]

before(async () => {
  database = await openTestDatabase()
  const context = database.context()
  const added = await runCommand(
    context,
    { name: 'test.fill', permission: 'party:write', input: {} },
    (tx) => insertParties(tx, rows),
  )
  assert.ok(!isRefusal(added))
  const last = added.at(-1)?.id ?? ''
  const merged = await mergeParties(context, parentId, { duplicateId: last, reason: '重复' })
  assert.ok(!isRefusal(merged), JSON.stringify(merged))
})
after(() => database.close())

async function codes(filter: PartyFilter): Promise<string> {
  const page = await listParties(database.context(), filter)
  assert.ok(!isRefusal(page))
  return page.items.map((party) => party.code).join(' ')
}

const filters: readonly (readonly [string, PartyFilter, string])[] = [
  ['all but merged ones by code', {}, 'A-01 A-02 BX01 B_01 C-01'],
  ['all by name', { sort: 'name' }, 'B_01 A-02 C-01 BX01 A-01'],
  ['merged ones', { state: 'merged' }, 'C-02'],
  ['closed ones', { state: 'closed' }, 'C-01'],
  ['open ones', { state: 'open' }, 'A-01 A-02 BX01 B_01'],
  ['the beginning of a code in any case', { text: 'a-0' }, 'A-01 A-02'],
  ['a sign that is a pattern elsewhere', { text: 'B_' }, 'B_01'],
  ['a part of a name within it', { text: '强电' }, 'A-01 C-01'],
  ['all of a longer part', { text: '华强贸易' }, 'A-02'],
  ['a part in traditional characters', { text: '華強' }, 'A-01 A-02 C-01'],
  ['a part of a foreign name', { text: 'trading' }, 'B_01'],
  ['a former name without its accents', { text: 'muller' }, 'B_01'],
  ['one character that begins a name', { text: '广' }, 'BX01'],
  ['the beginning of an identifier', { text: '9135 0100m' }, 'A-01'],
  ['a role', { role: 'supplier' }, 'A-01 BX01'],
  ['a rarer role', { role: 'channel-partner' }, 'B_01'],
  ['an industry', { industry: '51' }, 'B_01'],
  ['a region', { region: '上海' }, 'A-02'],
  ['a department', { department: '南区' }, 'BX01'],
  ['a salesperson and a text', { salesperson: '张伟', text: '深圳' }, 'A-01'],
  ['a group with its head', { group: parentId }, 'A-01 A-02'],
  ['a group with duplicates', { group: parentId, state: 'all' }, 'A-01 A-02 C-02'],
  ['what is not there', { text: '没有这家' }, ''],
]
for (const [what, filter, expected] of filters) {
  test(`the list finds ${what}`, async () => {
    assert.equal(await codes(filter), expected)
  })
}

const tiled: readonly (readonly [string, PartyFilter])[] = [
  ['all by code', { sort: 'code' }],
  ['all by name', { sort: 'name' }],
  ['a part of a name', { text: '华强' }],
  ['a part of a name by name', { text: '强', sort: 'name', state: 'all' }],
  ['the beginning of a code', { text: 'c', state: 'all' }],
  ['the beginning of an identifier', { text: '9135' }],
]
for (const [what, filter] of tiled) {
  for (const limit of [1, 2]) {
    test(`pages of ${limit} tile ${what}`, async () => {
      const parts: string[] = []
      let after: string | null = null
      do {
        const asked: PartyFilter = { ...filter, limit, ...(after === null ? {} : { after }) }
        const page = await listParties(database.context(), asked)
        assert.ok(!isRefusal(page))
        parts.push(...page.items.map((party) => party.code))
        after = page.next
      } while (after !== null)
      assert.equal(parts.join(' '), await codes(filter))
    })
  }
}

test('a party is found by its new name and by the one that it had', async () => {
  const page = await listParties(database.context(), { text: '白云食品' })
  assert.ok(!isRefusal(page))
  const id = page.items[0]?.id ?? ''
  await changeParty(database.context(), id, { name: '广州青山饮料厂', shortName: '青山' })
  assert.equal(await codes({ text: '青山饮料' }), 'BX01')
  assert.equal(await codes({ text: '白云食品' }), 'BX01')
})

test('a page after nobody is refused', async () => {
  const answer = await listParties(database.context(), { after: newId() })
  assert.ok(isRefusal(answer))
  assert.equal(answer.refused.kind, 'invalid-input')
})

test('a rare text is found behind thousands of other parties', async () => {
  const fillers = Array.from({ length: 2_500 }, (_, at) => ({
    code: `0-${String(at).padStart(4, '0')}`,
    name: at === 0 ? '华强一号' : `填充${at}`,
    roles: ['platform-user'] as const,
  }))
  const command = { name: 'test.fill', permission: 'party:write', input: {} } as const
  await runCommand(database.context(), command, (tx) => insertParties(tx, fillers))
  assert.equal(await codes({ text: '华强' }), '0-0000 A-01 A-02 C-01')
  assert.equal(await codes({ text: '华强', limit: 2 }), '0-0000 A-01')
})

test('fields tell what parties have in them', async () => {
  assert.deepEqual(await partyChoices(database.db, 'region'), ['上海', '深圳'])
  assert.deepEqual(await partyChoices(database.db, 'salesperson'), ['张伟'])
})
