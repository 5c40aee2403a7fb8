import type { Content, ContentTable, TableCell } from 'pdfmake/interfaces.js'
import { grouped } from '#server/platform/grouped.ts'

const red = '#b42318'

/** A cell whose figures stand under each other, red where they are below zero. */
export function right(text: string, more: Readonly<Record<string, unknown>> = {}): TableCell {
  const colour = text.startsWith('-') ? { color: red } : {}
  // A figure is never torn from its unit.
  return {
    ...colour,
    text: text.replaceAll(' ', '\u00a0'),
    alignment: 'right',
    noWrap: true,
    ...more,
  }
}

/** `1,234.50 元` or `1,234.50 USD`. */
export function amountText(
  amount: string | null,
  currency: string | null,
  language: 'zh' | 'en',
): string {
  if (amount === null) return '—'
  const unit = currency === 'CNY' && language === 'zh' ? '元' : (currency ?? '')
  return `${grouped(amount)} ${unit}`.trim()
}

/** A table with light lines between its rows; the head is repeated on every page. */
export function ruled(
  widths: (string | number)[],
  head: readonly TableCell[] | null,
  rows: readonly (readonly TableCell[])[],
): ContentTable {
  const styled = (cell: TableCell) =>
    ({ ...(typeof cell === 'object' ? cell : { text: cell }), style: 'head' }) as TableCell
  const heads = head ? [head.map(styled)] : []
  return {
    table: {
      ...{ widths, headerRows: heads.length, dontBreakRows: true },
      body: [...heads, ...rows.map((row) => [...row])],
    },
    layout: 'ruled',
    margin: [0, 0, 0, 6],
  }
}

export function section(text: string): Content {
  return { text, style: 'section' }
}

/** Names and values in two columns of pairs. */
export function pairs(items: readonly (readonly [name: string, value: string | null])[]): Content {
  const known = items.filter(([, value]) => value !== null && value !== '')
  const cells = known.map(([name, value]): TableCell[] => [
    { text: name, style: 'quiet', margin: [0, 1, 0, 0] },
    { text: value ?? '' },
  ])
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, row): TableCell[] => [
    ...(cells[row * 2] ?? []),
    ...(cells[row * 2 + 1] ?? ['', '']),
  ])
  return ruled([68, '*', 68, '*'], null, rows)
}
