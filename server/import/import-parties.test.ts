import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { isRefusal } from '#contract/problem.ts'
import { checkImport, type ImportOutcome } from '#server/import/check-import.ts'
import { everything, openFolder } from '#server/import/testing-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { createOrder } from '#server/order/public.ts'
import { openTestDatabase, type TestDatabase } from '#server/testing.ts'

let files: ReturnType<typeof openFolder>
let database: TestDatabase
before(async () => {
  files = openFolder()
  database = await openTestDatabase()
})
after(async () => {
  await database.close()
  files.close()
})

async function taken(text: string, take: 'all' | 'good' = 'all'): Promise<ImportOutcome> {
  const request = { kind: 'parties', path: files.fileOf(text), options: {}, take } as const
  const outcome = await checkImport(database.context('credit-manager'), request)
  assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.refused.detail : '')
  return outcome
}

async function fileOf(code: string) {
  return database.db.row(sql<Record<string, unknown>>`
    select p.name, p.short_name, p.roles, p.region, p.country, p.terms, p.salesperson,
      (select q.code from party.party q where q.id = p.group_parent_id) as parent,
      (select q.code from party.party q where q.id = p.payer_id) as payer,
      array(select i.scheme || ' ' || i.value || ' ' || i.is_valid from party.identifier i
        where i.party_id = p.id) as identifiers,
      array(select n.kind || ' ' || n.name from party.other_name n where n.party_id = p.id) as names,
      array(select c.name || ' ' || coalesce(c.phone, '') from party.contact c
        where c.party_id = p.id) as contacts,
      array(select a.account_number from party.bank_account a where a.party_id = p.id) as accounts
    from party.party p where p.code = ${code}`)
}

const first = `客户编码,客户名称,简称,统一社会信用代码,往来性质,地区,国家,账期,业务员,所属集团,代付方,联系人,电话,银行账号
K1,恒远集团有限公司,恒远,91350100M000100Y43,客户,福建,中国,月结30天,张三,,,李总,021-555,6222 0000 1111
K2,恒远机械有限公司,,,客商,江苏,,net 45,张三,K1,,,,
K3,恒远贸易有限公司,,,经销商,上海,,,李四,恒远机械有限公司,K1,,,
`

