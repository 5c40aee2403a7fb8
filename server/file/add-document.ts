import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import {
  type DocumentCategory,
  type DocumentShown,
  documentBytesMax,
  documentCategories,
} from '#contract/document.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { safeFileName } from '#kernel/file/file-name.ts'
import { mediaTypeOf } from '#kernel/file/media-type.ts'
import { findSameContent, insertContent, insertDocument } from '#server/file/document.store.ts'
import { documentShown } from '#server/file/list-documents.ts'
import { ownFileOf } from '#server/file/own-file.ts'
import { newId } from '#server/platform/ids.ts'
import { readDay } from '#server/platform/read-fields.ts'
import type { Upload } from '#server/platform/route.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Keeps a document of a party in the database, with the audit entry that proves its content. */
export async function addDocument(
  context: Context,
  partyId: string,
  upload: Upload,
): Promise<DocumentShown | Refusal> {
  const asked = readFields(upload)
  if (isRefusal(asked)) return asked
  const content = await readContent(upload.path)
  if (isRefusal(content)) return content
  const fileName = safeFileName(upload.fileName, content.extension)
  const { category, validToOn } = asked
  const title = asked.title ?? fileName.replace(/\.\w{1,8}$/, '').slice(0, titleMax)
  const { bytes, sha256, mediaType } = content
  const input = { category, title, validToOn, fileName, mediaType, sha256: sha256.toString('hex') }
  const command = { name: 'document.add', permission: 'file:write' } as const
  return runCommand(context, { ...command, input, subject: partyId }, async (tx) => {
    const party = await ownFileOf(tx, partyId)
    if (isRefusal(party)) return party
    const same = await findSameContent(tx, partyId, sha256)
    if (same) {
      const detail = `This very file is there already as "${same.title}".`
      return refuse('already-exists', detail, {
        documentId: same.id,
        zh: `这份文件已在资料中，标题是“${same.title}”。`,
      })
    }
    const row = { partyId, id: newId(), category, title, validToOn, fileName, mediaType, bytes }
    const document = { ...row, sha256, uploadedBy: context.actor.name }
    await insertDocument(tx, document)
    await insertContent(tx, document, upload.path)
    const recordedAt = new Date().toISOString()
    return documentShown({ ...document, recordedAt }, context.today)
  })
}

const titleMax = 200

type AskedDocument = {
  readonly category: DocumentCategory
  readonly title: string | null
  readonly validToOn: Day | null
}

function readFields({ fields }: Upload): AskedDocument | Refusal {
  const { category = 'other', title, validToOn } = fields
  if (!Object.hasOwn(documentCategories, category)) {
    const known = Object.keys(documentCategories).join(', ')
    return refuse('invalid-input', `category: "${category}" is none of ${known}.`)
  }
  if (title !== undefined && title.trim().length > titleMax) {
    return refuse('invalid-input', `title: write at most ${titleMax} characters.`, {
      zh: `标题最多 ${titleMax} 个字。`,
    })
  }
  const until = validToOn ? readDay(validToOn, 'validToOn') : null
  if (isRefusal(until)) return until
  return { category: category as DocumentCategory, title: title?.trim() || null, validToOn: until }
}

type Content = {
  readonly bytes: bigint
  readonly sha256: Buffer
  readonly mediaType: string
  readonly extension: string | null
}

const lookedAt = 64 * 1024

async function readContent(path: string): Promise<Content | Refusal> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size === 0) return refuse('invalid-input', 'file: it is empty.', { zh: '文件是空的。' })
    if (size > documentBytesMax) {
      const megabytes = documentBytesMax / 1024 / 1024
      const detail = `file: a document has at most ${megabytes} MB.`
      return refuse('body-too-large', detail, { zh: `单个文件不能超过 ${megabytes} MB。` })
    }
    const length = Math.min(size, lookedAt)
    const head = await file.read(Buffer.alloc(length), 0, length, 0)
    const tail = await file.read(Buffer.alloc(length), 0, length, size - length)
    const found = mediaTypeOf(head.buffer, tail.buffer)
    if (!found) {
      return refuse('unsupported-media-type', 'file: this is a program, no document.', {
        zh: '这个文件是程序，不是资料。',
      })
    }
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    const { type: mediaType, extension } = found
    return { bytes: BigInt(size), sha256: hash.digest(), mediaType, extension }
  } finally {
    await file.close()
  }
}
