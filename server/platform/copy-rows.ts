import { once } from 'node:events'
import type { RawBuilder } from 'kysely'
import type { Transaction } from '#server/platform/database.ts'

/** A value of a row in COPY's text format. */
export type CopyCell = string | number | bigint | Buffer | null

/** Rows from memory into a table by COPY, the fastest way in; `copy` names table and columns. */
export async function copyRows(
  tx: Transaction,
  copy: RawBuilder<unknown>,
  rows: Iterable<readonly CopyCell[]>,
): Promise<void> {
  const stream = tx.copyIn(copy)
  let text = ''
  for (const row of rows) {
    for (let i = 0; i < row.length; i++) text += (i === 0 ? '' : '\t') + cellText(row[i] ?? null)
    text += '\n'
    if (text.length > 65_536) {
      if (!stream.write(text)) await once(stream, 'drain')
      text = ''
    }
  }
  stream.end(text)
  await once(stream, 'finish')
}

function cellText(cell: CopyCell): string {
  if (cell === null) return '\\N'
  if (typeof cell === 'string') return special.test(cell) ? cell.replace(everySpecial, mark) : cell
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`
  return String(cell)
}

const special = /[\\\t\n\r]/
const everySpecial = /[\\\t\n\r]/g
const letters: Readonly<Record<string, string>> = { '\\': '\\', '\t': 't', '\n': 'n', '\r': 'r' }

function mark(sign: string): string {
  return `\\${letters[sign]}`
}
