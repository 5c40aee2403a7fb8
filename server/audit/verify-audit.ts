import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { AuditVerification } from '#contract/audit.ts'
import { type AuditLine, auditLines } from '#server/audit/audit-line.ts'
import { verifyLines } from '#server/audit/verify-lines.ts'
import type { Database } from '#server/platform/database.ts'

/** Verifies the database as it is now. */
export function verifyAudit(db: Database, expectedHead?: string): Promise<AuditVerification> {
  return db.snapshot((reader) => verifyLines(auditLines(reader), expectedHead))
}

/** Writes everything that a verifier needs to a file of JSON lines. */
export async function exportAudit(db: Database, path: string): Promise<{ lines: number }> {
  const file = await open(path, 'wx')
  let lines = 0
  try {
    await db.snapshot(async (reader) => {
      let text = ''
      for await (const line of auditLines(reader)) {
        text += `${JSON.stringify(line)}\n`
        lines++
        if (text.length > 1_000_000) {
          await file.write(text)
          text = ''
        }
      }
      await file.write(text)
    })
  } finally {
    await file.close()
  }
  return { lines }
}

/** Verifies an export without any database. */
export function verifyExport(path: string, expectedHead?: string): Promise<AuditVerification> {
  return verifyLines(linesOf(path), expectedHead)
}

async function* linesOf(path: string): AsyncGenerator<AuditLine> {
  const reader = createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let number = 0
  for await (const text of reader) {
    number++
    if (text === '') continue
    try {
      yield JSON.parse(text)
    } catch {
      throw new Error(`${path}, line ${number}: not a line of an audit export.`)
    }
  }
}
