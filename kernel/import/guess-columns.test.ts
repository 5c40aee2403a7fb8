import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ImportKind } from '#kernel/import/field.ts'
import { findHeader } from '#kernel/import/find-header.ts'
import { type ColumnChoice, guessColumns } from '#kernel/import/guess-columns.ts'
import { readHeader } from '#kernel/import/header-text.ts'

function guess(
  kind: ImportKind,
  header: string,
  rows: readonly string[] = [],
  choices: readonly ColumnChoice[] = [],
) {
  const guessed = guessColumns(
    kind,
    header.split(','),
    rows.map((row) => row.split(',')),
    choices,
  )
  if (guessed.kind !== 'columns') return null
  const names = header.split(',')
  return {
    ...guessed,
    fields: Object.fromEntries(guessed.columns.map((c) => [c.field, names[c.index]])),
    codes: guessed.notes.map((note) => note.code),
  }
}

describe('a header', () => {
  const cases: readonly [
    text: string,
    key: string,
    power: number | null,
    currency: string | null,
  ][] = [
    ['金额', '金额', null, null],
    ['金额(万元)', '金额', 4, null],
    ['金额（美元）', '金额', null, 'USD'],
    ['金额（万美元）', '金额', 4, 'USD'],
    ['金额(元)', '金额', 0, null],
    ['人民币金额', '金额', null, 'CNY'],
    ['converted_usd', 'converted', null, 'USD'],
    ['Amount (USD)', 'amount', null, 'USD'],
    ['Amount in EUR', 'amount', null, 'EUR'],
    ["Amount (USD'000)", 'amount', 3, 'USD'],
    ['*客户名称（必填）', '客户名称', null, null],
    ['customerID', 'customerid', null, null],
    ['Invoice No.', 'invoiceno', null, null],
    ['Invoice #', 'invoiceno', null, null],
    ['账期(天)', '账期天', null, null],
    ['', '', null, null],
  ]
  for (const [text, key, power, currency] of cases) {
    it(`"${text}" is ${key} ${power ?? ''} ${currency ?? ''}`, () => {
      assert.deepEqual(readHeader(text), { key, power, currency })
    })
  }
})

