import type { ImportOptions } from '#contract/import.ts'
import { type Refusal, refuse } from '#contract/problem.ts'
import { withoutReasons } from '#kernel/import/error-rows.ts'
import type { ImportKind } from '#kernel/import/field.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { FileNote } from '#kernel/import/file-notes.ts'
import { findHeader } from '#kernel/import/find-header.ts'
import { type ColumnChoice, type ColumnGuess, guessColumns } from '#kernel/import/guess-columns.ts'
import { readUnitLine, type UnitText } from '#kernel/import/header-text.ts'
import { statementLines } from '#kernel/indicator/statement.ts'

/** A table whose columns are known: what each fills, and where its rows begin. */
export type Recognition = {
  readonly headers: readonly string[]
  /** Rows before this one (counted from 0) are no data. */
  readonly firstRow: number
  /** Index of the header among the rows; null where the file has none. */
  readonly headerAt: number | null
  /** What stands above the header. */
  readonly preamble: readonly (readonly string[])[]
  readonly columns: readonly ColumnGuess[]
  readonly unused: readonly string[]
  readonly unit: UnitText
  readonly notes: readonly FileNote[]
}

/** What the first rows show, whether or not it is enough to read the file. */
export type TableLook = Recognition & {
  /** Required fields without a column; of several one is enough. */
  readonly missing: readonly (readonly string[])[]
  /** There is no header, and nobody named a column by its number. */
  readonly isNameless: boolean
}

type Looking = {
  kind: ImportKind
  head: readonly (readonly string[])[]
  options: ImportOptions
  remembered: (headers: readonly string[]) => Promise<ColumnChoice[]>
}

/**
 * Recognises a table from its first rows: header, columns, unit. Refuses with what to do where a
 * required column is missing, nothing is there, or a mapping names what does not exist.
 */
export async function recogniseTable(of: Looking): Promise<Recognition | Refusal> {
  const look = await lookAtTable(of)
  if ('refused' in look) return look
  if (look.isNameless) {
    return refuse(
      'question-open',
      `The file has no header row. Name the columns by number, such as ${exampleFor(of.kind)} ` +
        `(${look.headers.length} columns).`,
      {
        question: 'columns',
        columnCount: look.headers.length,
        firstRow: of.head[look.firstRow] ?? [],
        zh: `文件没有表头（共 ${look.headers.length} 列）：请为各列选定内容。`,
      },
    )
  }
  return look.missing.length > 0 ? missingColumns(of.kind, look.headers, look.missing) : look
}

/** Looks at the first rows of a table; refuses what no choice of columns could mend. */
export async function lookAtTable(of: Looking): Promise<TableLook | Refusal> {
  const { kind, head, options } = of
  const header = findHeader(kind, head.slice(0, headRows))
  if (header.kind === 'blank') {
    return refuse('file-not-readable', 'The file has no rows; there is nothing to import.', {
      zh: '文件里没有行，没有可导入的内容。',
    })
  }
  const place =
    header.kind === 'header'
      ? { headers: header.headers, at: header.at, first: header.at + 1, unit: header.unit }
      : {
          headers: Array.from({ length: header.columnCount }, () => ''),
          at: null,
          first: header.firstRow,
          unit: { power: null, currency: null },
        }
  const asked = choicesOf(kind, options, place.headers)
  if ('refused' in asked) return asked
  const unit = options.unit === undefined ? null : readUnitLine(`单位:${options.unit}`)
  if (options.unit !== undefined && unit?.power == null) {
    const detail = `unit: "${options.unit}" is no unit. Write 元, 千元, 万元, thousand or million.`
    return refuse('invalid-input', detail)
  }
  return recogniseColumns(of, { ...place, asked, power: unit?.power ?? null })
}

const headRows = 60

type Place = {
  readonly headers: readonly string[]
  readonly at: number | null
  readonly first: number
  readonly unit: UnitText
  readonly asked: readonly ColumnChoice[]
  readonly power: number | null
}

