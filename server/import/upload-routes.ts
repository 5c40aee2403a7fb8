import Type from 'typebox'
import { IdParams, WriteQuery } from '#contract/common.ts'
import {
  ImportBatch,
  ImportDescription,
  type ImportedKind,
  ImportPreview,
  importKinds,
} from '#contract/import.ts'
import { refuse } from '#contract/problem.ts'
import { findBatch } from '#server/import/batch.store.ts'
import { checkKept } from '#server/import/check-kept.ts'
import { errorWorkbook } from '#server/import/error-workbook.ts'
import { previewImport } from '#server/import/tell-import.ts'
import { templateWorkbook } from '#server/import/template-workbook.ts'
import { describeImport, uploadImport } from '#server/import/upload-import.ts'
import { Content, type Route, route } from '#server/platform/route.ts'

const tag = 'import'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const LanguageQuery = Type.Object(
  {
    language: Type.Optional(Type.Unsafe<'zh' | 'en'>({ type: 'string', enum: ['zh', 'en'] })),
  },
  { additionalProperties: false },
)

/** Importing step by step, as a person does it: upload, look, describe, check. */
export const uploadRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/api/imports/uploads',
    reach: 'company',
    tag,
    summary: 'Begin an import with its file (and kind, where it is known); nothing is checked yet',
    access: 'import:write',
    commands: ['import.upload'],
    query: WriteQuery,
    upload: true,
    reply: ImportBatch,
    handle: async ({ context, upload }) => {
      if (!upload) return refuse('invalid-input', 'There is no file in the form.')
      const { kind: told } = upload.fields
      const kind = importKinds.find((known) => known === told) ?? null
      if (told !== undefined && kind === null) {
        return refuse('invalid-input', `kind: one of ${importKinds.join(', ')}.`)
      }
      return uploadImport(context, { path: upload.path, fileName: upload.fileName, kind })
    },
  }),
  route({
    method: 'GET',
    path: '/api/imports/:id/preview',
    reach: 'company',
    tag,
    summary: 'How an uploaded file would be read, from its first rows, and what is still open',
    access: 'import:read',
    commands: [],
    params: IdParams,
    reply: ImportPreview,
    handle: ({ context, params }) => previewImport(context.db, params.id),
  }),
  route({
    method: 'PUT',
    path: '/api/imports/:id',
    reach: 'company',
    tag,
    summary: 'Say of what kind an uploaded file is and how to read it; a check is forgotten',
    access: 'import:write',
    commands: ['import.describe'],
    params: IdParams,
    query: WriteQuery,
    body: ImportDescription,
    reply: ImportBatch,
    handle: ({ body, context, params }) => describeImport(context, params.id, body),
  }),
  route({
    method: 'POST',
    path: '/api/imports/:id/check',
    reach: 'company',
    tag,
    summary: 'Check every row of an uploaded file; above 5 MB by the job that the reply names',
    access: 'import:write',
    commands: ['import.check', 'import.request'],
    params: IdParams,
    query: WriteQuery,
    reply: ImportBatch,
    handle: ({ context, params }) => checkKept(context, params.id),
  }),
  route({
    method: 'GET',
    path: '/api/imports/:id/errors.xlsx',
    reach: 'company',
    tag,
    summary:
      "The person's own file as a workbook, bad cells red, with the reasons in a last column",
    access: 'import:read',
    commands: [],
    params: IdParams,
    query: LanguageQuery,
    handle: async ({ context, http, params, query }) => {
      const batch = await findBatch(context.db, params.id)
      if (!batch) return refuse('not-found', 'There is no such import.')
      const language = query.language ?? http.language
      const stem = batch.fileName.replace(/\.gz$/i, '').replace(/\.\w{2,4}$/, '')
      const name = `${stem}.${language === 'zh' ? '错误行' : 'errors'}.xlsx`
      return new Content(xlsx, await errorWorkbook(context.db, batch, language), name)
    },
  }),
  route({
    method: 'GET',
    path: '/api/import-templates/:kind',
    reach: 'nothing',
    tag,
    summary: 'An empty workbook of one kind to fill in, with notes and lists to choose from',
    access: 'import:read',
    commands: [],
    params: Type.Object(
      { kind: Type.Unsafe<ImportedKind>({ type: 'string', enum: [...importKinds] }) },
      { additionalProperties: false },
    ),
    query: LanguageQuery,
    handle: async ({ http, params, query }) => {
      const language = query.language ?? http.language
      const book = await templateWorkbook(params.kind, language)
      return new Content(xlsx, book, `${params.kind}.xlsx`)
    },
  }),
]
