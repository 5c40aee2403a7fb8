import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type Key, type ReactNode, useMemo, useState } from 'react'
import type { WordKey } from '../words.ts'
import { get, pathWith, type Query } from './api.ts'
import { ColumnChoice } from './column-choice.tsx'
import { type Filter, FilterBar } from './filter-bar.tsx'
import { type Column, chosenColumns } from './list-column.tsx'
import { ListTable } from './list-table.tsx'
import { Page } from './page.tsx'
import { ProblemNote } from './problem.tsx'
import { UnitSwitch } from './unit-switch.tsx'
import { useUrlState } from './use-url-state.ts'
import { useWords } from './use-words.ts'

type PageOf<Row> = { readonly items: readonly Row[]; readonly next: string | null }

type Of<Row, Reply> = {
  readonly title: WordKey
  readonly note?: ReactNode
  readonly path: string
  /** What is asked beside the filters. */
  readonly query?: Query
  readonly filters: readonly Filter[]
  readonly columns: (first: Reply | undefined) => readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  readonly open?: (row: Row) => void
  readonly actions?: ReactNode
  /** Acts on the rows that are ticked. */
  readonly batch?: (rows: readonly Row[], clear: () => void) => ReactNode
  /** Answers the same query as a workbook. */
  readonly exportPath?: string
  /** Where the workbook has all columns, whichever are shown. */
  readonly isExportWhole?: boolean
  readonly isInUnits?: boolean
  /** Asks for the totals of all pages with the first one. */
  readonly hasTotals?: boolean
  readonly count?: (first: Reply) => number | undefined
  readonly empty?: ReactNode
  readonly aside?: ReactNode
}

/**
 * A list as finance staff know it: filters above, columns to choose, totals below, batch acts. Rows
 * come page by page while one scrolls and only those in sight are drawn, so their number is no matter.
 */
export function ListPage<Row extends object, Reply extends PageOf<Row>>(
  of: Of<Row, Reply>,
): ReactNode {
  const { say } = useWords()
  const url = useUrlState()
  const asked: Query = { ...of.query, ...asksOf(of.filters, url.values) }
  const list = usePages<Row, Reply>(of.path, asked, of.hasTotals ?? false)
  const columns = of.columns(list.first)
  const chosen = chosenColumns(columns, url.values.columns)
  const keys = chosen.map(({ key }) => key)
  const [ticked, setTicked] = useState<readonly Key[]>([])
  const tickedRows = list.rows.filter((row) => ticked.includes(of.rowKey(row)))
  const actions = (
    <>
      {of.isInUnits && <UnitSwitch />}
      <ColumnChoice columns={columns} chosen={keys} choose={(next) => url.set({ columns: next })} />
      {of.exportPath && (
        <Button href={exportOf(of, of.exportPath, asked, keys)}>{say('ui.export')}</Button>
      )}
      {of.actions}
    </>
  )
  return (
    <Page title={say(of.title)} note={of.note} actions={actions}>
      <FilterBar filters={of.filters} values={url.values} set={url.set} />
      {of.aside}
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      {of.batch && tickedRows.length > 0 && (
        <div className="batch-bar" role="toolbar">
          <span>{say('ui.selected', { count: tickedRows.length })}</span>
          {of.batch(tickedRows, () => setTicked([]))}
          <Button type="link" onClick={() => setTicked([])}>
            {say('ui.clear')}
          </Button>
        </div>
      )}
      <ListTable<Row>
        {...{ rows: list.rows, columns: chosen, rowKey: of.rowKey, open: of.open }}
        sort={url.values.sort}
        setSort={(sort) => url.set({ sort })}
        isLoading={list.isPending}
        isStale={list.isStale}
        more={list.more}
        empty={of.empty}
        {...(of.batch && { ticked, setTicked })}
      />
      <p className="list-foot">
        <Counts of={list.first && of.count?.(list.first)} shown={list.rows.length} />
        {list.more && (
          <Button type="link" onClick={list.more}>
            {say('ui.loadMore')}
          </Button>
        )}
      </p>
    </Page>
  )
}

function Counts({ of, shown }: { of: number | undefined; shown: number }): ReactNode {
  const { say } = useWords()
  return (
    <>
      {of !== undefined && <span>{say('ui.count', { count: of })}</span>}
      <span>{say('ui.shown', { count: shown })}</span>
    </>
  )
}

function usePages<Row, Reply extends PageOf<Row>>(path: string, asked: Query, hasTotals: boolean) {
  const first = hasTotals ? { totals: true } : {}
  const list = useInfiniteQuery({
    queryKey: [path, asked],
    queryFn: ({ pageParam, signal }) => {
      const place = pageParam ? { after: pageParam } : first
      return get<Reply>(path, { ...asked, ...place, limit: 100 }, signal)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  })
  const pages = list.data?.pages
  const rows = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  const canGoOn = list.hasNextPage && !list.isFetchingNextPage
  return {
    rows,
    first: pages?.[0],
    error: list.error,
    isPending: list.isPending,
    isStale: list.isPlaceholderData,
    refetch: () => list.refetch(),
    more: canGoOn ? () => list.fetchNextPage() : undefined,
  }
}

function exportOf(
  { isExportWhole }: { readonly isExportWhole?: boolean },
  path: string,
  asked: Query,
  keys: readonly string[],
): string {
  return pathWith(path, { ...asked, ...(!isExportWhole && { columns: keys.join(',') }) })
}

/** In the address `-amount` is the largest first. */
function asksOf(filters: readonly Filter[], values: Readonly<Record<string, string>>): Query {
  const asked = filters.flatMap(({ name }) => (values[name] ? [[name, values[name]]] : []))
  const { sort } = values
  return {
    ...Object.fromEntries(asked),
    ...(sort && { sort: sort.replace('-', ''), order: sort.startsWith('-') ? 'desc' : 'asc' }),
  }
}
