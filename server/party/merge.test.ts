import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { NewParty } from '#contract/party.ts'
import { isRefusal, type ProblemKind, type Refusal } from '#contract/problem.ts'
import { addContact } from '#server/party/add-contact.ts'
import { changeParty } from '#server/party/change-party.ts'
import { createParty } from '#server/party/create-party.ts'
import { mergeParties } from '#server/party/merge-parties.ts'
import { familiesOf, familyIdsOf } from '#server/party/party.store.ts'
import { undoMerge } from '#server/party/undo-merge.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

function accepted<Answer>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) assert.fail(answer.refused.detail)
  return answer
}

function refused(answer: unknown, kind: ProblemKind, detail: RegExp, zh = /./): void {
  assert.ok(isRefusal(answer), `not refused: ${JSON.stringify(answer)}`)
  assert.equal(answer.refused.kind, kind)
  assert.match(answer.refused.detail, detail)
  assert.match(String(answer.refused.facts?.zh), zh)
}

const create = async (input: NewParty) => accepted(await createParty(database.context(), input)).id
const change = (id: string, to: Parameters<typeof changeParty>[2]) =>
  changeParty(database.context(), id, to)
const merge = (partyId: string, duplicateId: string) =>
  mergeParties(database.context('credit-manager'), partyId, { duplicateId, reason: '重复' })
const undo = (partyId: string, id: string) => undoMerge(database.context(), partyId, id)

async function people(...names: string[]): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) ids.push(await create({ name }))
  return ids
}

test('a group that would contain itself is refused naming the chain', async () => {
  const [a = '', b = '', c = ''] = await people('甲集团', '乙子公司', '丙孙公司')
  refused(await change(a, { groupParentId: a }), 'conflict', /甲集团 → P\d+ 甲集团/)
  accepted(await change(b, { groupParentId: a }))
  accepted(await change(c, { groupParentId: b }))
  const said = /甲集团 → P\d+ 丙孙公司 → P\d+ 乙子公司 → P\d+ 甲集团/
  refused(await change(a, { groupParentId: c }), 'conflict', said)
  accepted(await change(b, { groupParentId: null }))
  accepted(await change(a, { groupParentId: c }))
})

test('two halves of a circle set at the same time do not both succeed', async () => {
  const [a = '', b = ''] = await people('同时甲', '同时乙')
  const answers = await Promise.all([
    change(a, { groupParentId: b }),
    change(b, { groupParentId: a }),
  ])
  assert.equal(answers.filter((answer) => isRefusal(answer)).length, 1)
})

test('a payer pays for itself: one step, no more', async () => {
  const [a = '', b = '', c = ''] = await people('付款甲', '付款乙', '付款丙')
  refused(await change(a, { payerId: a }), 'conflict', /pays for itself/)
  accepted(await change(a, { payerId: b }))
  refused(await change(c, { payerId: a }), 'conflict', /does not pay itself/)
  refused(await change(b, { payerId: c }), 'conflict', /pays for P\d+ 付款甲/)
})

test('a parent or payer that was merged is replaced by its survivor', async () => {
  const [a = '', survivor = '', duplicate = ''] = await people('指向', '存续', '被并')
  accepted(await merge(survivor, duplicate))
  const changed = accepted(await change(a, { groupParentId: duplicate, payerId: duplicate }))
  assert.deepEqual([changed.groupParentId, changed.payerId], [survivor, survivor])
})

test('merging what already has duplicates points them at the new survivor', async () => {
  const [a = '', b = '', c = ''] = await people('并一', '并二', '并三')
  accepted(await merge(b, c))
  const second = accepted(await merge(a, b))
  assert.deepEqual(await familyIdsOf(database.db, c), [a, b, c])
  assert.deepEqual(
    [...(await familiesOf(database.db, [b]))].sort(),
    [a, b, c].map((id) => [id, a]).sort(),
  )
  accepted(await undo(a, second.id))
  assert.deepEqual(await familyIdsOf(database.db, c), [b, c])
})

test('an earlier merge can be undone before a later one', async () => {
  const [a = '', b = '', c = ''] = await people('早一', '早二', '早三')
  const first = accepted(await merge(b, c))
  accepted(await merge(a, b))
  accepted(await undo(b, first.id))
  assert.deepEqual(await familyIdsOf(database.db, c), [c])
  assert.deepEqual(await familyIdsOf(database.db, b), [a, b])
  refused(await undo(b, first.id), 'wrong-state', /already/)
})

