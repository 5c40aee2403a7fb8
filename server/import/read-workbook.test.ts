import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import ExcelJS from '@protobi/exceljs'
import { openTable } from '#server/import/read-table.ts'
import type { Table, TableBatch } from '#server/import/table.ts'

type TableOptions = NonNullable<Parameters<typeof openTable>[1]>

async function openBytes(bytes: Uint8Array | string, options: TableOptions = {}) {
  const opening = await openTable({ bytes: Buffer.from(bytes) }, options)
  assert.equal(opening.kind, 'table', JSON.stringify(opening))
  return opening.kind === 'table' ? opening : assert.fail()
}

async function allOf(table: Table): Promise<TableBatch[]> {
  const batches: TableBatch[] = []
  for await (const batch of table.batches) batches.push(batch)
  return batches
}

async function rowsOf(bytes: Uint8Array | string, options: TableOptions = {}) {
  const batches = await allOf(await openBytes(bytes, options))
  return batches.flatMap((batch) => (batch.kind === 'rows' ? batch.rows : []))
}

async function refusal(bytes: Uint8Array | string, options: TableOptions = {}): Promise<string> {
  const opening = await openTable({ bytes: Buffer.from(bytes) }, options)
  if (opening.kind === 'table') return 'table'
  assert.ok(opening.message.zh.length > 5 && opening.message.en.length > 5)
  return opening.kind
}

async function workbookOf(
  fill: (sheet: ExcelJS.Worksheet) => void,
  name = '发票',
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  fill(workbook.addWorksheet(name))
  workbook.addWorksheet('说明').addRow(['x'])
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

describe('an XLSX file', () => {
  it('gives text for every kind of cell', async () => {
    const bytes = await workbookOf((sheet) => {
      sheet.addRow(['发票号', { richText: [{ text: '客' }, { text: '户' }] }, '日期'])
      sheet.addRow([0.1 + 0.2, 1234567.891, new Date(Date.UTC(2024, 0, 31))])
      sheet.addRow([{ formula: 'A2*10', result: 3 }, { error: '#REF!' }, true])
      sheet.addRow([{ formula: 'A9', result: { error: '#N/A' } }, 'a & <b>', -5e-7])
      sheet.addRow([new Date(Date.UTC(2024, 0, 31, 9, 5, 6)), 6.22202123456789e18, 0])
      sheet.addRow([{ text: '链接', hyperlink: 'https://example.org' }, '', '  '])
      sheet.getCell('C2').numFmt = 'yyyy-mm-dd'
      sheet.getCell('A5').numFmt = 'yyyy"年"m"月"d"日" h:mm'
    })
    assert.deepEqual(await rowsOf(bytes), [
      ['发票号', '客户', '日期'],
      ['0.3', '1234567.891', '2024-01-31'],
      ['3', '#REF!', 'TRUE'],
      ['#N/A', 'a & <b>', '-0.0000005'],
      ['2024-01-31 09:05:06', '6.22202123456789E+18', '0'],
      ['链接'],
    ])
  })

  it('keeps row numbers over blank rows and leaves out blank ends', async () => {
    const bytes = await workbookOf((sheet) => {
      sheet.getCell('B2').value = 'x'
      sheet.getCell('A5').value = 'y'
      sheet.getCell('D5').value = ''
      sheet.getCell('A9').value = ' '
    })
    const [batch] = await allOf(await openBytes(bytes))
    assert.equal(batch?.kind, 'rows')
    if (batch?.kind !== 'rows') return
    assert.deepEqual(batch.rows, [['', 'x'], ['y']])
    assert.deepEqual(batch.numbers, [2, 5])
  })

  it('repeats a merged name in each of its rows, but no merged amount', async () => {
    const bytes = await workbookOf((sheet) => {
      sheet.addRow(['客户', '发票号', '金额'])
      sheet.addRow(['甲', 'INV-1', 100])
      sheet.addRow(['', 'INV-2', ''])
      sheet.addRow(['乙', 'INV-3', 5])
      sheet.mergeCells('A2:A3')
      sheet.mergeCells('C2:C3')
    })
    assert.deepEqual((await rowsOf(bytes)).slice(1), [
      ['甲', 'INV-1', '100'],
      ['甲', 'INV-2'],
      ['乙', 'INV-3', '5'],
    ])
  })

  it('names its sheets and reads the one asked for', async () => {
    const bytes = await workbookOf((sheet) => sheet.addRow(['a']))
    const table = await openBytes(bytes)
    assert.deepEqual([table.sheets, table.sheet], [['发票', '说明'], '发票'])
    assert.deepEqual(await rowsOf(bytes, { sheet: '说明' }), [['x']])
    assert.equal(await refusal(bytes, { sheet: '没有' }), 'no-such-sheet')
  })

  it('reads dates of the 1904 system', async () => {
    const workbook = new ExcelJS.Workbook()
    workbook.properties.date1904 = true
    const cell = workbook.addWorksheet('s').getCell('A1')
    cell.value = new Date(Date.UTC(2024, 0, 31))
    cell.numFmt = 'yyyy/m/d'
    assert.deepEqual(await rowsOf(Buffer.from(await workbook.xlsx.writeBuffer())), [['2024-01-31']])
  })

  it('does not break characters that lie across two pieces of a sheet', async () => {
    const bytes = await workbookOf((sheet) => {
      for (let at = 0; at < 8_000; at++)
        sheet.addRow([`华东机械设备有限公司${at}`, `备注说明${at}`])
    })
    const rows = await rowsOf(bytes)
    assert.equal(rows.length, 8_000)
    assert.ok(rows.every((row, at) => row[0] === `华东机械设备有限公司${at}`))
  })

  it('that unpacks to more than allowed is stopped', async () => {
    const bytes = archiveOf({
      'xl/workbook.xml': '<workbook><sheets><sheet name="s" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${'<row><c><v>1</v></c></row>'.repeat(
        200_000,
      )}</sheetData></worksheet>`,
    })
    const batches = await allOf(await openBytes(bytes, { limits: { unpackedBytes: 100_000 } }))
    const broken = batches.at(-1)
    assert.equal(broken?.kind === 'broken' && broken.why, 'too-large')
  })

  it('with a document type is refused, so that no entity can be blown up', async () => {
    const bytes = archiveOf({ 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' })
    assert.equal(await refusal(bytes), 'damaged')
  })
})

// A ZIP archive of deflated entries; the reader does not look at checksums.
function archiveOf(parts: Readonly<Record<string, string>>): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const packed = deflateRawSync(text)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(text.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    bodies.push(local, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
    offset += local.length + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(parts).length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, listed, end])
}
