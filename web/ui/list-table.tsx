import { Table } from 'antd'
import { type Key, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { type Column, type SummaryRow, summaryRows, tableColumn, widthOf } from './list-column.tsx'
import { useIsPrinting } from './use-is-printing.ts'
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
  /** Below the rows; the totals of the columns where none are told. */
  readonly summary?: readonly SummaryRow[]
}

/** Rows of which only those in sight are drawn, header, first columns and totals always in sight. */
export function ListTable<Row extends object>(of: Of<Row>): ReactNode {
  const { say } = useWords()
  const left = useHeightLeft()
  const { columns, rows } = of
  useTableRole(left.ref, of.name)
  const isNarrow = window.innerWidth < 800
  const widths = columns.map((column) => widthOf(column, isNarrow))
  const width = widths.reduce((total, each) => total + each, of.ticked ? 48 : 0)
  const summary = rows.length === 0 ? [] : (of.summary ?? totalsOf(columns, say('ui.total')))
  const height = of.height ?? Math.max(220, left.px)
  // On paper all rows stand, not only those in sight.
  const isPrinting = useIsPrinting()
  return (
    <div ref={left.ref}>
      <Table<Row>
        virtual={!isPrinting}
        size="small"
        className={of.isStale ? 'is-stale' : ''}
        rowKey={of.rowKey}
        dataSource={[...rows]}
        columns={columns.map((column) => {
          const title = column.heading ?? say(column.title)
          return tableColumn(column, of.sort, { isNarrow, title })
        })}
        loading={of.isLoading ?? false}
        pagination={false}
        {...(!isPrinting && { scroll: { x: width, y: height } })}
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
        {...(summary.length > 0 && {
          summary: () => summaryRows({ columns, rows: summary, isTicking: !!of.setTicked }),
        })}
      />
    </div>
  )
}

function totalsOf<Row>(columns: readonly Column<Row>[], label: string): readonly SummaryRow[] {
  if (columns.every(({ total }) => total === undefined)) return []
  return [{ label, cells: Object.fromEntries(columns.map(({ key, total }) => [key, total])) }]
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

const headAndFoot = 88

/** Rows that are drawn only in sight are no rows of a table by themselves: their frame says so. */
function useTableRole(ref: RefObject<HTMLDivElement | null>, name: string | undefined): void {
  useEffect(() => {
    const body = ref.current?.querySelector('.ant-table-tbody-virtual')
    body?.setAttribute('role', 'table')
    if (name) body?.setAttribute('aria-label', name)
    // Without rows there is nothing in it to go to, and the keyboard must scroll its columns too.
    ref.current?.querySelector('.ant-table-body')?.setAttribute('tabindex', '0')
  })
}

/** How much of the window is left for the rows, so that only the list itself scrolls. */
function useHeightLeft() {
  const ref = useRef<HTMLDivElement>(null)
  const [px, setPx] = useState(480)
  const measure = () => {
    const own = ref.current
    if (!own) return
    // The place on the page, however far the page itself was scrolled.
    const top = own.getBoundingClientRect().top + (own.closest('main')?.scrollTop ?? 0)
    const totals = own.querySelector<HTMLElement>('.ant-table-summary')?.offsetHeight ?? 0
    setPx(Math.round(window.innerHeight - top - totals - headAndFoot))
  }
  // What stands above and the totals below come and go with what is loaded.
  useEffect(measure)
  useEffect(() => {
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  })
  return { ref, px }
}
