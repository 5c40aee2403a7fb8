import type { RowProblem } from '#kernel/import/row-problems.ts'

/** In which words the reason column is written. */
export type ErrorRowsOptions = {
  readonly language: 'zh' | 'en'
  readonly delimiter: ',' | ';' | '\t'
  /** Number of columns of the input; shorter rows are filled up so that the reason stands last. */
  readonly width: number
}

/** The header of the error file as CSV text: the input's own and one column for the reason. */
export function errorHeader(headers: readonly string[], options: ErrorRowsOptions): string {
  return lineOf(headers, options.language === 'zh' ? '错误原因' : 'Reason', options)
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
  const reasons = problems.map((problem) =>
    options.language === 'zh'
      ? `${problem.zh}；${problem.remedy.zh}`
      : `${problem.en}. ${problem.remedy.en}`,
  )
  return lineOf(cells, withoutFormula(reasons.join(' | ')), options)
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
