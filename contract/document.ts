import Type, { type Static } from 'typebox'
import { nullable } from '#contract/common.ts'

export const documentCategories = {
  licence: { zh: '营业执照', en: 'Licence' },
  contract: { zh: '合同', en: 'Contract' },
  statement: { zh: '财务报表', en: 'Financial statement' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, { zh: string; en: string }>
export type DocumentCategory = keyof typeof documentCategories

const Category = Type.Unsafe<DocumentCategory>({
  type: 'string',
  enum: Object.keys(documentCategories),
})

/** The largest document that is kept. */
export const documentBytesMax = 20 * 1024 * 1024

export const DocumentShown = Type.Object({
  id: Type.String(),
  partyId: Type.String(),
  category: Category,
  title: Type.String(),
  validToOn: nullable(Type.String()),
  isExpired: Type.Boolean(),
  fileName: Type.String(),
  mediaType: Type.String({ description: 'As the content shows, whatever the name says' }),
  bytes: Type.Integer(),
  sha256: Type.String(),
  canPreview: Type.Boolean({ description: 'PDF and pictures: its content may be shown in place' }),
  uploadedBy: Type.String(),
  recordedAt: Type.String(),
})
export type DocumentShown = Static<typeof DocumentShown>

export const DocumentFilter = Type.Object(
  { category: Type.Optional(Category) },
  { additionalProperties: false },
)

export const DocumentContentQuery = Type.Object(
  {
    show: Type.Optional(
      Type.Unsafe<'inline' | 'attachment'>({
        type: 'string',
        enum: ['inline', 'attachment'],
        description: 'inline: where the document can be previewed, else it is downloaded',
      }),
    ),
  },
  { additionalProperties: false },
)

export const DocumentRemoval = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 500 }) },
  { additionalProperties: false },
)
export type DocumentRemoval = Static<typeof DocumentRemoval>
