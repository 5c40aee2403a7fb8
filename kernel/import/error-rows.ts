import type { Words } from '#kernel/import/field.ts'
import type { RowProblem } from '#kernel/import/row-problems.ts'

/** In which words the reason column is written. */
export type ErrorRowsOptions = {
  readonly language: 'zh' | 'en'
  readonly delimiter: ',' | ';' | '\t'
  /** Number of columns of the input; shorter rows are filled up so that the reason stands last. */
  readonly width: number
}

const reasonHeader: Words = { zh: '错误原因', en: 'Reason' }

/** What stands above the reasons in a file of bad rows. */
export function reasonHeaderIn(language: 'zh' | 'en'): string {
  return reasonHeader[language]
}

/** The headers without the reasons of an earlier import, which stand last. */
export function withoutReasons(headers: readonly string[]): readonly string[] {
  const last = headers.findLastIndex((header) => header.trim() !== '')
  const isReason = Object.values(reasonHeader).includes(headers[last]?.trim() ?? '')
  return last > 0 && isReason ? headers.slice(0, last) : headers
}

/** The header of the error file as CSV text: the input's own and one column for the reason. */
export function errorHeader(headers: readonly string[], options: ErrorRowsOptions): string {
  return lineOf(headers, reasonHeader[options.language], options)
}

/**
 * A bad row as CSV text: its cells exactly as they were and why it was not taken, so that the file
 * can be corrected and imported again. The reason never starts a formula (OWASP, CSV injection);
 * cells of the input are not touched, they are the user's own.
 */
export function errorRow(
  cells: readonly string[],
  problems: readonly RowProblem[],
  options: ErrorRowsOptions,
): string {
  return lineOf(cells, withoutFormula(reasonsOf(problems, options.language)), options)
}

/** What is wrong with a row and what to do, in one text. */
export function reasonsOf(problems: readonly RowProblem[], language: 'zh' | 'en'): string {
  return problems
    .map(({ en, remedy, zh }) =>
      language === 'zh' ? `${zh}；${remedy.zh}` : `${en}. ${remedy.en}`,
    )
    .join(' | ')
}

function lineOf(cells: readonly string[], reason: string, options: ErrorRowsOptions): string {
  const { delimiter, width } = options
  const filled = Array.from({ length: Math.max(width, cells.length) }, (_, at) => cells[at] ?? '')
  return `${[...filled, reason].map((cell) => quoted(cell, delimiter)).join(delimiter)}\r\n`
}

function quoted(cell: string, delimiter: string): string {
  const plain = !cell.includes(delimiter) && !/["\r\n]|^\s|\s$/.test(cell)
  return plain ? cell : `"${cell.replaceAll('"', '""')}"`
}

function withoutFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
