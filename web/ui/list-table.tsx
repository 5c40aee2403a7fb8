import { Table } from 'antd'
import { type Key, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { type Column, TotalsRow, tableColumn } from './list-column.tsx'
import { useWords } from './use-words.ts'

type Of<Row> = {
  /** Told to those who cannot see it. */
  readonly name?: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  /** As in the address: `-amount` is the largest first. */
  readonly sort?: string | undefined
  readonly setSort?: (sort: string | null) => void
  /** Opens the row: by click or Enter. */
  readonly open?: ((row: Row) => void) | undefined
  readonly ticked?: readonly Key[]
  readonly setTicked?: (keys: readonly Key[]) => void
  readonly isLoading?: boolean
  /** What is shown belongs to the question before. */
  readonly isStale?: boolean
  /** Asks for more rows; the person is near the end. */
  readonly more?: (() => void) | undefined
  /** Pixels; what is left of the window where none is told. */
  readonly height?: number
  readonly empty?: ReactNode
}

/** Rows of which only those in sight are drawn, header, first columns and totals always in sight. */
export function ListTable<Row extends object>(of: Of<Row>): ReactNode {
  const { say } = useWords()
  const left = useHeightLeft()
  const { columns, rows } = of
  useTableRole(left.ref, of.name)
  const width = columns.reduce((total, column) => total + column.width, of.ticked ? 48 : 0)
  const hasTotals = rows.length > 0 && columns.some(({ total }) => total !== undefined)
  return (
    <div ref={left.ref}>
      <Table<Row>
        virtual
        size="small"
        className={of.isStale ? 'is-stale' : ''}
        rowKey={of.rowKey}
        dataSource={[...rows]}
        columns={columns.map((column) => tableColumn(column, of.sort, say(column.title)))}
        loading={of.isLoading ?? false}
        pagination={false}
        scroll={{ x: width, y: of.height ?? Math.max(220, left.px - (hasTotals ? 84 : 44)) }}
        showSorterTooltip={false}
        onChange={(_pages, _filters, sorter) => {
          const one = Array.isArray(sorter) ? sorter[0] : sorter
          const name = columns.find(({ key }) => key === one?.columnKey)?.sort
          of.setSort?.(name && one?.order ? `${one.order === 'descend' ? '-' : ''}${name}` : null)
        }}
        onScroll={({ currentTarget: { clientHeight, scrollHeight, scrollTop } }) => {
          if (scrollTop + clientHeight > scrollHeight - 800) of.more?.()
        }}
        onRow={(row) => ({ role: 'row', ...(of.open && openable(() => of.open?.(row))) })}
        {...(of.setTicked && {
          rowSelection: {
            columnWidth: 48,
            selectedRowKeys: [...(of.ticked ?? [])],
            onChange: of.setTicked,
            onCell: () => ({ role: 'cell' }),
            getTitleCheckboxProps: () => ({ 'aria-label': say('ui.all') }),
          },
        })}
        locale={{ emptyText: of.empty ?? say('ui.nothing') }}
        {...(hasTotals && {
          summary: () => (
            <TotalsRow columns={columns} label={say('ui.total')} isTicking={!!of.setTicked} />
          ),
        })}
      />
    </div>
  )
}

function openable(open: () => void) {
  return {
    tabIndex: 0,
    className: 'is-openable',
    onClick: open,
    onKeyDown: (event: { key: string; target: unknown; currentTarget: unknown }) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) open()
    },
  }
}

/** Rows that are drawn only in sight are no rows of a table by themselves: their frame says so. */
function useTableRole(ref: RefObject<HTMLDivElement | null>, name: string | undefined): void {
  useEffect(() => {
    const body = ref.current?.querySelector('.ant-table-tbody-virtual')
    body?.setAttribute('role', 'table')
    if (name) body?.setAttribute('aria-label', name)
  })
}

/** How much of the window is left below an element, so that only the list itself scrolls. */
function useHeightLeft() {
  const ref = useRef<HTMLDivElement>(null)
  const [px, setPx] = useState(480)
  useEffect(() => {
    const measure = () => {
      const top = ref.current?.getBoundingClientRect().top ?? 200
      setPx(window.innerHeight - top - 44)
    }
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  return { ref, px }
}
