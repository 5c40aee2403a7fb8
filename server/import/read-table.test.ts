import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import { openTable } from '#server/import/read-table.ts'
import type { Table, TableBatch } from '#server/import/table.ts'
import type { TableSource } from '#server/import/table-file.ts'

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

// 发票号,客户 and 甲公司 in GBK.
const gbk = Buffer.from('b7a2c6b1bac52cbfcdbba70a312cbcd7b9abcbbe0a', 'hex')

describe('a CSV file', () => {
  const cases: readonly [sentence: string, bytes: Uint8Array | string, rows: string[][]][] = [
    [
      'may be UTF-8',
      '发票号,客户\n1,甲公司\n',
      [
        ['发票号', '客户'],
        ['1', '甲公司'],
      ],
    ],
    ['may have a byte order mark', '\ufeff发票号,客户\n', [['发票号', '客户']]],
    [
      'may be GB18030',
      gbk,
      [
        ['发票号', '客户'],
        ['1', '甲公司'],
      ],
    ],
    [
      'may be UTF-16',
      Buffer.from('\ufeffa\tb\r\n甲\t2', 'utf16le'),
      [
        ['a', 'b'],
        ['甲', '2'],
      ],
    ],
    [
      'may use semicolons',
      'a;b\n1,5;2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'may use tabs',
      'a\tb\n1,5\t2\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'may end lines in any way',
      'a,b\r\n1,2\r\n3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'may have line ends in quotes',
      'a,b\n"1\n1",2\n',
      [
        ['a', 'b'],
        ['1\n1', '2'],
      ],
    ],
    [
      'may have doubled quotes',
      'a,b\n"say ""hi""",2\n',
      [
        ['a', 'b'],
        ['say "hi"', '2'],
      ],
    ],
    [
      'may have a stray quote',
      'a,b\n5" pipe,2\n',
      [
        ['a', 'b'],
        ['5" pipe', '2'],
      ],
    ],
    ['may be ragged', 'a,b,c\n1\n1,2,3,4\n', [['a', 'b', 'c'], ['1'], ['1', '2', '3', '4']]],
    ['may have one column', 'a\n1\n', [['a'], ['1']]],
    [
      'sniffs no delimiter inside quotes',
      '"a,b";c\n"1,2";3\n',
      [
        ['a,b', 'c'],
        ['1,2', '3'],
      ],
    ],
  ]
  for (const [sentence, bytes, rows] of cases) {
    it(sentence, async () => assert.deepEqual(await rowsOf(bytes), rows))
  }

  it('tells its encoding and delimiter', async () => {
    const table = await openBytes(gbk)
    assert.deepEqual([table.format, table.encoding, table.delimiter], ['csv', 'gb18030', ','])
    await table.close()
  })

  it('is read in the encoding and with the delimiter a person names', async () => {
    const latin = Buffer.from('M\xfcller|5\n', 'latin1')
    const rows = await rowsOf(latin, { encoding: 'windows-1252', delimiter: '|' })
    assert.deepEqual(rows, [['Müller', '5']])
  })

  it('does not break characters that lie across two pieces of the file', async () => {
    for (const [encoding, bytes] of [
      ['utf-8', Buffer.from('甲')],
      ['gb18030', Buffer.from('bcd7', 'hex')],
    ] as const) {
      const lines = Array.from({ length: 60_000 }, (_, at) => [`${at},`, bytes, '\n'])
      const file = Buffer.concat(lines.flat().map((part) => Buffer.from(part)))
      const batches = await allOf(await openBytes(file, { encoding }))
      const rows = batches.flatMap((batch) => (batch.kind === 'rows' ? batch.rows : []))
      assert.equal(rows.length, 60_000)
      assert.ok(rows.every((row) => row[1] === '甲'))
    }
  })

  it('comes in batches with row numbers and progress', async () => {
    const file = `a,b\n\n${'1,2\n'.repeat(2_500)}`
    const batches = await allOf(await openBytes(file))
    const sizes = batches.map((batch) => (batch.kind === 'rows' ? batch.rows.length : -1))
    assert.deepEqual(sizes, [1_000, 1_000, 502])
    const last = batches.at(-1)
    assert.equal(last?.kind === 'rows' && last.numbers.at(-1), 2_502)
    assert.equal(last?.kind === 'rows' && last.bytesRead, file.length)
  })

  it('measures its progress in bytes of the file, whatever the encoding', async () => {
    const table = await openBytes(gbk)
    const [batch] = await allOf(table)
    assert.equal(batch?.kind === 'rows' && batch.bytesRead, table.totalBytes)
  })

  it('ends with a message where a quote is not closed', async () => {
    const batches = await allOf(await openBytes('a,b\n1,2\n"3,4\n5,6\n'))
    const [rows, broken] = batches
    assert.equal(rows?.kind === 'rows' && rows.rows.length, 2)
    assert.equal(broken?.kind === 'broken' && broken.why, 'unclosed-quote')
    assert.equal(broken?.kind === 'broken' && broken.row, 3)
  })

  it('does not gather an endless row in memory', async () => {
    const file = `a,b\n"${'x'.repeat(10_000)}`
    const batches = await allOf(await openBytes(file, { limits: { rowBytes: 1_000 } }))
    assert.equal(batches.at(-1)?.kind, 'broken')
  })

  it('may come as a stream', async () => {
    const source: TableSource = {
      stream: Readable.from([Buffer.from('a,b\n1'), Buffer.from(',2')]),
    }
    const opening = await openTable(source)
    assert.equal(opening.kind, 'table')
    if (opening.kind !== 'table') return
    const [batch] = await allOf(opening)
    assert.deepEqual(batch?.kind === 'rows' && batch.rows, [
      ['a', 'b'],
      ['1', '2'],
    ])
  })
})

