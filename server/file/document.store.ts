import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { sql } from 'kysely'
import type { DocumentCategory } from '#contract/document.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type DocumentRow = {
  readonly partyId: string
  readonly id: string
  readonly category: DocumentCategory
  readonly title: string
  readonly validToOn: Day | null
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: bigint
  readonly sha256: Buffer
  readonly uploadedBy: string
  readonly recordedAt: string
}

const columns = sql`
  party_id as "partyId", id, category, title, valid_to_on as "validToOn", file_name as "fileName",
  media_type as "mediaType", bytes, sha256, uploaded_by as "uploadedBy",
  recorded_at as "recordedAt"`

const documentsShown = 500

/** The documents of a family of parties, latest first. */
export function documentsOf(
  db: Reader,
  partyIds: readonly string[],
  category: DocumentCategory | null,
): Promise<DocumentRow[]> {
  return db.rows(sql<DocumentRow>`
    select ${columns} from file.document
    where party_id = any(${list(partyIds)}::uuid[]) and removed_at is null
      and (${category}::text is null or category = ${category})
    order by recorded_at desc, id desc limit ${documentsShown}`)
}

export function findDocument(
  db: Reader,
  partyIds: readonly string[],
  id: string,
): Promise<DocumentRow | undefined> {
  return db.row(sql<DocumentRow>`
    select ${columns} from file.document
    where party_id = any(${list(partyIds)}::uuid[]) and id = ${id} and removed_at is null`)
}

/** A document of the party with the same content. */
export function findSameContent(
  db: Reader,
  partyId: string,
  sha256: Buffer,
): Promise<DocumentRow | undefined> {
  return db.row(sql<DocumentRow>`
    select ${columns} from file.document
    where party_id = ${partyId} and sha256 = ${sha256} and removed_at is null limit 1`)
}

export async function insertDocument(
  tx: Transaction,
  row: Omit<DocumentRow, 'recordedAt'>,
): Promise<void> {
  await tx.run(sql`
    insert into file.document (party_id, id, category, title, valid_to_on, file_name, media_type,
      bytes, sha256, uploaded_by)
    values (${row.partyId}, ${row.id}, ${row.category}, ${row.title}, ${row.validToOn},
      ${row.fileName}, ${row.mediaType}, ${row.bytes}, ${row.sha256}, ${row.uploadedBy})`)
}

const partBytes = 256 * 1024

/** Keeps the content of a document in parts, none of which fills the memory. */
export async function insertContent(
  tx: Transaction,
  of: { readonly partyId: string; readonly id: string },
  path: string,
): Promise<void> {
  const file = await open(path)
  try {
    for (let number = 0; ; number++) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(partBytes), 0, partBytes)
      if (bytesRead === 0) return
      await tx.run(sql`
        insert into file.document_part (party_id, document_id, number, bytes)
        values (${of.partyId}, ${of.id}, ${number}, ${buffer.subarray(0, bytesRead)})`)
    }
  } finally {
    await file.close()
  }
}

/**
 * The content of a document, part by part. The last part comes only when all of them together have
 * the hash that the audit trail knows: what somebody changed in the database is never complete.
 */
export async function* contentOf(
  db: Reader,
  of: Pick<DocumentRow, 'partyId' | 'id' | 'bytes' | 'sha256'>,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let read = 0n
  for (let number = 0; read < of.bytes; number++) {
    const part = await db.row(sql<{ bytes: Buffer }>`
      select bytes from file.document_part
      where party_id = ${of.partyId} and document_id = ${of.id} and number = ${number}`)
    if (!part) throw new Error(`Document ${of.id} lacks part ${number}: it was removed meanwhile.`)
    read += BigInt(part.bytes.length)
    hash.update(part.bytes)
    if (read >= of.bytes && !hash.digest().equals(of.sha256)) {
      throw new Error(`Document ${of.id} is not what was kept: verify the audit trail.`)
    }
    yield part.bytes
  }
}

/** Ends a document: its row and hash stay, its content goes. */
export async function markDocumentRemoved(
  tx: Transaction,
  of: {
    readonly partyId: string
    readonly id: string
    readonly by: string
    readonly reason: string
  },
): Promise<void> {
  await tx.run(sql`
    update file.document set removed_at = now(), removed_by = ${of.by}, remove_reason = ${of.reason}
    where party_id = ${of.partyId} and id = ${of.id}`)
  await tx.run(sql`
    delete from file.document_part where party_id = ${of.partyId} and document_id = ${of.id}`)
}
