import Type, { type Static } from 'typebox'
import { CurrencyText, nullable } from '#contract/common.ts'

export const importKinds = ['parties', 'invoices', 'receipts', 'statements'] as const
export type ImportedKind = (typeof importKinds)[number]

const closed = { additionalProperties: false } as const
const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** What a person may say about a file; everything left out is found out from the file. */
export const ImportOptions = Type.Object(
  {
    map: Type.Optional(
      Type.Record(Type.String(), text(200), {
        description:
          'Field to header, or to a column number from 1, "#2" where a header is a number too; the ' +
          'field "ignore" drops one',
      }),
    ),
    ignore: Type.Optional(
      Type.Array(text(200), { maxItems: 1000, description: 'Columns to leave out, as in map' }),
    ),
    currency: Type.Optional(CurrencyText),
    dateOrder: Type.Optional(
      Type.Unsafe<'dmy' | 'mdy' | 'ymd'>({ type: 'string', enum: ['dmy', 'mdy', 'ymd'] }),
    ),
    unit: Type.Optional(
      Type.String({ maxLength: 20, description: '元, 千元, 万元, thousand ...' }),
    ),
    sheet: Type.Optional(text(100)),
    encoding: Type.Optional(text(30)),
    delimiter: Type.Optional(text(3)),
  },
  closed,
)
export type ImportOptions = Static<typeof ImportOptions>

const Words = Type.Object({ zh: Type.String(), en: Type.String() })

export const ImportNote = Type.Object({
  code: Type.String(),
  zh: Type.String(),
  en: Type.String(),
})
export type ImportNote = Static<typeof ImportNote>

export const ImportReading = Type.Object({
  format: Type.Union([Type.Literal('csv'), Type.Literal('xlsx')]),
  compressed: Type.Boolean(),
  encoding: nullable(Type.String()),
  delimiter: nullable(Type.String()),
  sheet: nullable(Type.String()),
  headerRow: nullable(Type.Integer({ description: 'As a spreadsheet numbers it; null: none' })),
  preamble: Type.Array(Type.Array(Type.String()), { description: 'Rows above the header' }),
  headers: Type.Array(Type.String()),
  columns: Type.Array(
    Type.Object({
      field: Type.String(),
      label: Words,
      header: Type.String(),
      index: Type.Integer({ description: 'From 0' }),
      confidenceBps: Type.Integer(),
      why: Type.String(),
    }),
  ),
  unused: Type.Array(Type.String()),
  dates: Type.Array(
    Type.Object({ field: Type.String(), shape: Type.String(), why: Type.String() }),
  ),
  unit: nullable(Type.Integer({ description: 'Amounts are in 10^unit of the main unit' })),
  currency: Type.Object({
    code: Type.String(),
    why: Type.String({ description: 'asked, column, header, unit-line or company' }),
  }),
})
export type ImportReading = Static<typeof ImportReading>

export const ImportCounts = Type.Object({
  rows: Type.Integer({ description: 'Rows below the header' }),
  good: Type.Integer({ description: 'Rows that say something new' }),
  updated: Type.Integer({ description: 'Rows that change what is there' }),
  unchanged: Type.Integer({ description: 'Rows that are there already' }),
  repeated: Type.Integer({ description: 'Rows that stand in the file before, word for word' }),
  bad: Type.Integer(),
  blank: Type.Integer(),
  total: Type.Integer({ description: 'Rows that sum up others, page notes, repeated headers' }),
  newParties: Type.Integer(),
  newNames: Type.Integer({ description: 'Other spellings that become aliases' }),
  invoices: Type.Integer(),
  creditNotes: Type.Integer(),
  receipts: Type.Integer(),
  disputes: Type.Integer(),
  statements: Type.Integer(),
})
export type ImportCounts = Static<typeof ImportCounts>

export const ImportSum = Type.Object({
  currency: Type.String(),
  documents: Type.Integer(),
  amount: Type.String({ description: 'Of the rows that are taken; credit notes are negative' }),
  open: nullable(Type.String()),
})
export type ImportSum = Static<typeof ImportSum>

const ImportProblem = Type.Object({
  code: Type.String(),
  field: Type.String({ description: 'Empty where the row as a whole is meant' }),
  count: Type.Integer({ description: 'Rows' }),
  firstRow: Type.Integer(),
  zh: Type.String({ description: 'What is wrong with the first of them' }),
  en: Type.String(),
  remedy: Words,
})
export type ImportProblem = Static<typeof ImportProblem>

