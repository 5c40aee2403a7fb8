import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Type from 'typebox'
import { Check, Errors } from 'typebox/value'
import { IdParams, PageQuery, WriteQuery } from '#contract/common.ts'
import {
  ImportApplication,
  ImportBatch,
  ImportDetail,
  ImportOptions,
  ImportPage,
  importKinds,
} from '#contract/import.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { applyImport } from '#server/import/apply-import.ts'
import { findBatch, listBatches } from '#server/import/batch.store.ts'
import { errorFileText } from '#server/import/error-file.ts'
import { requestImport } from '#server/import/request-import.ts'
import { tellImport } from '#server/import/tell-import.ts'
import { undoImport } from '#server/import/undo-import.ts'
import { uploadRoutes } from '#server/import/upload-routes.ts'
import type { Database } from '#server/platform/database.ts'
import { Content, type Route, route } from '#server/platform/route.ts'

const tag = 'import'
export const importRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/imports',
    reach: 'company',
    tag,
    summary:
      'Check a file: form fields file, kind (parties, invoices, receipts, statements) and options ' +
      '(JSON). Files above 5 MB are checked by a job, whose result is the batch',
    access: 'import:write',
    commands: ['import.check', 'import.request'],
    query: WriteQuery,
    upload: true,
    reply: Type.Union([ImportBatch, Type.Object({ jobId: Type.String() })]),
    handle: async ({ context, upload, http }) => {
      if (!upload) return refuse('invalid-input', 'There is no file in the form.')
      const kind = importKinds.find((known) => known === upload.fields.kind)
      if (!kind) return refuse('invalid-input', `kind: one of ${importKinds.join(', ')}.`)
      const options = optionsIn(upload.fields.options)
      if (isRefusal(options)) return options
      const { path, fileName } = upload
      const answer = await requestImport(context, { kind, path, fileName, options })
      if (!('id' in answer) && 'jobId' in answer) http.setStatus(202)
      return answer
    },
  }),
  route({
    method: 'GET',
    path: '/api/imports',
    reach: 'company',
    tag,
    summary: 'Files brought in, newest first',
    access: 'import:read',
    commands: [],
    query: Type.Object(
      { limit: PageQuery.limit, after: Type.Optional(Type.String({ format: 'uuid' })) },
      { additionalProperties: false },
    ),
    reply: ImportPage,
    handle: async ({ context, query }) => {
      const limit = query.limit ?? 50
      const items = await listBatches(context.db, { ...query, limit })
      return { items, next: items.length < limit ? null : (items.at(-1)?.id ?? null) }
    },
  }),
  route({
    method: 'GET',
    path: '/api/imports/:id',
    reach: 'company',
    tag,
    summary: 'How a file was read, what was found, and the first bad rows',
    access: 'import:read',
    commands: [],
    params: IdParams,
    reply: ImportDetail,
    handle: ({ context, params }) => tellImport(context.db, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/imports/:id/errors',
    reach: 'company',
    tag,
    summary: 'Every bad row as it stood in the file with its reasons, as CSV',
    access: 'import:read',
    commands: [],
    params: IdParams,
    handle: async ({ context, params }) => {
      const batch = await findBatch(context.db, params.id)
      if (!batch) return refuse('not-found', 'There is no such import.')
      const name = `${batch.fileName.replace(/\.gz$/i, '').replace(/\.\w{2,4}$/, '')}.errors.csv`
      return new Content('text/csv; charset=utf-8', errorStream(context.db, batch), name)
    },
  }),
  route({
    method: 'POST',
    path: '/api/imports/:id/apply',
    reach: 'company',
    tag,
    summary: 'Take the rows of a checked file',
    access: 'import:write',
    commands: ['import.apply'],
    params: IdParams,
    query: WriteQuery,
    body: ImportApplication,
    reply: ImportBatch,
    handle: ({ context, params, body }) =>
      applyImport(context, params.id, { onlyGood: body.onlyGood ?? false }),
  }),
  route({
    method: 'POST',
    path: '/api/imports/:id/undo',
    reach: 'company',
    tag,
    summary: 'Remove what an import brought, or drop a check',
    access: 'import:write',
    commands: ['import.undo'],
    params: IdParams,
    query: WriteQuery,
    reply: ImportBatch,
    handle: ({ context, params }) => undoImport(context, params.id),
  }),
  ...uploadRoutes,
]

function optionsIn(text: string | undefined): ImportOptions | Refusal {
  if (text === undefined || text.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('invalid-input', 'options: write a JSON object.')
  }
  if (Check(ImportOptions, value)) return value
  const said = Errors(ImportOptions, value).map(
    ({ instancePath, message }) => `options${instancePath.replaceAll('/', '.')}: ${message}`,
  )
  return refuse('invalid-input', `${said.slice(0, 5).join('; ')}.`)
}

/** The error file as a stream that holds one state of the database until it is read. */
function errorStream(db: Database, batch: ImportBatch): Readable {
  const text = new PassThrough()
  db.snapshot((reader) => pipeline(Readable.from(errorFileText(reader, batch)), text)).catch(
    (error: Error) => text.destroy(error),
  )
  return text
}
