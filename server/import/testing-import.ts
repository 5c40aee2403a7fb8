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

/** Everything that an import can touch, as one text. */
export async function everything(db: Reader): Promise<string> {
  const row = await db.row(sql<{ text: string }>`
    select concat_ws(E'\\n',
      (select string_agg(t::text, ';' order by t.id) from receivable.invoice t),
      (select string_agg(t::text, ';' order by t.id) from receivable.credit t),
      (select string_agg(t::text, ';' order by t.id) from receivable.allocation t),
      (select string_agg(t::text, ';' order by t.id) from receivable.dispute t),
      (select string_agg(t::text, ';' order by t.id) from party.party t),
      (select string_agg(t::text, ';' order by t.id) from party.other_name t),
      (select string_agg(t::text, ';' order by t.id) from party.identifier t),
      (select string_agg(t::text, ';' order by t.id) from party.contact t),
      (select string_agg(t::text, ';' order by t.id) from party.bank_account t),
      (select string_agg(t::text, ';' order by t.id) from company.company t)) as text`)
  return row?.text ?? ''
}
