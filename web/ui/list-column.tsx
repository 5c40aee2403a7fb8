import { Table, type TableColumnType } from 'antd'
import type { ReactNode } from 'react'
import type { WordKey } from '../words.ts'

export type Column<Row> = {
  readonly key: string
  readonly title: WordKey
  /** Instead of the title, where the server names the column. */
  readonly heading?: string
  readonly width: number
  /** The value of `sort` that orders by it, where the server can; `-` before it for descending. */
  readonly sort?: string
  readonly isRight?: boolean
  /** Stays in sight while the others move; the first columns only. */
  readonly isFixed?: boolean
  /** Stays in sight at the right where there is room; the last columns only. */
  readonly isFixedRight?: boolean
  /** Shown only where the person chose it. */
  readonly isExtra?: boolean
  readonly render: (row: Row) => ReactNode
  /** What stands below it in the row of totals. */
  readonly total?: ReactNode
}

/** The columns that a person chose, by keys with commas between them; else those of everybody. */
export function chosenColumns<Row>(columns: readonly Column<Row>[], chosen: string | undefined) {
  const keys = chosen?.split(',') ?? []
  // An address may name none that there is.
  if (!columns.some(({ key }) => keys.includes(key))) {
    return columns.filter(({ isExtra }) => !isExtra)
  }
  return columns.filter(({ key, isFixed }) => isFixed || keys.includes(key))
}

/** In the address `-amount` is the largest first; an order that no column has counts for nothing. */
export function askedOrder<Row>(columns: readonly Column<Row>[], asked: string | undefined) {
  const sort = asked?.replace('-', '')
  if (!sort || !columns.some((column) => column.sort === sort)) return {}
  return { sort, order: asked?.startsWith('-') ? 'desc' : 'asc' }
}

/** On a phone the first column leaves room for a figure beside it, and nothing stays at the right. */
export function widthOf<Row>({ isFixed, width }: Column<Row>, isNarrow: boolean): number {
  return isNarrow && isFixed ? Math.min(width, 150) : width
}

export function tableColumn<Row>(
  column: Column<Row>,
  sort: string | undefined,
  { isNarrow, title }: { readonly isNarrow: boolean; readonly title: string },
): TableColumnType<Row> {
  const isSorted = column.sort !== undefined && sort?.replace('-', '') === column.sort
  return {
    key: column.key,
    title,
    width: widthOf(column, isNarrow),
    align: column.isRight ? 'right' : 'left',
    ellipsis: true,
    onCell: () => ({ role: 'cell' }),
    ...(column.isFixed && { fixed: 'left' as const }),
    ...(column.isFixedRight && !isNarrow && { fixed: 'right' as const }),
    ...(column.sort !== undefined && {
      sorter: true,
      // Of figures one looks for the largest first.
      sortDirections: column.isRight ? ['descend', 'ascend'] : ['ascend', 'descend'],
      sortOrder: isSorted ? (sort?.startsWith('-') ? 'descend' : 'ascend') : null,
    }),
    render: (_value, row) => column.render(row),
  }
}

export type SummaryRow = {
  readonly label: ReactNode
  /** By key of the column. */
  readonly cells: Readonly<Record<string, ReactNode>>
}

/**
 * Rows that stay in sight below the others: totals, shares. Called and not written as an element:
 * the table keeps them in sight only where it meets its own summary.
 */
export function summaryRows<Row>(of: {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly SummaryRow[]
  readonly isTicking: boolean
}): ReactNode {
  const shift = of.isTicking ? 1 : 0
  return (
    <Table.Summary fixed>
      {of.rows.map(({ cells, label }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: totals have no identity but their place
        <Table.Summary.Row key={place}>
          {of.isTicking && <Table.Summary.Cell index={0} />}
          {of.columns.map((column, index) => (
            <Table.Summary.Cell
              key={column.key}
              index={index + shift}
              align={column.isRight ? 'right' : 'left'}
            >
              {index === 0 ? <strong>{label}</strong> : cells[column.key]}
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      ))}
    </Table.Summary>
  )
}