describe('guessed columns', () => {
  it('fit the sample of late payments without a word', () => {
    const found = guess(
      'invoices',
      'countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,' +
        'Disputed,SettledDate,PaperlessBill,DaysToSettle,DaysLate',
      ['391,0379-NEVHP,4/6/2013,611365,1/2/2013,2/1/2013,55.94,No,1/15/2013,Paper,13,0'],
    )
    assert.deepEqual(found?.fields, {
      customerCode: 'customerID',
      number: 'invoiceNumber',
      invoiceOn: 'InvoiceDate',
      dueOn: 'DueDate',
      amount: 'InvoiceAmount',
      disputed: 'Disputed',
      settledOn: 'SettledDate',
    })
    assert.deepEqual(found?.missing, [])
  })

  const openItems =
    ',business_code,cust_number,name_customer,clear_date,buisness_year,doc_id,posting_date,' +
    'due_in_date,baseline_create_date,cust_payment_terms,converted_usd,Aging Bucket'

  it('prefer the document date and leave out a forecast of settlement', () => {
    const found = guess('invoices', openItems)
    assert.deepEqual(found?.fields, {
      customerCode: 'cust_number',
      customerName: 'name_customer',
      number: 'doc_id',
      dueOn: 'due_in_date',
      invoiceOn: 'baseline_create_date',
      terms: 'cust_payment_terms',
      amount: 'converted_usd',
    })
    assert.deepEqual(found?.codes, ['settlement-left-out'])
    assert.equal(found?.columns.find((c) => c.field === 'amount')?.currency, 'USD')
  })

  it('take the settlement date where a person says so', () => {
    const choices: ColumnChoice[] = [{ source: 'asked', column: 'clear_date', field: 'settledOn' }]
    const found = guess('invoices', openItems, [], choices)
    assert.equal(found?.fields.settledOn, 'clear_date')
    assert.deepEqual(found?.codes, [])
  })

  it('follow what is asked before what is remembered', () => {
    const found = guess(
      'invoices',
      '甲,乙,开票日期,客户',
      ['1,2,2024-01-01,x'],
      [
        { source: 'remembered', column: '乙', field: 'number' },
        { source: 'asked', column: '甲', field: 'number' },
        { source: 'remembered', column: '乙', field: 'amount' },
      ],
    )
    assert.equal(found?.fields.number, '甲')
    assert.equal(found?.fields.amount, '乙')
  })

  it('leave out a column where a person says so', () => {
    const choices: ColumnChoice[] = [{ source: 'asked', column: '客户', field: null }]
    const found = guess('invoices', '发票号,开票日期,金额,客户,购货单位', [], choices)
    assert.equal(found?.fields.customerName, '购货单位')
  })

  it('take the total with tax before an amount without', () => {
    const found = guess('invoices', '发票号码,购方企业名称,开票日期,金额,税额,价税合计')
    assert.equal(found?.fields.amount, '价税合计')
    assert.equal(found?.fields.customerName, '购方企业名称')
  })

  it('reject a column whose cells are of another kind', () => {
    const found = guess('invoices', '发票号,日期,金额,客户,到期日', ['1,2024-01-01,5,x,月结'])
    assert.equal(found?.fields.dueOn, undefined)
  })

  it('note a header that stands twice', () => {
    const found = guess('invoices', '发票号,开票日期,金额,金额,客户')
    assert.deepEqual(found?.codes, ['duplicate-header'])
    assert.equal(found?.columns.find((c) => c.field === 'amount')?.index, 2)
  })

  it('take an open amount for the amount where there is no other', () => {
    const found = guess('invoices', '单据编号,客户,单据日期,余额')
    assert.equal(found?.fields.amount, '余额')
    assert.deepEqual(found?.codes, ['open-as-amount'])
  })

  it('tell what is missing', () => {
    const found = guess('invoices', '发票号,开票日期')
    assert.deepEqual(found?.missing, [['amount'], ['customerCode', 'customerName', 'creditCode']])
  })

  it('say how few of 200 columns they use', () => {
    const many = Array.from({ length: 200 }, (_, at) => `x${'abcdefghij'[at % 10]}q`).join(',')
    assert.ok(guess('invoices', `发票号,${many}`)?.codes.includes('wide-file'))
  })

  it('do not exist in a file without a header', () => {
    const guessed = guessColumns('invoices', ['INV-1', '2024-01-01', '55.00'], [])
    assert.deepEqual(guessed, { kind: 'headerless', columnCount: 3 })
  })

  it('can be told by number in a file without a header', () => {
    const found = guess(
      'invoices',
      '8,2024-01-01,55.00',
      [],
      [{ source: 'asked', column: 0, field: 'number' }],
    )
    assert.equal(found?.columns[0]?.field, 'number')
  })
})

describe('the header of a table', () => {
  const rowsOf = (text: string) => text.split('\n').map((line) => line.split(','))

  it('is found below a preamble, with the unit told there', () => {
    const found = findHeader(
      'invoices',
      rowsOf(
        '应收明细表\n单位：万元,,币种：美元\n\n单据编号,客户,单据日期,价税合计\nSO1,甲,2024-01-02,1.5',
      ),
    )
    assert.equal(found.kind, 'header')
    if (found.kind !== 'header') return
    assert.equal(found.at, 3)
    assert.deepEqual(found.unit, { power: 4, currency: 'USD' })
    assert.deepEqual(found.preamble, ['应收明细表', '单位：万元 币种：美元'])
  })

  it('is the row of words above values where no word is known', () => {
    const found = findHeader('invoices', rowsOf('Rechnung,Kunde,Betrag\nR1,Meier,12.50'))
    assert.equal(found.kind === 'header' && found.at, 0)
  })

  it('is missed where the file begins with values', () => {
    const found = findHeader('invoices', rowsOf('INV-1,2024-01-01,55.00\nINV-2,2024-01-02,5.00'))
    assert.deepEqual(found, { kind: 'headerless', columnCount: 3, firstRow: 0 })
  })

  it('is not in a blank file', () => {
    assert.deepEqual(findHeader('invoices', rowsOf(',,\n ,')), { kind: 'blank' })
  })
})
