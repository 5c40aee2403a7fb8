import type { Formula } from '#kernel/formula/check-formula.ts'
import { decimals, type FormulaValue } from '#kernel/formula/formula-type.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'

/**
 * A formula as an SQL expression of PostgreSQL that gives the same as the compiled one. `column` gives
 * the expression of a name: numeric for figures, `date`, `text` or `boolean`.
 */
export function formulaSql(formula: Formula, column: (id: string) => string): string {
  switch (formula.kind) {
    case 'written':
      return writtenSql(formula.value)
    case 'name':
      return column(formula.id)
    case 'call':
      return formula.of.sql(formula.args.map((arg) => formulaSql(arg, column)))
  }
}

function writtenSql(value: NonNullable<FormulaValue>): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'bigint') return `${scaledToDecimal(value, decimals)}::numeric`
  return /^\d{4}-\d\d-\d\d$/.test(value) ? `date '${value}'` : quoted(value)
}

/** As a constant; a null character, which PostgreSQL's text cannot have, is left out. */
function quoted(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'::text`
}