describe('a file that is no table', () => {
  const cases: readonly [name: string, bytes: Uint8Array | string, kind: string][] = [
    ['an empty file', '', 'empty'],
    ['a blank file', '\ufeff \n\n', 'empty'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'binary'],
    ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'unsupported'],
    ['a web page named .xls', '<html><table><tr><td>1</td></tr></table>', 'unsupported'],
    ['a PDF', '%PDF-1.7', 'unsupported'],
    ['a gzip file', Buffer.from('1f8b0800', 'hex'), 'unsupported'],
    ['an archive cut off', Buffer.from('504b0304', 'hex'), 'damaged'],
    ['text in another encoding', Buffer.from('a,b\nM\xfc\n', 'latin1'), 'encoding'],
    ['a file of 2,000 columns', `${'a,'.repeat(2_000)}\n1`, 'too-wide'],
    ['a file of 200 columns', `${'a,'.repeat(199)}a\n1`, 'table'],
  ]
  for (const [name, bytes, kind] of cases) {
    it(`${name} is ${kind}`, async () => assert.equal(await refusal(bytes), kind))
  }

  it('in no known encoding tells the first byte that is wrong', async () => {
    const opening = await openTable({ bytes: Buffer.from('a,b\nM\xfc\n', 'latin1') })
    assert.equal(opening.kind, 'encoding')
    if (opening.kind === 'encoding') assert.match(opening.message.en, /byte 6 .* byte 7 /)
  })

  it('is missing where there is none', async () => {
    assert.equal((await openTable({ path: 'no/such/file.csv' })).kind, 'missing')
  })

  it('is too large above the limit, from memory or from a stream', async () => {
    const limits = { fileBytes: 10 }
    assert.equal(await refusal('a,b\n1,2\n3,4\n', { limits }), 'too-large')
    const stream = Readable.from([Buffer.alloc(8), Buffer.alloc(8)])
    assert.equal((await openTable({ stream }, { limits })).kind, 'too-large')
  })
})
