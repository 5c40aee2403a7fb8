import type { ImportOptions, ImportReading } from '#contract/import.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { DateColumn } from '#kernel/import/date-column.ts'
import type { DateShape } from '#kernel/import/date-shape.ts'
import type { ImportKind, Words } from '#kernel/import/field.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import { type FileNote, noteOf } from '#kernel/import/file-notes.ts'
import { type DateColumnOf, settleDateOrder } from '#kernel/import/settle-date-order.ts'

export type DatesSettled = {
  readonly shapes: Readonly<Record<string, DateShape>>
  readonly dates: ImportReading['dates']
  readonly notes: readonly FileNote[]
}

/**
 * Settles how the date columns are written, from what they say over the rows seen and what the
 * person said; asks where nobody can know.
 */
export function settleDates(
  kind: ImportKind,
  columns: readonly DateColumnOf[],
  order: ImportOptions['dateOrder'],
): DatesSettled | Refusal {
  const { open, ...settled } = lookAtDates(kind, columns, order)
  return open[0] ? ask(kind, open[0].field, open[0].column) : settled
}

/** The same with what is still open, for those who only look. */
export function lookAtDates(
  kind: ImportKind,
  columns: readonly DateColumnOf[],
  order: ImportOptions['dateOrder'],
): DatesSettled & { readonly open: readonly { field: string; column: OpenColumn }[] } {
  const shapes: Record<string, DateShape> = {}
  const dates: ImportReading['dates'] = []
  const notes: FileNote[] = []
  const open: { field: string; column: OpenColumn }[] = []
  for (const settled of settleDateOrder(columns)) {
    const { field } = settled
    if (settled.kind === 'ask') {
      const shape = order === undefined ? null : shapeBy(order, settled.column)
      if (shape === null) {
        open.push({ field, column: settled.column })
        continue
      }
      shapes[field] = shape
      dates.push({ field, shape, why: 'asked' })
      continue
    }
    shapes[field] = settled.shape
    const why = settled.kind === 'taken-from' ? `as ${settled.evidence}` : 'all cells'
    dates.push({ field, shape: settled.shape, why })
    if (settled.kind === 'taken-from') {
      const said = { field: labelOf(kind, field).en, evidence: labelOf(kind, settled.evidence).en }
      notes.push(noteOf('order-taken', { ...said, reading: settled.shape }))
    }
  }
  return { shapes, dates, notes, open }
}

/** True where both readings come to the same shapes. */
export function areSameShapes(a: DatesSettled, b: DatesSettled): boolean {
  return Object.entries(a.shapes).every(([field, shape]) => b.shapes[field] === shape)
}

const wordsOfShape: Readonly<Record<DateShape, string>> = {
  'year-first': 'year first (2024-01-31)',
  'day-first': 'day first (31/01/2024), --date-order dmy',
  'month-first': 'month first (01/31/2024), --date-order mdy',
  'short-year-first': 'year first (24-01-31), --date-order ymd',
  serial: 'serial numbers of a spreadsheet (45322)',
}

const zhOfShape: Readonly<Record<DateShape, string>> = {
  'year-first': '年-月-日',
  'day-first': '日/月/年',
  'month-first': '月/日/年',
  'short-year-first': '年/月/日',
  serial: '表格的日期序列值',
}

type OpenColumn = Exclude<DateColumn, { kind: 'shape' } | { kind: 'empty' }>

function shapeBy(order: 'dmy' | 'mdy' | 'ymd', column: OpenColumn): DateShape | null {
  if (column.kind === 'not-dates') return null
  if (order === 'dmy') return 'day-first'
  if (order === 'mdy') return 'month-first'
  const shapes =
    column.kind === 'ambiguous'
      ? column.readings.map(({ shape }) => shape)
      : column.groups.map(({ shape }) => shape)
  return shapes.includes('short-year-first') ? 'short-year-first' : 'year-first'
}

function ask(kind: ImportKind, field: string, column: OpenColumn): Refusal {
  const { zh, en } = labelOf(kind, field)
  const name = `${en} (${zh})`
  if (column.kind === 'ambiguous') {
    const { text, row } = column.example
    const readings = column.readings.map(({ shape, day }) => `${day} with ${wordsOfShape[shape]}`)
    return refuse(
      'question-open',
      `Dates of ${name} can be read two ways: "${text}" in row ${row} is ${readings.join(' or ')}. ` +
        'Say which.',
      {
        ...{ question: 'date-order', field, example: column.example, readings: column.readings },
        zh:
          `“${zh}”的日期有几种读法：第 ${row} 行的“${text}”` +
          `${column.readings.map(({ shape, day }) => `按${zhOfShape[shape]}是 ${day}`).join('，')}。` +
          '请在“日期写法”里选定。',
      },
    )
  }
  if (column.kind === 'mixed') {
    const groups = column.groups.map(
      ({ shape, count, examples }) =>
        `${count} ${wordsOfShape[shape]}, such as "${examples[0]?.text}" in row ${examples[0]?.row}`,
    )
    return refuse(
      'question-open',
      `Dates of ${name} are written in several ways: ${groups.join('; ')}. Write them alike, or ` +
        'say which way counts with --date-order; the others become bad rows.',
      {
        ...{ question: 'date-order', field, groups: column.groups },
        zh:
          `“${zh}”的日期有几种写法：${column.groups.map(groupZh).join('；')}。` +
          '请改成一种写法，或在“日期写法”里选哪种算数，其余的会列为有误的行。',
      },
    )
  }
  const examples = column.examples.map(({ text, row }) => `"${text}" in row ${row}`)
  return refuse(
    'question-open',
    `The column for ${name} holds no dates: ${examples.join(', ')}. Name another one with ` +
      `--map ${field}=HEADER, or leave it out with --map ignore=HEADER.`,
    {
      ...{ question: 'columns', field, examples: column.examples },
      zh:
        `“${zh}”选的列里不是日期：` +
        `${column.examples.map(({ text, row }) => `第 ${row} 行的“${text}”`).join('、')}。` +
        '请另选一列，或选“不导入”。',
    },
  )
}

type Group = Extract<OpenColumn, { kind: 'mixed' }>['groups'][number]

function groupZh({ count, examples, shape }: Group): string {
  return `${count} 个是${zhOfShape[shape]}，如第 ${examples[0]?.row} 行的“${examples[0]?.text}”`
}

export function labelOf(kind: ImportKind, field: string): Words {
  return fieldsOf(kind).find(({ id }) => id === field)?.label ?? { zh: field, en: field }
}
