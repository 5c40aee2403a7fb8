import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { NewIdentifier, NewParty, PartyChange, PartyFile } from '#contract/party.ts'
import { isRefusal, type ProblemKind, type Refusal } from '#contract/problem.ts'
import { addBankAccount } from '#server/party/add-bank-account.ts'
import { addContact } from '#server/party/add-contact.ts'
import { addIdentifier } from '#server/party/add-identifier.ts'
import { addOtherName } from '#server/party/add-other-name.ts'
import { changeContact } from '#server/party/change-contact.ts'
import { changeParty } from '#server/party/change-party.ts'
import { createParty } from '#server/party/create-party.ts'
import { historyOfParty } from '#server/party/history-of-party.ts'
import { removeFromFile } from '#server/party/remove-from-file.ts'
import { showParty } from '#server/party/show-party.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let database: TestDatabase
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const creditCode = '91350100M000100Y43'

function accepted<Answer>(answer: Answer | Refusal): Answer {
  if (isRefusal(answer)) assert.fail(answer.refused.detail)
  return answer
}

function refused(answer: unknown, kind: ProblemKind, detail: RegExp): void {
  assert.ok(isRefusal(answer), `not refused: ${JSON.stringify(answer)}`)
  assert.equal(answer.refused.kind, kind)
  assert.match(answer.refused.detail, detail)
}

const create = async (input: NewParty) => accepted(await createParty(database.context(), input))
const file = async (id: string): Promise<PartyFile> =>
  accepted(await showParty(database.context(), id))

async function lastEntry(): Promise<{ command: string; subject: string | null } | undefined> {
  return database.db.row(sql<{ command: string; subject: string | null }>`
    select command, subject from audit.entry order by id desc limit 1`)
}

test('a party without a code gets the next number that is free', async () => {
  const first = await create({ name: '甲一公司' })
  assert.match(first.code, /^P\d{6}$/)
  const next = `P${String(Number(first.code.slice(1)) + 1).padStart(6, '0')}`
  await create({ name: '乙一公司', code: next })
  const third = await create({ name: '丙一公司' })
  assert.equal(Number(third.code.slice(1)), Number(first.code.slice(1)) + 2)
  assert.deepEqual(await lastEntry(), { command: 'party.create', subject: third.id })
})

test('a file keeps terms as a code, codes in their normal spelling, names in order', async () => {
  const { id } = await create({
    name: '  深圳市　华强电子\n有限公司 ',
    roles: ['customer', 'supplier'],
    terms: '月结30天',
    currency: 'CNY',
    sinceOn: '2020-02-29',
    identifiers: [{ scheme: 'uscc', value: '91350100m000100y43' }],
    otherNames: [{ name: '华强', kind: 'alias' }],
    contacts: [{ name: '王敏', phone: '12012345678', isForDunning: true }],
    bankAccounts: [{ accountNumber: '6222 0000 1111 2222' }],
  })
  const shown = await file(id)
  assert.equal(shown.name, '深圳市 华强电子 有限公司')
  assert.equal(shown.terms, 'eom-30')
  assert.equal(shown.sinceOn, '2020-02-29')
  assert.deepEqual(
    shown.identifiers.map(({ scheme, value, isValid }) => [scheme, value, isValid]),
    [['uscc', creditCode, true]],
  )
  assert.deepEqual(
    shown.otherNames.map((other) => other.name),
    ['华强'],
  )
  assert.equal(shown.contacts[0]?.phone, '12012345678')
  assert.equal(shown.bankAccounts[0]?.accountNumber, '6222000011112222')
})

