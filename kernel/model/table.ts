/**
 * A column of a training table: what a model may ask. Numbers are floats, since they are statistics
 * and never money to be paid; NaN is missing. Categories are positions in `levels`; -1 is missing.
 */
export type Column =
  | {
      readonly kind: 'number'
      readonly id: string
      readonly values: Float64Array
      /** Codes that are no quantity ("-99: no account"): each a bin of its own. */
      readonly special?: readonly number[]
    }
  | {
      readonly kind: 'category'
      readonly id: string
      readonly codes: Int32Array
      readonly levels: readonly string[]
    }

/** Rows with an outcome. Cases of one group (a customer seen in several months) share a fold. */
export type TrainingTable = {
  readonly columns: readonly Column[]
  /** 1 is bad: the event that the model foretells. */
  readonly bad: Uint8Array
  readonly group: Int32Array
}

/** The rows of these positions, in this order. */
export function rowsOf(table: TrainingTable, rows: Int32Array): TrainingTable {
  return {
    columns: table.columns.map((column) => columnRows(column, rows)),
    bad: Uint8Array.from(rows, (row) => table.bad[row] ?? 0),
    group: rows.map((row) => table.group[row] ?? 0),
  }
}

function columnRows(column: Column, rows: Int32Array): Column {
  if (column.kind === 'category') {
    return { ...column, codes: rows.map((row) => column.codes[row] ?? -1) }
  }
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) }
}
