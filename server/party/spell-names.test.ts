import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { createParty } from '#server/party/create-party.ts'
import { searchParties } from '#server/party/search-parties.ts'
import { searchKeysOf, sortNameOf } from '#server/party/spell-name.ts'
import { spellNames } from '#server/party/spell-names.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const keysOf = (name: string, kind: string) =>
  searchKeysOf([name]).flatMap((one) => (one.kind === kind ? [one.key] : []))

test('names are spelled with and without their region, surnames both ways', () => {
  const cases: [name: string, kind: string, keys: string[]][] = [
    ['上海华东机械有限公司', 'initials', ['shhdjxyxgs', 'hdjx']],
    ['华东机械', 'pinyin', ['huadongjixie']],
    ['单氏', 'pinyin', ['danshi', 'shanshi']],
    ['重庆长安', 'pinyin', ['chongqingchangan', 'changan']],
    ['ABC重工', 'initials', ['abczg']],
    ['ABC重工', 'pinyin', ['abczhonggong']],
    ['Müller GmbH', 'name', ['müllergmbh', 'muller']],
    ['Müller GmbH', 'pinyin', []],
  ]
  for (const [name, kind, keys] of cases) {
    const found = keysOf(name, kind)
    for (const key of keys) assert.ok(found.includes(key), `${name}: ${found}`)
    if (keys.length === 0) assert.deepEqual(found, [])
  }
  assert.equal(sortNameOf('华东机械'), 'hua dong ji xie')
})

test('parties of before names were spelled are spelled by a job', async () => {
  const context = database.context()
  const made = await createParty(context, { name: '重庆长安汽车股份有限公司' })
  assert.ok(!isRefusal(made))
  await database.withoutTriggers(sql`delete from party.search_key`)
  await database.withoutTriggers(sql`update party.name_index set sort_name = null`)
  const { actor } = context
  const asked = { actor, text: 'cqca', limit: 10, mayBeSeen: sql`true` }
  const find = () => searchParties(database.db, asked)
  assert.deepEqual(await find(), [])
  assert.deepEqual(await spellNames(context), { spelled: 1 })
  assert.deepEqual(
    (await find()).map(({ name }) => name),
    ['重庆长安汽车股份有限公司'],
  )
  assert.deepEqual(await spellNames(context), { spelled: 0 })
})