const refusals: readonly (readonly [string, NewParty, ProblemKind, RegExp])[] = [
  ['terms that may mean two things', { name: '月结', terms: '月结' }, 'invalid-input', /eom-30/],
  ['terms that mean nothing', { name: '账期', terms: '看情况' }, 'invalid-input', /terms/],
  ['an unknown currency', { name: '币种', currency: 'XXQ' }, 'invalid-input', /ISO 4217/],
  ['an empty name', { name: ' \u0000 ' }, 'invalid-input', /name: is empty/],
  [
    'a wrong check character, naming the right one',
    { name: '错码', identifiers: [{ scheme: 'uscc', value: '91350100M000100Y44' }] },
    'invalid-input',
    /is 4 and should be 3/,
  ],
  [
    'the valid code of another party',
    { name: '同码', identifiers: [{ scheme: 'uscc', value: creditCode }] },
    'already-exists',
    /华强电子/,
  ],
  [
    'the credit code of another party given as a tax number',
    { name: '同码', identifiers: [{ scheme: 'tax-number', value: creditCode }] },
    'already-exists',
    /华强电子/,
  ],
  [
    'a parent that does not exist',
    { name: '无母', groupParentId: '01900000-0000-7000-8000-000000000000' },
    'not-found',
    /groupParentId/,
  ],
]
for (const [what, input, kind, detail] of refusals) {
  test(`a new party is refused for ${what}, and nothing is kept`, async () => {
    const count = () => database.db.row(sql`select count(*) as n from party.party`)
    const before_ = await count()
    refused(await createParty(database.context(), input), kind, detail)
    assert.deepEqual(await count(), before_)
  })
}

test('a code that is taken is refused, for a new party and for an old one', async () => {
  const { id } = await create({ name: '占号一', code: 'C-77' })
  refused(
    await createParty(database.context(), { name: '占号二', code: 'C-77' }),
    'already-exists',
    /占号一/,
  )
  const other = await create({ name: '占号三' })
  const change = { code: 'C-77' }
  refused(await changeParty(database.context(), other.id, change), 'already-exists', /占号一/)
  accepted(await changeParty(database.context(), id, change))
})

test('a duplicate is created when the caller accepts it, who is told of the other', async () => {
  const identifiers: NewIdentifier[] = [{ scheme: 'uscc', value: creditCode }]
  const { duplicates } = await create({
    name: '华强电子(深圳)',
    identifiers,
    acceptDuplicate: true,
  })
  assert.equal(duplicates[0]?.kind, 'same-code')
})

test('who may only look changes nothing', async () => {
  refused(
    await createParty(database.context('viewer'), { name: '看客' }),
    'forbidden',
    /party:write/,
  )
})

test('a dry run tells the outcome and keeps nothing', async () => {
  const made = accepted(
    await createParty({ ...database.context(), dryRun: true }, { name: '试运行公司' }),
  )
  const shown = await showParty(database.context(), made.id)
  refused(shown, 'not-found', /no such party/)
})

test('a change touches the fields that are given, null clears, and each is in the history', async () => {
  const { id } = await create({ name: '改动公司', region: '上海', salesperson: '张伟' })
  const change: PartyChange = { region: null, industry: '制造业' }
  const changed = accepted(await changeParty(database.context('sales'), id, change))
  assert.equal(changed.region, null)
  assert.equal(changed.salesperson, '张伟')
  assert.deepEqual(await lastEntry(), { command: 'party.change', subject: id })
  const { items } = accepted(await historyOfParty(database.context(), id))
  assert.equal(items[0]?.actorName, 'test sales')
  assert.deepEqual(items[0]?.fields, { region: ['上海', null], industry: [null, '制造业'] })
})

test('a new name keeps the old one as a former name, there and back again', async () => {
  const { id } = await create({ name: '旧名科技有限公司' })
  for (const name of ['新名科技有限公司', '旧名科技有限公司', '新名科技有限公司']) {
    accepted(await changeParty(database.context(), id, { name }))
  }
  const shown = await file(id)
  assert.equal(shown.name, '新名科技有限公司')
  assert.deepEqual(
    shown.otherNames.map(({ name, kind, untilOn }) => [name, kind, untilOn]).sort(),
    [
      ['新名科技有限公司', 'former', '2026-11-24'],
      ['旧名科技有限公司', 'former', '2026-11-24'],
    ].sort(),
  )
})

