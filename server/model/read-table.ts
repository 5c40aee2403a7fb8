import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { type Refusal, refuse } from '#contract/problem.ts'
import type { Column, TrainingTable } from '#kernel/model/table.ts'

/** The cells that stand for "not known". */
export const missing = new Set(['', '?', 'NA', 'N/A', 'NaN', 'null', 'NULL'])
/** A text column with more words than this is a name or a code, and tells nothing. */
export const mostLevels = 200

/**
 * Reads a CSV file with a header as a table for models. `label` names the column of outcomes, of
 * which `bad` (1 unless told) is the bad one; `without` are left out.
 */
export function readTable(
  path: string,
  of: { readonly label: string; readonly bad: string; readonly without: readonly string[] },
): TrainingTable | Refusal {
  if (!existsSync(path)) return refuse('not-found', `file: there is no "${path}".`)
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  let lines: string[][]
  try {
    lines = parse(text, {
      bom: true,
      delimiter: [',', ';', '\t'],
      trim: true,
      skipEmptyLines: true,
    })
  } catch (error) {
    return refuse('file-not-readable', `file: ${(error as Error).message}`)
  }
  const [header = [], ...rows] = lines
  const unknown = [of.label, ...of.without].find((name) => !header.includes(name))
  if (unknown !== undefined) {
    return refuse('invalid-input', `There is no column "${unknown}": ${header.join(', ')}.`)
  }
  const labelAt = header.indexOf(of.label)
  const bad = Uint8Array.from(rows, (row) => (row[labelAt] === of.bad ? 1 : 0))
  const bads = bad.reduce((sum, each) => sum + each, 0)
  if (bads === 0 || bads === bad.length) {
    const seen = [...new Set(rows.map((row) => row[labelAt] ?? ''))].slice(0, 8)
    return refuse(
      'invalid-input',
      `${of.label}: ${bads} of ${bad.length} rows are "${of.bad}", both kinds are needed. ` +
        `The column holds ${seen.join(', ')}: say which is bad with --bad.`,
      {
        zh:
          `“${of.label}”列：${bad.length} 行中有 ${bads} 行是“${of.bad}”，好坏都要有。` +
          `这一列有 ${seen.join('、')}：请选定哪个值是坏。`,
      },
    )
  }
  return {
    columns: header.flatMap((id, at) => {
      if (id === of.label || of.without.includes(id)) return []
      return columnOf(
        id,
        rows.map((row) => row[at] ?? ''),
      )
    }),
    bad,
    group: Int32Array.from(rows.keys()),
  }
}

function columnOf(id: string, cells: readonly string[]): Column[] {
  const values = Float64Array.from(cells, (cell) => (missing.has(cell) ? Number.NaN : Number(cell)))
  const isNumber = cells.every((cell, row) => missing.has(cell) || !Number.isNaN(values[row]))
  if (isNumber) return [{ kind: 'number', id, values }]
  const levels = [...new Set(cells)].filter((cell) => !missing.has(cell)).sort()
  if (levels.length > mostLevels) return []
  const codeOf = new Map(levels.map((level, code) => [level, code]))
  const codes = Int32Array.from(cells, (cell) => codeOf.get(cell) ?? -1)
  return [{ kind: 'category', id, levels, codes }]
}
