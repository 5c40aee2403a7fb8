import Type, { type Static } from 'typebox'

const TableColumn = Type.Object({
  name: Type.String(),
  kind: Type.Unsafe<'number' | 'words' | 'other'>({
    type: 'string',
    enum: ['number', 'words', 'other'],
    description: 'other: too many different words, so that it tells nothing',
  }),
  missing: Type.Integer({ description: 'Rows without it' }),
  values: Type.Array(Type.String(), { description: 'Some of its values' }),
})

/** A table that somebody uploaded to train a model on. */
export const TrainingTable = Type.Object({
  id: Type.String(),
  fileName: Type.String(),
  rows: Type.Integer(),
  columns: Type.Array(TableColumn),
  uploadedBy: Type.String(),
  recordedAt: Type.String(),
})
export type TrainingTable = Static<typeof TrainingTable>
