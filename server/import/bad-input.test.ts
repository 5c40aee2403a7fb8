import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { Command } from 'commander'
import type { ImportOptions } from '#contract/import.ts'
import { isRefusal, type Problem } from '#contract/problem.ts'
import { addImportCommands } from '#server/import/cli.ts'
import { everything, openFolder } from '#server/import/testing-import.ts'
import { openTestServer, type TestServer } from '#server/testing-http.ts'

let server: TestServer
let files: ReturnType<typeof openFolder>
before(async () => {
  files = openFolder()
  server = await openTestServer()
})
after(async () => {
  await server.close()
  files.close()
})

type Told = {
  /** What was said, in one text. */
  readonly text: string
  readonly exitCode: number
  readonly taken: number
}

/** Runs the command as the command line does, on the test's database. */
async function byCommand(path: string, options: readonly string[]): Promise<Told> {
  const lines: string[] = []
  let told: Told = { text: '', exitCode: 0, taken: 0 }
  let exitCode = 0
  const program = new Command().option('--json').option('--dry-run').exitOverride()
  addImportCommands(program, async (work, print) => {
    const output = {
      say: (line: string) => lines.push(line),
      table: () => {},
      progress: async () => {},
      color: (_: string, text: string) => text,
      exitWith: (code: number) => {
        exitCode = code
      },
    }
    const answer = await work(server.database.context('accountant'), output)
    if (isRefusal(answer)) {
      const { detail }: Problem = answer.refused
      told = { text: detail, exitCode: 2, taken: 0 }
      return
    }
    print?.(answer as Parameters<typeof print>[0], output)
    const { kind, batch } = answer as { kind: string; batch: { counts: { good: number } } }
    const taken = kind === 'applied' ? batch.counts.good : 0
    told = { text: lines.join('\n'), exitCode, taken }
  })
  await program.parseAsync(['node', 'xinheng', 'import', 'invoices', path, ...options])
  return told
}