const states = ['uploaded', 'checked', 'applied', 'undone', 'abandoned'] as const
export type ImportState = (typeof states)[number]

export const ImportBatch = Type.Object({
  id: Type.String(),
  kind: Type.Unsafe<ImportedKind>({ type: 'string', enum: [...importKinds] }),
  fileName: Type.String(),
  fileBytes: Type.Integer(),
  state: Type.Unsafe<ImportState>({ type: 'string', enum: [...states] }),
  options: ImportOptions,
  reading: ImportReading,
  counts: ImportCounts,
  sums: Type.Array(ImportSum),
  notes: Type.Array(ImportNote),
  createdBy: Type.String(),
  createdAt: Type.String(),
  appliedAt: nullable(Type.String()),
  undoneAt: nullable(Type.String()),
  undoneBy: nullable(Type.String()),
  problems: Type.Array(ImportProblem, { description: 'Bad rows by reason, the most first' }),
  jobId: nullable(Type.String({ description: 'The job that checks or checked it' })),
})
export type ImportBatch = Static<typeof ImportBatch>

export const RejectedRow = Type.Object({
  row: Type.Integer(),
  cells: Type.Array(Type.String()),
  problems: Type.Array(
    Type.Object({
      field: Type.String(),
      value: Type.String(),
      code: Type.String(),
      zh: Type.String(),
      en: Type.String(),
      remedy: Words,
    }),
  ),
})
export type RejectedRow = Static<typeof RejectedRow>

export const ImportApplication = Type.Object(
  {
    onlyGood: Type.Optional(
      Type.Boolean({ description: 'Take the good rows although there are bad ones' }),
    ),
  },
  closed,
)

export const ImportPage = Type.Object({
  items: Type.Array(ImportBatch),
  next: nullable(Type.String({ description: 'The value of `after` for the next page' })),
})
export type ImportPage = Static<typeof ImportPage>

const OpenDates = Type.Object({
  field: Type.String(),
  label: Words,
  example: nullable(Type.Object({ text: Type.String(), row: Type.Integer() })),
  readings: Type.Array(Type.Object({ shape: Type.String(), day: Type.String() }), {
    description:
      'What the example means under each order; empty where the cells are of no one order',
  }),
})
export type OpenDates = Static<typeof OpenDates>

export const ImportDetail = Type.Object({
  ...ImportBatch.properties,
  rejected: Type.Array(RejectedRow, { description: 'The first bad rows' }),
  hasFile: Type.Boolean({ description: 'Its file is still at hand' }),
  job: nullable(
    Type.Object({
      id: Type.String(),
      state: Type.Unsafe<'waiting' | 'running' | 'done' | 'failed' | 'cancelled'>({
        type: 'string',
      }),
      stepsDone: Type.Number(),
      stepsTotal: nullable(Type.Number()),
      message: nullable(Type.String()),
      messageZh: nullable(Type.String()),
    }),
  ),
  openDates: nullable(OpenDates),
})
export type ImportDetail = Static<typeof ImportDetail>

export const ImportDescription = Type.Object(
  {
    kind: Type.Unsafe<ImportedKind>({ type: 'string', enum: [...importKinds] }),
    options: ImportOptions,
  },
  closed,
)

export type ImportDescription = Static<typeof ImportDescription>

/** How a file would be read, from its first rows, with what only a person can answer. */
export const ImportPreview = Type.Object({
  kind: Type.Unsafe<ImportedKind>({ type: 'string', enum: [...importKinds] }),
  guessedKind: Type.Unsafe<ImportedKind>({ type: 'string', enum: [...importKinds] }),
  sheets: Type.Array(Type.String()),
  reading: ImportReading,
  width: Type.Integer({ description: 'Columns' }),
  rows: Type.Array(Type.Object({ row: Type.Integer(), cells: Type.Array(Type.String()) })),
  missing: Type.Array(Type.Array(Type.String()), {
    description: 'Fields without a column; of several one is enough',
  }),
  openDates: Type.Array(OpenDates),
  notDates: Type.Array(Type.String(), { description: 'Fields whose column holds no dates' }),
  notes: Type.Array(ImportNote),
  takenBefore: nullable(
    Type.Object({ id: Type.String(), appliedAt: nullable(Type.String()), by: Type.String() }),
  ),
})
export type ImportPreview = Static<typeof ImportPreview>
