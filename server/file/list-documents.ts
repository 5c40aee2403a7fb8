import { Readable } from 'node:stream'
import type { DocumentCategory, DocumentShown } from '#contract/document.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { isPreviewed } from '#kernel/file/media-type.ts'
import {
  contentOf,
  type DocumentRow,
  documentsOf,
  findDocument,
} from '#server/file/document.store.ts'
import { familyIdsOf } from '#server/party/public.ts'
import { Content } from '#server/platform/route.ts'
import type { Context } from '#server/platform/run-command.ts'

/** The documents of a party and its duplicates, latest first. */
export async function listDocuments(
  { db, today }: Context,
  partyId: string,
  category: DocumentCategory | undefined,
): Promise<DocumentShown[]> {
  const rows = await documentsOf(db, await familyIdsOf(db, partyId), category ?? null)
  return rows.map((row) => documentShown(row, today))
}

/**
 * The content of a document. Only what a browser runs nothing of is shown in place; pages, drawings
 * and all else are downloads, shut in by the policy that goes with them.
 */
export async function sendDocument(
  { db }: Context,
  key: { readonly partyId: string; readonly id: string },
  show: 'inline' | 'attachment',
): Promise<Content | Refusal> {
  const document = await findDocument(db, await familyIdsOf(db, key.partyId), key.id)
  if (!document) return refuse('not-found', 'There is no such document of this party.')
  const { fileName, mediaType } = document
  const inPlace = show === 'inline' && isPreviewed(mediaType)
  const type = mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : mediaType
  const body = Readable.from(contentOf(db, document))
  return new Content(type, body, fileName, inPlace ? previewOf(mediaType) : 'attachment')
}

/** A browser shows no PDF in a sandbox; its viewer runs nothing of the page's own. */
function previewOf(mediaType: string): 'inline' | 'inline-sandboxed' {
  return mediaType === 'application/pdf' ? 'inline' : 'inline-sandboxed'
}

export function documentShown(row: DocumentRow, today: Day): DocumentShown {
  const { bytes, sha256, validToOn, ...rest } = row
  return {
    ...rest,
    validToOn,
    isExpired: validToOn !== null && validToOn < today,
    bytes: Number(bytes),
    sha256: sha256.toString('hex'),
    canPreview: isPreviewed(row.mediaType),
  }
}