/** Uploads the file and takes it where no row is bad, as a page would. */
async function byHttp(content: Buffer, options: ImportOptions): Promise<Told> {
  const boundary = 'test-boundary'
  const field = (name: string, text: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
  const payload = Buffer.concat([
    Buffer.from(field('kind', 'invoices') + field('options', JSON.stringify(options))),
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const headers = server.as.accountant
  const checked = await server.http.inject({
    method: 'POST',
    url: '/api/imports',
    headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  if (checked.statusCode !== 200) {
    return { text: checked.json().detail, exitCode: checked.statusCode, taken: 0 }
  }
  const { id } = checked.json()
  const url = `/api/imports/${id}`
  const shown = await server.send({ method: 'GET', url, headers })
  const errors = await server.send({ method: 'GET', url: `${url}/errors`, headers })
  const applied = await server.send({ method: 'POST', url: `${url}/apply`, body: {}, headers })
  const { good } = (applied.json.counts ?? { good: 0 }) as { good: number }
  return { text: shown.text + errors.text, exitCode: applied.status, taken: good }
}

const header = 'invoice no,customer,invoice date,due date,amount,currency\n'
const row = (number: string, rest = '2024-01-05,2024-02-05,100,CNY') => `${number},某公司,${rest}\n`
const many = (tag: string, badAt: readonly number[], rows = 10_000) =>
  header +
  Array.from({ length: rows }, (_, at) =>
    row(`${tag}${at}`, badAt.includes(at) ? '2024-01-05,2024-02-05,,CNY' : undefined),
  ).join('')
const wide = (tag: string) => {
  const more = Array.from({ length: 195 }, (_, at) => `column ${at}`).join(',')
  return `${header.trim()},${more}\n${row(tag).trim()}${',x'.repeat(195)}\n`
}

type Case = {
  readonly name: string
  readonly content: (tag: string) => string | Buffer
  readonly says: RegExp
  /** Rows that come in all the same. */
  readonly taken?: number
  readonly rejected?: number
}

// In the order in which a file is looked at: bytes, table, rows.
const cases: readonly Case[] = [
  { name: 'an empty file', content: () => '', says: /empty; there is nothing to import/ },
  {
    name: 'a binary file',
    content: () => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0, 255, 254, 0]),
    says: /no table but a binary file; give a CSV or XLSX/,
  },
  {
    name: 'bytes of no known encoding',
    content: (tag) => Buffer.concat([Buffer.from(header + row(tag)), Buffer.from([0xff, 0x20])]),
    says: /byte \d+ is no UTF-8 and byte \d+ no GB18030; save the file as UTF-8/,
  },
  {
    name: 'a quote that is never closed',
    content: (tag) => `${header}"${row(tag)}${row(`${tag}b`).repeat(5)}`,
    says: /A quote in row \d+ is not closed/,
  },
  { name: 'a header alone', content: () => header, says: /a header and no rows/ },
  {
    name: 'a file without an amount',
    content: (tag) => `invoice no,customer,invoice date\n${tag},某公司,2024-01-05\n`,
    says: /No column was found for Amount \(金额\).*--map amount=HEADER/,
  },
  {
    name: 'a file of 200 columns',
    content: wide,
    says: /201 columns; 6 are used|The file has 20\d columns/,
    taken: 1,
  },
  {
    name: 'mixed currencies',
    content: (tag) =>
      header + row(tag) + row(`${tag}b`, '2024-01-05,2024-02-05,100,USD') + row(`${tag}c`),
    says: /2 currencies: CNY, USD/,
    taken: 3,
  },
  {
    name: 'three bad rows in ten thousand',
    content: (tag) => many(tag, [7, 4_000, 9_999]),
    says: /Amount is empty.*Fill in/s,
    rejected: 3,
  },
  {
    name: 'an invoice number twice with other amounts',
    content: (tag) => header + row(tag) + row(tag, '2024-01-05,2024-02-05,101,CNY'),
    says: /stands in row 3 already, but for CNY 101\.00.*stands in row 2 already/s,
    rejected: 2,
  },
  {
    name: 'a due date before the invoice date',
    content: (tag) => header + row(tag, '2024-01-05,2023-12-31,100,CNY'),
    says: /Due date .{1,2}2023-12-31.{1,2} is before the invoice date 2024-01-05/,
    rejected: 1,
  },
  {
    name: 'an amount of 1e400',
    content: (tag) => header + row(tag, '2024-01-05,2024-02-05,1e400,CNY'),
    says: /1e400.{1,3} is beyond reason/,
    rejected: 1,
  },
  {
    name: 'an unknown currency',
    content: (tag) => header + row(tag, '2024-01-05,2024-02-05,100,XYZ'),
    says: /XYZ.{1,3} is unknown/,
    rejected: 1,
  },
]

describe('bad input is told clearly and leaves nothing half written', () => {
  for (const [at, { name, content, says, taken = 0, rejected = 0 }] of cases.entries()) {
    it(`${name}, by command`, async () => {
      const before = await everything(server.database.db)
      const path = files.fileOf(content(`K${at}-`))
      const told = await byCommand(path, [])
      assert.match(told.text, says)
      assert.equal(told.taken, taken)
      assert.equal(told.exitCode, taken > 0 ? 0 : 2)
      const errors = path.replace('.csv', '.errors.csv')
      assert.equal(existsSync(errors), rejected > 0)
      if (rejected > 0) {
        const lines = readFileSync(errors, 'utf8').trimEnd().split('\r\n')
        assert.equal(lines.length, rejected + 1)
        assert.match(lines[0] ?? '', /,Reason$/)
        assert.match(told.text, /--only-good/)
      }
      if (taken === 0) assert.equal(await everything(server.database.db), before)
    })

    it(`${name}, over HTTP`, async () => {
      const before = await everything(server.database.db)
      const told = await byHttp(Buffer.from(content(`H${at}-`)), {})
      assert.match(told.text, says)
      assert.equal(told.taken, taken)
      if (taken === 0) {
        assert.ok(told.exitCode >= 400 && told.exitCode < 500, String(told.exitCode))
        assert.equal(await everything(server.database.db), before)
      }
      const alive = await server.send({ method: 'GET', url: '/health' })
      assert.equal(alive.status, 200)
    })
  }
})

describe('the good rows of a bad file', () => {
  it('come in with --only-good, and the error file can be corrected and imported', async () => {
    const path = files.fileOf(many('G', [1, 2, 3], 200))
    const told = await byCommand(path, ['--only-good'])
    assert.equal(told.taken, 197)
    const errors = readFileSync(path.replace('.csv', '.errors.csv'), 'utf8')
    const corrected = files.fileOf(errors.replaceAll(',,CNY', ',55,CNY'))
    assert.equal((await byCommand(corrected, [])).taken, 3)
  })
})

describe('options that make no sense', () => {
  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown field', ['--map', 'colour=amount'], /there is no field "colour"/],
    ['an unknown column', ['--map', 'amount=price'], /there is no column "price"/],
    ['an unknown currency', ['--currency', 'XYZ'], /XYZ is not an ISO 4217 code/],
    ['an unknown unit', ['--unit', 'dozens'], /"dozens" is no unit/],
    ['an unknown encoding', ['--encoding', 'klingon'], /encoding is unknown/],
    ['an unknown date order', ['--date-order', 'xyz'], /dmy, mdy or ymd/],
  ]
  for (const [name, options, says] of refused) {
    it(`${name} is refused and named`, async () => {
      const told = await byCommand(files.fileOf(header + row('O')), options)
      assert.match(told.text, says)
      assert.equal(told.exitCode, 2)
    })
  }

  it('over HTTP they are invalid input', async () => {
    const told = await byHttp(Buffer.from(header + row('O')), { currency: 'yuan' })
    assert.equal(told.exitCode, 400)
    assert.match(told.text, /options\.currency/)
  })
})
