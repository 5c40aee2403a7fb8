import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ImportKind } from '#kernel/import/field.ts'
import { guessColumns } from '#kernel/import/guess-columns.ts'
import { prepareRowReader } from '#kernel/import/read-row.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { toDecimal, toReadable } from '#kernel/money/money.ts'

type RowReading = ReturnType<ReturnType<typeof prepareRowReader>>

const cny = parseCurrency('CNY')
assert.ok(cny)

function readerOf<K extends ImportKind>(kind: K, header: string) {
  const headers = header.split(',')
  const guessed = guessColumns(kind, headers, [])
  assert.equal(guessed.kind, 'columns')
  const columns = guessed.kind === 'columns' ? guessed.columns : []
  const unit = { power: null, currency: null }
  const options = { headers, dateShapes: {}, unit, currency: cny ?? assert.fail() }
  const read = prepareRowReader(kind, columns, options)
  return (line: string) => read(line.split('|'))
}

function codes(reading: RowReading): string {
  if (reading.kind === 'skip') return `skip ${reading.why}`
  const problems = reading.kind === 'bad' ? reading.problems : reading.warnings
  return [reading.kind, ...problems.map((problem) => problem.code)].join(' ')
}

const invoiceHeader = '发票号,客户编码,开票日期,到期日,金额,币种,结清日期,争议,已收金额,余额,账期'

