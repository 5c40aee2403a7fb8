import Type from 'typebox'
import { DayText, WriteQuery } from '#contract/common.ts'
import { CreditFileQuery, CreditFileShown } from '#contract/credit-file.ts'
import {
  DocumentContentQuery,
  DocumentFilter,
  DocumentRemoval,
  DocumentShown,
} from '#contract/document.ts'
import { NewNote, NotePage, NoteQuery, NoteWritten } from '#contract/note.ts'
import { refuse } from '#contract/problem.ts'
import { DocumentParams, PartyParams } from '#contract/receivable.ts'
import { TimelinePage, TimelineQuery } from '#contract/timeline.ts'
import { addDocument } from '#server/file/add-document.ts'
import { listDocuments, sendDocument } from '#server/file/list-documents.ts'
import { showNotes } from '#server/file/list-notes.ts'
import { printReport } from '#server/file/print-report.ts'
import { removeDocument } from '#server/file/remove-document.ts'
import { showCreditFile } from '#server/file/show-credit-file.ts'
import { showTimeline } from '#server/file/show-timeline.ts'
import { editNote, removeNote, writeNote } from '#server/file/write-note.ts'
import { type Route, route } from '#server/platform/route.ts'

const tag = 'file'
const reading = { method: 'GET', tag, access: 'file:read', commands: [] } as const
const writing = { tag, access: 'file:write', query: WriteQuery } as const
const Gone = Type.Object({ id: Type.String() })

const file: Route[] = [
  route({
    ...reading,
    path: '/api/parties/:partyId/credit-file',
    summary: 'Who it is, its rating, limit, exposure, ageing and payment as of a day, with sources',
    params: PartyParams,
    query: CreditFileQuery,
    reply: CreditFileShown,
    handle: ({ context, params, query }) => showCreditFile(context, params.partyId, query['as-of']),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/credit-report.pdf',
    summary: 'The credit file as of a day as a PDF',
    params: PartyParams,
    query: Type.Object(
      {
        'as-of': Type.Optional(DayText),
        lang: Type.Optional(
          Type.Unsafe<'zh' | 'en'>({ type: 'string', enum: ['zh', 'en'], default: 'zh' }),
        ),
      },
      { additionalProperties: false },
    ),
    handle: ({ context, params, query }) =>
      printReport(context, params.partyId, {
        asOf: query['as-of'],
        language: query.lang ?? 'zh',
      }),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/timeline',
    summary: 'Everything that happened to a party, latest first',
    params: PartyParams,
    query: TimelineQuery,
    reply: TimelinePage,
    handle: ({ context, params, query }) => showTimeline(context, params.partyId, query),
  }),
]

const notes: Route[] = [
  route({
    ...reading,
    path: '/api/parties/:partyId/notes',
    summary: 'Notes about a party, latest first',
    params: PartyParams,
    query: NoteQuery,
    reply: NotePage,
    handle: ({ context, params, query }) => showNotes(context, params.partyId, query),
  }),
  route({
    ...writing,
    method: 'POST',
    path: '/api/parties/:partyId/notes',
    summary: 'Write a note; people named by @login are told',
    commands: ['note.write'],
    params: PartyParams,
    body: NewNote,
    reply: NoteWritten,
    handle: ({ context, params, body }) => writeNote(context, params.partyId, body),
  }),
  route({
    ...writing,
    method: 'PUT',
    path: '/api/parties/:partyId/notes/:id',
    summary: 'Write an own note anew',
    commands: ['note.edit'],
    params: DocumentParams,
    body: NewNote,
    reply: NoteWritten,
    handle: ({ context, params, body }) => editNote(context, params, body),
  }),
  route({
    ...writing,
    method: 'DELETE',
    path: '/api/parties/:partyId/notes/:id',
    summary: 'Remove an own note',
    commands: ['note.remove'],
    params: DocumentParams,
    reply: Gone,
    handle: ({ context, params }) => removeNote(context, params),
  }),
]

const documents: Route[] = [
  route({
    ...reading,
    path: '/api/parties/:partyId/documents',
    summary: 'Documents of a party, latest first',
    params: PartyParams,
    query: DocumentFilter,
    reply: Type.Object({ items: Type.Array(DocumentShown) }),
    handle: async ({ context, params, query }) => ({
      items: await listDocuments(context, params.partyId, query.category),
    }),
  }),
  route({
    ...writing,
    method: 'POST',
    path: '/api/parties/:partyId/documents',
    summary: 'Add a document: the form has `file` after `category`, `title`, `validToOn`',
    commands: ['document.add'],
    params: PartyParams,
    upload: true,
    reply: DocumentShown,
    handle: async ({ context, params, upload }) =>
      upload
        ? addDocument(context, params.partyId, upload)
        : refuse('invalid-input', 'There is no file in the form: add it as the field "file".'),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/documents/:id/content',
    summary: 'The content of a document, to show (PDF, pictures) or to download',
    params: DocumentParams,
    query: DocumentContentQuery,
    handle: ({ context, params, query }) =>
      sendDocument(context, params, query.show ?? 'attachment'),
  }),
  route({
    ...writing,
    method: 'POST',
    path: '/api/parties/:partyId/documents/:id/removal',
    summary: 'Take a document out of the file, with the reason; its hash stays',
    commands: ['document.remove'],
    params: DocumentParams,
    body: DocumentRemoval,
    reply: Gone,
    handle: ({ context, params, body }) => removeDocument(context, params, body),
  }),
]

export const fileRoutes: Route[] = [...file, ...notes, ...documents]