async function recogniseColumns(of: Looking, place: Place): Promise<TableLook> {
  const { kind, head } = of
  const { headers, asked } = place
  const known = withoutReasons(headers)
  // The reasons of an earlier import say nothing about this one.
  const reasons: ColumnChoice[] =
    known.length < headers.length ? [{ source: 'asked', column: known.length, field: null }] : []
  const remembered = await of.remembered(known)
  const sample = head.slice(place.first, place.first + headRows)
  const guess = guessColumns(kind, headers, sample, [...reasons, ...asked, ...remembered])
  const at = { headers, firstRow: place.first, headerAt: place.at }
  const unit = { ...place.unit, power: place.power ?? place.unit.power }
  if (guess.kind === 'headerless') {
    const rest = { preamble: [], columns: [], unused: [], unit, notes: [], missing: [] }
    return { ...at, ...rest, isNameless: true }
  }
  // What a person says of the unit goes before what the header says.
  const columns =
    place.power === null
      ? guess.columns
      : guess.columns.map((column) => ({ ...column, power: place.power }))
  const unused = guess.unused.filter(({ index }) => index < known.length)
  return {
    ...at,
    preamble: place.at === null ? [] : head.slice(0, place.at),
    columns,
    unused: unused.map(({ header }) => header).filter((text) => text.trim() !== ''),
    unit,
    notes: guess.notes,
    missing: [...guess.missing, ...missingLines(kind, guess.columns)],
    isNameless: false,
  }
}

/** A file of statements names its lines in a column, or has a column for at least one. */
function missingLines(kind: ImportKind, columns: readonly ColumnGuess[]): (readonly string[])[] {
  if (kind !== 'statements') return []
  const has = (id: string) => columns.some(({ field }) => field === id)
  if (has('line')) return has('amount') ? [] : [['amount']]
  return statementLines.some(({ id }) => has(id)) ? [] : [['line', 'total_assets', 'revenue']]
}

function choicesOf(
  kind: ImportKind,
  { ignore = [], map = {} }: ImportOptions,
  headers: readonly string[],
): ColumnChoice[] | Refusal {
  const choices: ColumnChoice[] = []
  const said = [...Object.entries(map), ...ignore.map((told) => ['ignore', told] as const)]
  for (const [name, told] of said) {
    const field = fieldsOf(kind).find(({ id, label }) =>
      [id, label.zh, label.en].some((word) => word.toLowerCase() === name.trim().toLowerCase()),
    )
    if (!field && name !== 'ignore') {
      const known = fieldsOf(kind).map(({ id, label }) => `${id} (${label.zh})`)
      return refuse(
        'invalid-input',
        `map: there is no field "${name}". Fields: ${known.join(', ')}.`,
      )
    }
    const column = columnOf(told, headers)
    if (column === null) {
      const known = headers.map((header, index) => `${index + 1} ${header}`.trim())
      return refuse(
        'invalid-input',
        `map: there is no column "${told}". Columns: ${known.join(', ').slice(0, 2000)}.`,
      )
    }
    choices.push({ source: 'asked', column, field: field?.id ?? null })
  }
  return choices
}

/**
 * A header as it stands, however spaced, or a column number from 1, with # before it where a header
 * may be a number too; as the kernel counts, from 0.
 */
function columnOf(told: string, headers: readonly string[]): string | number | null {
  const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()
  const wanted = tidy(told)
  const same = headers.find((header) => tidy(header) === wanted)
  const alike = headers.find((header) => tidy(header).toLowerCase() === wanted.toLowerCase())
  const header = same ?? alike
  if (header !== undefined && header !== '') return header
  const number = /^#?[1-9]\d{0,3}$/.test(wanted) ? Number(wanted.replace('#', '')) : 0
  return number >= 1 && number <= headers.length ? number - 1 : null
}

function missingColumns(
  kind: ImportKind,
  headers: readonly string[],
  missing: readonly (readonly string[])[],
): Refusal {
  const labelOf = (id: string) => fieldsOf(kind).find((field) => field.id === id)?.label
  const labels = missing.map((ids) =>
    ids
      .map((id) => {
        const label = labelOf(id)
        return label ? `${label.en} (${label.zh})` : id
      })
      .join(' or '),
  )
  const labelsZh = missing.map((ids) => ids.map((id) => labelOf(id)?.zh ?? id).join('或'))
  const there = headers.filter((text) => text !== '')
  const first = missing[0]?.[0] ?? 'number'
  return refuse(
    'question-open',
    `No column was found for ${labels.join(', ')}. Name it with --map ${first}=HEADER. ` +
      `The file has: ${there.join(', ').slice(0, 2000)}.`,
    {
      ...{ question: 'columns', missing, headers },
      zh:
        `没有找到“${labelsZh.join('”“')}”的列：请为它选一列。` +
        `文件里有：${there.join('、').slice(0, 2000)}。`,
    },
  )
}

function exampleFor(kind: ImportKind): string {
  const [first, second] = fieldsOf(kind).filter((field) => field.required)
  return [first, second].map((field, at) => `--map ${field?.id ?? 'code'}=${at + 1}`).join(' ')
}