describe('an invoice row', () => {
  const read = readerOf('invoices', invoiceHeader)
  const cases: readonly [row: string, outcome: string][] = [
    ['INV-1|C1|2024-01-01|2024-02-01|100', 'ok'],
    ['||||', 'skip blank'],
    [' |\t|||', 'skip blank'],
    ['合计||||100', 'skip total'],
    ['制表人：王||||', 'skip note'],
    [
      '发票号|客户编码|开票日期|到期日|金额|币种|结清日期|争议|已收金额|余额|账期',
      'skip repeated-header',
    ],
    ['INV-1|C1|2024-01-01||100|||||||stray', 'bad too-many-cells'],
    ['INV-1|C1|2024-01-01||100|||||||', 'ok'],
    ['|C1|2024-01-01||100', 'bad missing'],
    ['INV-1||2024-01-01||100', 'bad no-party'],
    ['INV-1|C1|||100', 'bad missing'],
    ['INV-1|C1|2024-01-01||', 'bad missing'],
    ['INV-1|C1|2024-01-01||-', 'bad missing'],
    ['6.22E+18|C1|2024-01-01||100', 'bad digits-lost'],
    ['INV-1|#REF!|2024-01-01||100', 'bad cell-error'],
    ['INV-1|�司|2024-01-01||100', 'bad damaged-text'],
    [`${'9'.repeat(65)}|C1|2024-01-01||100`, 'bad too-long'],
    ['INV-1|C1|soon||100', 'bad not-a-date'],
    ['INV-1|C1|#N/A||100', 'bad cell-error'],
    ['INV-1|C1|1924-01-01||100', 'bad date-out-of-range'],
    ['INV-1|C1|2204-01-01||100', 'bad date-out-of-range'],
    ['INV-1|C1|2024-02-01|2024-01-01|100', 'bad due-before-invoice'],
    ['INV-1|C1|2024-02-01|2024-02-01|100', 'ok'],
    ['INV-1|C1|2024-01-01||1e400', 'bad amount-too-large'],
    ['INV-1|C1|2024-01-01||99999999999999', 'bad amount-too-large'],
    ['INV-1|C1|2024-01-01||1,2345', 'bad amount-unclear'],
    ['INV-1|C1|2024-01-01||ten', 'bad not-an-amount'],
    ['INV-1|C1|2024-01-01||#VALUE!', 'bad cell-error'],
    ['INV-1|C1|2024-01-01||0.00', 'bad amount-zero'],
    ['INV-1|C1|2024-01-01||$5|CNY', 'bad other-currency'],
    ['INV-1|C1|2024-01-01||5|XXQ', 'bad unknown-currency'],
    ['INV-1|C1|2024-01-01||5|||maybe', 'bad not-yes-no'],
    ['INV-1|C1|soon|later|ten', 'bad not-an-amount not-a-date not-a-date'],
    ['INV-1|C1|2024-01-01||1.005', 'ok amount-rounded'],
    ['INV-1|C1|2024-01-02||5||2024-01-01', 'ok settled-before-invoice'],
    ['INV-1|C1|2024-01-02||5||||6', 'ok paid-above-amount'],
    ['INV-1|C1|2024-01-02||5||||2|2', 'ok open-mismatch'],
    ['INV-1|C1|2024-01-02||5||||2|3', 'ok'],
    ['INV-1|C1|2024-01-02||5||||||NAA8', 'ok terms-unread'],
    ['INV-1|C1|2024-01-02|2024-02-02|5||||||NAA8', 'ok'],
  ]
  for (const [row, outcome] of cases) {
    it(`${row.slice(0, 60)} is ${outcome}`, () => assert.equal(codes(read(row)), outcome))
  }

  function record(row: string, header = invoiceHeader) {
    const reading = readerOf('invoices', header)(row)
    assert.equal(reading.kind, 'ok', codes(reading))
    return reading.kind === 'ok' ? reading.record : assert.fail()
  }

  it('keeps leading zeros and takes off what spreadsheets add', () => {
    assert.equal(record('="00012"|C1|2024-01-01||1').number, '00012')
    assert.equal(record('1930659387.0|C1|2024-01-01||1').number, '1930659387')
    assert.equal(record("'00012|`C1|2024-01-01||1").customerCode, 'C1')
    assert.equal(record('１２３４\t|C1|2024-01-01||1').number, '1234')
  })

  it('is a credit note where its amount is negative and no column tells', () => {
    const found = record('INV-1|C1|2024-01-01||(1,234.50)')
    assert.equal(found.documentType, 'credit-note')
    assert.equal(toDecimal(found.amount), '1234.50')
  })

  it('must not be negative where a column says it is an invoice', () => {
    const reader = readerOf('invoices', '发票号,客户,开票日期,金额,单据类型')
    assert.equal(codes(reader('INV-1|甲|2024-01-01|-5|蓝字')), 'bad amount-negative')
    assert.equal(codes(reader('INV-1|甲|2024-01-01|-5|红字')), 'ok')
    assert.equal(codes(reader('INV-1|甲|2024-01-01|5|unknown')), 'bad not-a-choice')
  })

  it('takes unit and currency of the header', () => {
    const inTenThousands = record('INV-1|甲|2024-01-01|1.2345', '发票号,客户,开票日期,金额(万元)')
    assert.equal(toReadable(inTenThousands.amount), 'CNY 12,345.00')
    const inDollars = record('INV-1|甲|2024-01-01|5', '发票号,客户,开票日期,Amount (USD)')
    assert.equal(toReadable(inDollars.amount), 'USD 5.00')
    const inThousands = record('INV-1|甲|2024-01-01|(1.5)', '发票号,客户,开票日期,金额(千元)')
    assert.equal(toReadable(inThousands.amount), 'CNY 1,500.00')
  })

  it('takes the currency of its own column and else of the cell', () => {
    assert.equal(toReadable(record('INV-1|C1|2024-01-01||5|美元').amount), 'USD 5.00')
    assert.equal(toReadable(record('INV-1|C1|2024-01-01||€5').amount), 'EUR 5.00')
    assert.equal(toReadable(record('INV-1|C1|2024-01-01||500|JPY').amount), 'JPY 500')
  })

  it('counts a missing due date from its terms', () => {
    const found = record('INV-1|C1|2024-01-01||5||||||30')
    assert.equal(found.dueOn, '2024-01-31')
    assert.equal(found.dueFrom, 'terms')
    const told = record('INV-1|C1|2024-01-01|2024-03-01|5||||||30')
    assert.equal(told.dueOn, '2024-03-01')
    assert.equal(told.dueFrom, 'file')
  })

  it('that is bad names field, value and remedy in both languages', () => {
    const reading = read('INV-1|C1|2024-01-01||ten')
    assert.equal(reading.kind, 'bad')
    const [problem] = reading.kind === 'bad' ? reading.problems : []
    assert.equal(problem?.field, 'amount')
    assert.equal(problem?.value, 'ten')
    assert.equal(problem?.zh, '金额"ten"不是金额')
    assert.equal(problem?.en, 'Amount "ten" is no amount')
    assert.match(problem?.remedy.zh ?? '', /1234\.50/)
    assert.match(problem?.remedy.en ?? '', /1234\.50/)
  })

  it('never leaves a brace in a message and never throws, whatever the cells hold', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.constantFrom('2024-01-01', '1e400', '-5', '合计', '$5', '6.2E+18', '是', 'NaN', '100'),
    )
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 13 }), (cells) => {
        const reading = read(cells.map((text) => text.replaceAll('|', '/')).join('|'))
        const problems = reading.kind === 'bad' ? reading.problems : []
        if (reading.kind === 'bad') assert.ok(problems.length > 0)
        for (const { zh, en, remedy, value } of problems) {
          const texts = [zh, en, remedy.zh, remedy.en]
          if (!value.includes('{')) assert.ok(texts.every((text) => !/\{\w+\}/.test(text)))
        }
      }),
    )
  })

  it('keeps every cent of an amount', () => {
    const cents = fc.bigInt({ min: 1n, max: 10n ** 14n })
    fc.assert(
      fc.property(cents, (minor) => {
        const text = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`
        const grouped = text.replace(/\B(?=(\d{3})+\.)/g, ',')
        assert.equal(record(`INV-1|C1|2024-01-01||${text}`).amount.minor, minor)
        assert.equal(record(`INV-1|C1|2024-01-01||${grouped}`).amount.minor, minor)
      }),
    )
  })
})

describe('a party row', () => {
  const read = readerOf(
    'parties',
    '客户编码,客户名称,统一社会信用代码,信用额度(万元),往来性质,账期',
  )
  const cases: readonly [row: string, outcome: string][] = [
    ['C1|华东机械|91350100M000100Y43|50|客户|月结30天', 'ok'],
    ['C1||||', 'bad missing'],
    ['C1|华东机械|123', 'ok credit-code-invalid'],
    ['C1|华东机械||-5', 'bad amount-negative'],
    ['C1|华东机械|||邻居', 'bad not-a-choice'],
    ['C1|华东机械||||看着办', 'ok terms-unread'],
    ['C1|合计科技有限公司', 'ok'],
  ]
  for (const [row, outcome] of cases) {
    it(`${row} is ${outcome}`, () => assert.equal(codes(read(row)), outcome))
  }

  it('has its limit in main units', () => {
    const reading = read('C1|华东机械||50')
    assert.equal(reading.kind, 'ok')
    const limit = reading.kind === 'ok' ? reading.record.creditLimit : null
    assert.equal(limit && toReadable(limit), 'CNY 500,000.00')
  })
})

describe('a receipt row', () => {
  const read = readerOf('receipts', '收款单号,收款日期,客户,收款金额,核销发票')
  const cases: readonly [row: string, outcome: string][] = [
    ['R1|2024-01-01|甲|100|INV-1、INV-2', 'ok'],
    ['R1|2024-01-01||100', 'bad no-party'],
    ['R1|2024-01-01|甲|0', 'bad amount-zero'],
    ['R1|2024-01-01|甲|-5', 'bad amount-negative'],
  ]
  for (const [row, outcome] of cases) {
    it(`${row} is ${outcome}`, () => assert.equal(codes(read(row)), outcome))
  }

  it('names its invoices one by one', () => {
    const reading = read('R1|2024-01-01|甲|100|INV-1、INV-2; 00012')
    assert.deepEqual(reading.kind === 'ok' && reading.record.invoiceNumbers, [
      'INV-1',
      'INV-2',
      '00012',
    ])
  })
})

describe('a bank line', () => {
  const inAndOut = readerOf('bank-lines', '交易日期,借方发生额,贷方发生额,余额,对方户名')
  const flagged = readerOf('bank-lines', '交易时间,收/支,金额(元),交易对方')
  const signed = readerOf('bank-lines', '交易日期,交易金额,对方户名')
  function movement(reading: RowReading): string {
    if (reading.kind !== 'ok' || reading.record.kind !== 'bank-line') return codes(reading)
    const { direction, amount, reversal } = reading.record
    return `${direction} ${toDecimal(amount)}${reversal ? ' back' : ''}`
  }
  const cases: readonly [read: (row: string) => RowReading, row: string, outcome: string][] = [
    [inAndOut, '2024-01-01|5.00||10|甲', 'out 5.00'],
    [inAndOut, '2024-01-01||5.00|10|甲', 'in 5.00'],
    [inAndOut, '2024-01-01|0.00|5.00|10|甲', 'in 5.00'],
    [inAndOut, '2024-01-01|-5.00||10|甲', 'in 5.00 back'],
    [inAndOut, '2024-01-01|5|6|10|甲', 'bad two-amounts'],
    [inAndOut, '2024-01-01|||10|甲', 'bad no-amount'],
    [inAndOut, '2024-01-01|0.00||10|甲', 'skip no-movement'],
    [flagged, '2024-01-01 10:00:00|收入|5|甲', 'in 5.00'],
    [flagged, '2024-01-01 10:00:00|支出|¥5.00|甲', 'out 5.00'],
    [flagged, '2024-01-01 10:00:00|不计收支|5|甲', 'skip no-movement'],
    [flagged, '2024-01-01 10:00:00|/|5|甲', 'skip no-movement'],
    [flagged, '2024-01-01 10:00:00|送|5|甲', 'bad not-a-choice'],
    [signed, '20240101|+5.00|甲', 'in 5.00'],
    [signed, '20240101|-5.00|甲', 'out 5.00'],
  ]
  for (const [read, row, outcome] of cases) {
    it(`${row} is ${outcome}`, () => assert.equal(movement(read(row)), outcome))
  }

  it('keeps the time of day', () => {
    const reading = flagged('2024-01-01 9:05|收入|5|甲')
    assert.equal(reading.kind === 'ok' && reading.record.time, '09:05:00')
  })
})