describe('a list of parties', () => {
  it('creates credit files with all that belongs to them', async () => {
    const { batch, kind } = await taken(first)
    assert.equal(kind, 'applied')
    assert.equal(batch.counts.newParties, 3)
    assert.deepEqual(await fileOf('K1'), {
      name: '恒远集团有限公司',
      short_name: '恒远',
      roles: ['customer'],
      region: '福建',
      country: 'CN',
      terms: 'eom-30',
      salesperson: '张三',
      parent: null,
      payer: null,
      identifiers: ['uscc 91350100M000100Y43 true'],
      names: [],
      contacts: ['李总 021-555'],
      accounts: ['622200001111'],
    })
    const second = await fileOf('K2')
    assert.deepEqual([second?.roles, second?.parent], [['customer', 'supplier'], 'K1'])
    const third = await fileOf('K3')
    assert.deepEqual([third?.roles, third?.parent, third?.payer], [['channel-partner'], 'K2', 'K1'])
  })

  it('changes only the columns that it has and the cells that are filled', async () => {
    const before = await everything(database.db)
    const { batch } = await taken(
      `客户编码,客户名称,地区,电话\nK1,恒远控股集团有限公司,,\nK2,恒远机械有限公司,浙江,\nK3,恒远贸易有限公司,上海,\n`,
    )
    assert.deepEqual([batch.counts.updated, batch.counts.unchanged, batch.counts.good], [2, 1, 0])
    const changed = await fileOf('K1')
    assert.equal(changed?.name, '恒远控股集团有限公司')
    assert.deepEqual(changed?.names, ['former 恒远集团有限公司'])
    assert.deepEqual([changed?.terms, changed?.salesperson], ['eom-30', '张三'])
    assert.equal((await fileOf('K2'))?.region, '浙江')
    assert.ok(!isRefusal(await undoImport(database.context(), batch.id)))
    assert.equal(await everything(database.db), before)
  })

  it('changes nothing where all of it is there', async () => {
    const before = await everything(database.db)
    const outcome = await taken(`${first}\n`)
    assert.equal(outcome.kind, 'nothing-new')
    assert.equal(await everything(database.db), before)
  })

  it('is not undone over a later change, which it names', async () => {
    const head = '客户编码,客户名称,地区\n'
    const one = await taken(`${head}K2,恒远机械有限公司,安徽\n`)
    const two = await taken(`${head}K2,恒远机械有限公司,山东\n`)
    const refused = await undoImport(database.context(), one.batch.id)
    assert.ok(isRefusal(refused))
    assert.match(refused.refused.detail, /1 parties .* changed again since: K2/)
    assert.ok(!isRefusal(await undoImport(database.context(), two.batch.id)))
    assert.ok(!isRefusal(await undoImport(database.context(), one.batch.id)))
    assert.equal((await fileOf('K2'))?.region, '江苏')
  })

  it('is not undone where somebody else names one of its parties, such as the payer of an order', async () => {
    const { batch } = await taken('客户编码,客户名称\nPAYER-1,代付有限公司\n')
    const order = { party: 'K2', payer: 'PAYER-1', currency: 'CNY' }
    const lines = [{ item: '轴承', quantity: '1', unitPrice: '10' }]
    const made = await createOrder(database.context(), { ...order, lines })
    assert.ok(!isRefusal(made), JSON.stringify(made))
    const refused = await undoImport(database.context(), batch.id)
    assert.ok(isRefusal(refused))
    assert.match(refused.refused.detail, /Other records hang on 1 customers/)
  })

  it('takes a list headed 供应商 for suppliers', async () => {
    await taken('供应商编码,供应商名称\nV1,轴承供应有限公司\n')
    assert.deepEqual((await fileOf('V1'))?.roles, ['supplier'])
  })

  it('gives a number to a party without a code', async () => {
    await taken('客户名称\n无编码有限公司\n')
    const row = await database.db.row(sql<{ code: string }>`
      select code from party.party where name = '无编码有限公司'`)
    assert.match(row?.code ?? '', /^P\d{6}$/)
  })
})

const bad: readonly (readonly [string, string, string, RegExp])[] = [
  ['a parent that is nobody', 'X1,某甲公司,,K9,', 'party-unknown', /"K9"/],
  ['a payer that is nobody', 'X1,某甲公司,,,K9', 'party-unknown', /"K9"/],
  ['a parent that is below it', 'K1,恒远集团有限公司,,K3,', 'party-cycle', /circle/],
  ['itself as its parent', 'X1,某甲公司,,X1,', 'party-cycle', /circle/],
  ['itself as its payer', 'X1,某甲公司,,,X1', 'party-cycle', /circle/],
  ['a payer for whom another pays', 'X1,某甲公司,,,K3', 'party-cycle', /circle/],
  [
    'the credit code of a party with another code',
    'X1,某甲公司,91350100M000100Y43,,',
    'party-other-code',
    /belongs to party K1/,
  ],
  ['no name', 'X1,,,,', 'missing', /Name is empty/],
  ['two rows that disagree', 'X1,某甲公司,,,\nX1,某乙公司,,,', 'duplicate-other-content', /row 3/],
]

describe('rows of a list of parties that are bad', () => {
  for (const [name, rows, code, says] of bad) {
    it(`${name}`, async () => {
      const before = await everything(database.db)
      const outcome = await taken(`客户编码,客户名称,统一社会信用代码,所属集团,代付方\n${rows}\n`)
      assert.equal(outcome.kind, 'rows-bad')
      const [problem] = outcome.rejected[0]?.problems ?? []
      assert.equal(problem?.code, code)
      assert.match(problem?.en ?? '', says)
      assert.equal(await everything(database.db), before)
    })
  }
})
