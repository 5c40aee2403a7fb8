import type { ReactNode } from 'react'
import type { Query } from './api.ts'
import type { Column } from './list-column.tsx'
import { type PageOf, usePages } from './list-page.tsx'
import { ListTable } from './list-table.tsx'
import { ProblemNote } from './problem.tsx'

type Of<Row> = {
  readonly name: string
  readonly path: string
  readonly query: Query
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly open?: (row: Row) => void
  readonly empty?: ReactNode
  readonly height?: number
}

/** Rows of one request that come page by page, where a list is only part of a page. */
export function PagedTable<Row extends object>(of: Of<Row>): ReactNode {
  const list = usePages<Row, PageOf<Row>>(of.path, of.query)
  if (list.error) return <ProblemNote error={list.error} retry={list.refetch} />
  return (
    <ListTable<Row>
      {...{ name: of.name, rows: list.rows, columns: of.columns, rowKey: of.rowKey, open: of.open }}
      {...(of.height !== undefined && { height: of.height })}
      isLoading={list.isPending}
      isStale={list.isStale}
      more={list.more}
      empty={of.empty}
    />
  )
}
