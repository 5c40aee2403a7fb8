import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Reader } from '#server/platform/database.ts'

/** A folder for the files of a test. */
export function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'xinheng-import-test-'))
  let files = 0
  return {
    folder,
    /** Writes a new file and gives its path. */
    fileOf(content: string | Buffer, extension = 'csv'): string {
      const path = join(folder, `file-${files++}.${extension}`)
      writeFileSync(path, content)
      return path
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export const invoiceHeader =
  'invoice no,customer code,customer name,invoice date,due date,amount,settled on\n'

const tables = [
  ['receivable', ['invoice', 'credit', 'allocation', 'dispute']],
  ['party', ['party', 'other_name', 'identifier', 'contact', 'bank_account']],
  ['indicator', ['statement']],
  ['company', ['company']],
] as const

/** Everything that an import can touch, as one text. */
export async function everything(db: Reader): Promise<string> {
  const parts = tables.flatMap(([room, names]) =>
    names.map(
      (name) => sql`(select string_agg(t::text, ';' order by t.id) from ${sql.id(room, name)} t)`,
    ),
  )
  const row = await db.row(sql<{ text: string }>`select concat_ws('|', ${sql.join(parts)}) as text`)
  return row?.text ?? ''
}
