import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { Column, TrainingTable } from '#kernel/model/table.ts'

const folder = join(import.meta.dirname, '../../shared/data')

/** A public table for models, or undefined where the data are not beside the project. */
export function publicTable(name: keyof typeof tables): TrainingTable | undefined {
  const { file, ...of } = tables[name]
  const path = join(folder, file)
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  return of.read((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'))
}

const tables = {
  taiwan: {
    file: 'credit_taiwan_default/credit-card-clients.csv.gz',
    read: (text: string) => {
      const [header = [], ...rows] = parse(text) as string[][]
      return tableOf(header.slice(0, -1), rows, (row) => row.at(-1) === '1')
    },
  },
  polish: {
    file: 'bankruptcy_polish/1year.arff.gz',
    read: (text: string) => {
      const rows = text
        .slice(text.indexOf('@data') + 5)
        .trim()
        .split(/\r?\n/)
      const names = [...text.matchAll(/@attribute (\S+) numeric/g)].map(([, name]) => name ?? '')
      const cells = rows.map((row) => row.trim().split(','))
      return tableOf(names, cells, (row) => row.at(-1) === '1')
    },
  },
  german: {
    file: 'credit_german/german.data',
    read: (text: string) => {
      const rows = text
        .trim()
        .split(/\r?\n/)
        .map((row) => row.trim().split(/\s+/))
      const names = Array.from({ length: 20 }, (_, at) => `attribute ${at + 1}`)
      return tableOf(names, rows, (row) => row.at(-1) === '2')
    },
  },
}

function tableOf(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  isBad: (row: readonly string[]) => boolean,
): TrainingTable {
  return {
    columns: names.map((id, at) =>
      columnOf(
        id,
        rows.map((row) => row[at] ?? ''),
      ),
    ),
    bad: Uint8Array.from(rows, (row) => (isBad(row) ? 1 : 0)),
    group: Int32Array.from(rows.keys()),
  }
}

function columnOf(id: string, cells: readonly string[]): Column {
  const values = Float64Array.from(cells, (cell) =>
    cell === '' || cell === '?' ? Number.NaN : Number(cell),
  )
  const isNumber = cells.every(
    (cell, row) => cell === '' || cell === '?' || !Number.isNaN(values[row]),
  )
  if (isNumber) return { kind: 'number', id, values }
  const levels = [...new Set(cells)].sort()
  const codeOf = new Map(levels.map((level, code) => [level, code]))
  return { kind: 'category', id, levels, codes: Int32Array.from(cells, (c) => codeOf.get(c) ?? -1) }
}