test('an invalid code is kept, so marked, when the caller says so', async () => {
  const { id } = await create({ name: '坏码公司' })
  const wrong = { scheme: 'uscc' as const, value: '91350100M000100Y44' }
  refused(await addIdentifier(database.context(), id, wrong), 'invalid-input', /should be 3/)
  const kept = accepted(
    await addIdentifier(database.context(), id, { ...wrong, acceptInvalid: true }),
  )
  assert.equal(kept.isValid, false)
  refused(
    await addIdentifier(database.context(), id, { ...wrong, acceptInvalid: true }),
    'already-exists',
    /already/,
  )
})

test('adding a code tells who else has it', async () => {
  const { id } = await create({ name: '另一家公司' })
  const added = accepted(
    await addIdentifier(database.context(), id, { scheme: 'uscc', value: creditCode }),
  )
  assert.ok(added.alsoHeldBy.some((holder) => holder.name.includes('华强电子')))
})

test('what is added to a file can be removed again, once, each with its entry', async () => {
  const { id } = await create({ name: '增减公司' })
  const context = database.context()
  const added = {
    identifier: await addIdentifier(context, id, { scheme: 'customer-code', value: 'K-9' }),
    name: await addOtherName(context, id, { name: '增减', kind: 'alias' }),
    contact: await addContact(context, id, { name: '李雷' }),
    'bank-account': await addBankAccount(context, id, { accountNumber: '88880000' }),
  }
  for (const part of ['identifier', 'name', 'contact', 'bank-account'] as const) {
    const partId = accepted<{ id: string }>(added[part]).id
    accepted(await removeFromFile(context, part, id, partId))
    assert.deepEqual(await lastEntry(), { command: `party.remove-${part}`, subject: id })
    refused(await removeFromFile(context, part, id, partId), 'not-found', /no such/)
  }
  const { identifiers, otherNames, contacts, bankAccounts } = await file(id)
  assert.deepEqual([identifiers, otherNames, contacts, bankAccounts], [[], [], [], []])
})

test('the present name is no other name, and an account is there once', async () => {
  const { id } = await create({ name: '一次公司', bankAccounts: [{ accountNumber: '1234 5678' }] })
  const context = database.context()
  const present = { name: '一次公司', kind: 'alias' } as const
  refused(await addOtherName(context, id, present), 'already-exists', /present name/)
  refused(
    await addBankAccount(context, id, { accountNumber: '12345678' }),
    'already-exists',
    /already/,
  )
})

test('a contact is written anew, and who may only look sees numbers masked, then and now', async () => {
  const { id } = await create({
    name: '遮蔽公司',
    contacts: [{ name: '韩梅', phone: '12011112222' }],
    bankAccounts: [{ accountNumber: '6222000011113333' }],
    identifiers: [{ scheme: 'iban', value: 'DE89 3704 0044 0532 0130 00' }],
  })
  const contactId = (await file(id)).contacts[0]?.id ?? ''
  const phone = '12011119999'
  accepted(await changeContact(database.context(), id, contactId, { name: '韩梅', phone }))
  const open = accepted(await historyOfParty(database.context('accountant'), id))
  assert.deepEqual(open.items[0]?.fields.phone, ['12011112222', '12011119999'])
  const masked = accepted(await showParty(database.context('viewer'), id))
  assert.equal(masked.contacts[0]?.phone, '**** 9999')
  assert.equal(masked.bankAccounts[0]?.accountNumber, '**** 3333')
  assert.equal(masked.identifiers[0]?.value, '**** 3000')
  const history = accepted(await historyOfParty(database.context('viewer'), id))
  assert.deepEqual(history.items[0]?.fields.phone, ['**** 2222', '**** 9999'])
  const missing = await changeContact(database.context(), id, id, { name: '无' })
  refused(missing, 'not-found', /no such contact/)
})
