import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { watchDateColumn } from '#kernel/import/date-column.ts'
import type { ImportKind } from '#kernel/import/field.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import { findHeader } from '#kernel/import/find-header.ts'
import { guessColumns } from '#kernel/import/guess-columns.ts'
import { prepareRowReader, type RecordOf } from '#kernel/import/read-row.ts'
import { settleDateOrder } from '#kernel/import/settle-date-order.ts'
import { prepareSkipping } from '#kernel/import/skip-row.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { sum, toReadable } from '#kernel/money/money.ts'
import { openTable } from '#server/import/read-table.ts'
import type { TableSource } from '#server/import/table-file.ts'

const folder = join(import.meta.dirname, '../../../shared/data')
const skip = existsSync(folder) ? false : 'the real data are not beside the project'

async function importOf<K extends ImportKind>(kind: K, source: TableSource) {
  const opening = await openTable(source)
  assert.equal(opening.kind, 'table')
  if (opening.kind !== 'table') return assert.fail()
  const rows: (readonly string[])[] = []
  for await (const batch of opening.batches) if (batch.kind === 'rows') rows.push(...batch.rows)
  const header = findHeader(kind, rows.slice(0, 60))
  if (header.kind !== 'header') return assert.fail(header.kind)
  const { headers, at, unit } = header
  const guessed = guessColumns(kind, headers, rows.slice(at + 1, at + 60))
  if (guessed.kind !== 'columns') return assert.fail(guessed.kind)
  const body = rows.slice(at + 1)
  const skipReason = prepareSkipping(kind, guessed.columns, headers)
  const dates = fieldsOf(kind).filter((field) => field.type === 'date')
  const watched = guessed.columns
    .filter((column) => dates.some((field) => field.id === column.field))
    .map(({ field, index }) => ({ field, index, reader: watchDateColumn() }))
  body.forEach((row, number) => {
    if (skipReason(row) !== null) return
    for (const { index, reader } of watched) reader.feed(row[index] ?? '', number)
  })
  const columns = watched.map(({ field, reader }) => ({ field, column: reader.column() }))
  const settled = settleDateOrder(columns)
  const dateShapes = Object.fromEntries(
    settled.map((date) => [date.field, date.kind === 'ask' ? assert.fail(date.field) : date.shape]),
  )
  const currency = parseCurrency('USD') ?? assert.fail()
  const read = prepareRowReader(kind, guessed.columns, { headers, dateShapes, unit, currency })
  const records: RecordOf[K][] = []
  const counts = { ok: 0, bad: 0, skip: 0 }
  for (const row of body) {
    const reading = read(row)
    counts[reading.kind]++
    if (reading.kind === 'ok') records.push(reading.record)
  }
  return { records, counts, dateShapes, notes: guessed.notes.map((note) => note.code) }
}

describe('real files', { skip }, () => {
  it('invoices with days month first are read to the last row', async () => {
    const path = join(folder, 'ar_ibm_late_payments/WA_Fn-UseC_-Accounts-Receivable.csv')
    const { records, counts, dateShapes } = await importOf('invoices', { path })
    assert.deepEqual(counts, { ok: 2466, bad: 0, skip: 0 })
    assert.deepEqual(new Set(Object.values(dateShapes)), new Set(['month-first']))
    const days = records.flatMap(({ invoiceOn, dueOn }) => [invoiceOn, dueOn ?? ''])
    assert.ok(days.every((day) => day >= '2012-01-01' && day < '2014-02-01'))
    const [first] = records
    assert.deepEqual(
      [first?.number, first?.invoiceOn, first?.dueOn, first?.settledOn, first?.disputed],
      ['611365', '2013-01-02', '2013-02-01', '2013-01-15', false],
    )
    assert.equal(new Set(records.map((record) => record.customerCode)).size, 100)
  })

  it('open items are read to the last row without the forecast in them', async () => {
    const name = 'ar_highradius_open_items/yeementh24_Payment_Date_Prediction.csv.gz'
    const bytes = gunzipSync(await readFile(join(folder, name)))
    const { records, counts, notes } = await importOf('invoices', { bytes })
    assert.deepEqual(counts, { ok: 9681, bad: 0, skip: 0 })
    assert.deepEqual(notes, ['settlement-left-out'])
    assert.ok(records.every((record) => record.settledOn === null))
    const [first] = records
    assert.deepEqual(
      [first?.number, first?.customerCode, first?.invoiceOn, first?.dueOn],
      ['1930659387', '0200744019', '2020-03-19', '2020-04-03'],
    )
    assert.equal(first && toReadable(first.amount), 'USD 11,173.02')
    const total = sum(
      records.map((record) => record.amount),
      parseCurrency('USD') ?? assert.fail(),
    )
    assert.ok(total.minor > 0n)
  })

  const banks: readonly [file: string, ok: number][] = [
    ['abc_debit/example-abc_debit-records.csv', 4],
    ['bocom_debit/example-bocom_debit-records.csv', 6],
    ['icbc/credit/example-icbc-credit-records.csv', 9],
    ['icbc/debit-v1/example-icbc-debit-v1-records.csv', 11],
    ['alipay/example-alipay-records.csv', 6],
    ['wechat/example-wechat-records.csv', 16],
    ['wechat/example-wechat-records.xlsx', 16],
    ['boc/debit/example-boc-records.csv', 17],
    ['boc/credit/example-boc-records.csv', 14],
  ]
  for (const [file, ok] of banks) {
    it(`the lines of ${file} are read`, async () => {
      const path = join(folder, 'bank_cn_bills', file)
      const { counts } = await importOf('bank-lines', { path })
      assert.equal(counts.bad, 0)
      assert.equal(counts.ok, ok)
    })
  }
})