test('a merge leaves an entry and an event, and needs the right to merge', async () => {
  const [a = '', b = ''] = await people('记录甲', '记录乙')
  const reason = '同一家'
  const asSales = mergeParties(database.context('sales'), a, { duplicateId: b, reason })
  refused(await asSales, 'forbidden', /party:merge/)
  accepted(await merge(a, b))
  const entry = await database.db.row(sql`
    select e.command, e.subject, v.kind from audit.entry e
    join platform.event v on v.entry_id = e.id order by e.id desc limit 1`)
  assert.deepEqual(entry, { command: 'party.merge', subject: a, kind: 'party.merged' })
})

test('merges are refused in this order: itself, unknown, merged already', async () => {
  const [a = '', b = '', c = ''] = await people('序一', '序二', '序三')
  refused(await merge(a, a), 'invalid-input', /itself/)
  refused(await merge(a, '01900000-0000-7000-8000-000000000000'), 'not-found', /duplicateId/)
  accepted(await merge(a, b))
  refused(await merge(c, b), 'wrong-state', /merged into P\d+ 序一/)
  refused(await merge(b, c), 'wrong-state', /merged into P\d+ 序一/)
  refused(await change(b, { region: '北京' }), 'wrong-state', /undo the merge/)
  const contact = await addContact(database.context(), b, { name: '王敏' })
  refused(contact, 'wrong-state', /undo the merge/)
})

test('valid codes that contradict each other refuse a merge, within whole families too', async () => {
  const uscc = (value: string) => ({ identifiers: [{ scheme: 'uscc' as const, value }] })
  const a = await create({ name: '同名公司', ...uscc('91350100M000100Y43') })
  const b = await create({ name: '同名公司', ...uscc('91330100799655058B') })
  const between = await create({ name: '同名公司' })
  refused(
    await merge(a, b),
    'conflict',
    /91350100M000100Y43 .* 91330100799655058B/,
    /的统一社会信用代码是 91350100M000100Y43，.*不能合并。$/,
  )
  accepted(await merge(between, a))
  refused(await merge(between, b), 'conflict', /belong to two companies/)
})

test('a duplicate above its survivor in a group refuses, and so does a payer in two steps', async () => {
  const [child = '', parent = '', payer = '', paid = ''] = await people('子', '母', '出款', '受款')
  accepted(await change(child, { groupParentId: parent }))
  refused(await merge(child, parent), 'conflict', /stands above/)
  accepted(await change(child, { payerId: payer }))
  accepted(await change(paid, { payerId: parent }))
  accepted(await change(child, { groupParentId: null }))
  refused(await merge(child, parent), 'conflict', /change one payer/)
})

test('an undo that would close a circle is refused', async () => {
  const [survivor = '', duplicate = '', above = '', below = ''] = await people(
    '圈存',
    '圈并',
    '圈上',
    '圈下',
  )
  accepted(await change(duplicate, { groupParentId: above }))
  accepted(await change(below, { groupParentId: duplicate }))
  const merged = accepted(await merge(survivor, duplicate))
  accepted(await change(above, { groupParentId: below }))
  refused(await undo(survivor, merged.id), 'conflict', /would contain itself/)
  assert.deepEqual(await familyIdsOf(database.db, duplicate), [survivor, duplicate])
})

test('random merges, undone in reverse, restore every row', async () => {
  const ids = await people('随甲', '随乙', '随丙', '随丁', '随戊', '随己')
  const [first = '', second = '', third = ''] = ids
  accepted(await change(second, { groupParentId: first, payerId: third }))
  const state = () => database.db.rows(sql`select p::text as row from party.party p order by id`)
  const pair = fc.record({
    into: fc.nat({ max: ids.length - 1 }),
    from: fc.nat({ max: ids.length - 1 }),
  })
  const scenarios = fc.array(pair, { minLength: 1, maxLength: 8 })
  const property = fc.asyncProperty(scenarios, async (pairs) => {
    const seen = [await state()]
    const done: { partyId: string; id: string }[] = []
    for (const { into, from } of pairs) {
      const answer = await merge(ids[into] ?? '', ids[from] ?? '')
      if (isRefusal(answer)) continue
      done.push(answer)
      seen.push(await state())
    }
    assert.deepEqual(await state(), seen.at(-1))
    for (const { partyId, id } of done.reverse()) {
      seen.pop()
      accepted(await undo(partyId, id))
      assert.deepEqual(await state(), seen.at(-1))
    }
  })
  await fc.assert(property, { numRuns: 15 })
})
