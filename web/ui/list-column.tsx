import { Table, type TableColumnType } from 'antd'
import type { ReactNode } from 'react'
import type { WordKey } from '../words.ts'

export type Column<Row> = {
  readonly key: string
  readonly title: WordKey
  readonly width: number
  /** The value of `sort` that orders by it, where the server can; `-` before it for descending. */
  readonly sort?: string
  readonly isRight?: boolean
  /** Stays in sight while the others move; the first columns only. */
  readonly isFixed?: boolean
  /** Shown only where the person chose it. */
  readonly isExtra?: boolean
  readonly render: (row: Row) => ReactNode
  /** What stands below it in the row of totals. */
  readonly total?: ReactNode
}

/** The columns that a person chose, by keys with commas between them; else those of everybody. */
export function chosenColumns<Row>(columns: readonly Column<Row>[], chosen: string | undefined) {
  if (!chosen) return columns.filter(({ isExtra }) => !isExtra)
  const keys = chosen.split(',')
  return columns.filter(({ key, isFixed }) => isFixed || keys.includes(key))
}

export function tableColumn<Row>(
  column: Column<Row>,
  sort: string | undefined,
  title: string,
): TableColumnType<Row> {
  const isSorted = column.sort !== undefined && sort?.replace('-', '') === column.sort
  return {
    key: column.key,
    title,
    width: column.width,
    align: column.isRight ? 'right' : 'left',
    ellipsis: true,
    onCell: () => ({ role: 'cell' }),
    ...(column.isFixed && { fixed: 'left' as const }),
    ...(column.sort !== undefined && {
      sorter: true,
      sortOrder: isSorted ? (sort?.startsWith('-') ? 'descend' : 'ascend') : null,
    }),
    render: (_value, row) => column.render(row),
  }
}

export function TotalsRow<Row>(of: {
  readonly columns: readonly Column<Row>[]
  readonly label: string
  readonly isTicking: boolean
}): ReactNode {
  const shift = of.isTicking ? 1 : 0
  return (
    <Table.Summary fixed>
      <Table.Summary.Row>
        {of.isTicking && <Table.Summary.Cell index={0} />}
        {of.columns.map((column, index) => (
          <Table.Summary.Cell
            key={column.key}
            index={index + shift}
            align={column.isRight ? 'right' : 'left'}
          >
            {index === 0 ? <strong>{of.label}</strong> : column.total}
          </Table.Summary.Cell>
        ))}
      </Table.Summary.Row>
    </Table.Summary>
  )
}
