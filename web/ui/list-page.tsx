import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type Key, type ReactNode, useMemo, useState } from 'react'
import type { SavedView } from '#contract/customer.ts'
import type { WordKey } from '../words.ts'
import { ActButton } from './act-button.tsx'
import { get, pathWith, type Query } from './api.ts'
import { ColumnChoice } from './column-choice.tsx'
import { type Filter, FilterBar } from './filter-bar.tsx'
import { askedOrder, type Column, chosenColumns } from './list-column.tsx'
import { ListTable } from './list-table.tsx'
import { Page } from './page.tsx'
import { ProblemNote } from './problem.tsx'
import { SavedViews } from './saved-views.tsx'
import { UnitSwitch } from './unit-switch.tsx'
import { useRowKeys } from './use-row-keys.ts'
import { useUrlState } from './use-url-state.ts'
import { useWords } from './use-words.ts'

export type PageOf<Row> = { readonly items: readonly Row[]; readonly next: string | null }

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
  /** The same with a key each, which acts on the row in focus where none is ticked. */
  readonly acts?: readonly RowAct<Row>[]
  /** Answers the same filters as a workbook. */
  readonly exportPath?: string
  /** The workbook has the columns that are shown. */
  readonly isExportByColumns?: boolean
  readonly isInUnits?: boolean
  /** Keeps views of the list under this name. */
  readonly viewsOf?: SavedView['page']
  /** Asks for the totals of all pages with the first one. */
  readonly hasTotals?: boolean
  readonly count?: (first: Reply) => number | undefined
  /** What the totals leave out. */
  readonly remark?: (first: Reply) => string | null
  /** Told where there is nothing at all, without any filter. */
  readonly empty?: ReactNode
  readonly aside?: ReactNode
}

export type RowAct<Row> = {
  readonly key: string
  readonly name: WordKey
  /** Why the person may not. */
  readonly reason: string | null
  readonly run: (rows: readonly Row[]) => void
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
  const filtered = asksOf(of.filters, url.values)
  const order = askedOrder(of.columns(undefined), url.values.sort)
  const asked: Query = { ...of.query, ...filtered, ...order }
  const list = usePages<Row, Reply>(of.path, asked, of.hasTotals ?? false)
  const columns = of.columns(list.first)
  const chosen = chosenColumns(columns, url.values.columns)
  const keys = chosen.map(({ key }) => key)
  const [ticked, setTicked] = useState<readonly Key[]>([])
  const tickedRows = list.rows.filter((row) => ticked.includes(of.rowKey(row)))
  const canTick = of.batch !== undefined || of.acts !== undefined
  const keysRef = useRowKeys({
    tick: canTick ? (key) => setTicked((now) => toggled(now, key)) : undefined,
    acts: actsByKey(of.acts ?? [], (key) =>
      tickedRows.length > 0 ? tickedRows : list.rows.filter((row) => of.rowKey(row) === key),
    ),
  })
  const actions = <Tools<Row> list={of} columns={columns} chosen={keys} url={url} />
  const isFiltered = Object.keys(filtered).length > 0
  const whenEmpty = isFiltered ? undefined : of.empty
  return (
    <Page title={say(of.title)} note={of.note} actions={actions}>
      <FilterBar filters={of.filters} values={url.values} set={url.set} />
      {of.aside}
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      {canTick && tickedRows.length > 0 && (
        <BatchBar rows={tickedRows} clear={() => setTicked([])} batch={of.batch} acts={of.acts} />
      )}
      <div ref={keysRef}>
        <ListTable<Row>
          {...{
            name: say(of.title),
            rows: list.rows,
            columns: chosen,
            rowKey: of.rowKey,
            open: of.open,
          }}
          sort={url.values.sort}
          setSort={(sort) => url.set({ sort })}
          isLoading={list.isPending}
          isStale={list.isStale}
          more={list.more}
          empty={list.first ? whenEmpty : say(list.error ? 'ui.none' : 'ui.loading')}
          {...(canTick && { ticked, setTicked })}
        />
      </div>
      <p className="list-foot">
        <Counts of={list.first && of.count?.(list.first)} shown={list.rows.length} />
        {list.first && of.remark && <span className="negative">{of.remark(list.first)}</span>}
        {list.more && (
          <Button type="link" onClick={list.more}>
            {say('ui.loadMore')}
          </Button>
        )}
        <KeyHints acts={of.acts ?? []} canTick={canTick} canOpen={of.open !== undefined} />
      </p>
    </Page>
  )
}

function Tools<Row>({
  chosen,
  columns,
  list,
  url,
}: {
  readonly list: Pick<
    Of<Row, never>,
    'actions' | 'exportPath' | 'filters' | 'isExportByColumns' | 'isInUnits' | 'viewsOf'
  >
  readonly columns: readonly Column<Row>[]
  readonly chosen: readonly string[]
  readonly url: ReturnType<typeof useUrlState>
}): ReactNode {
  const { language, say } = useWords()
  return (
    <>
      {list.viewsOf && <SavedViews page={list.viewsOf} />}
      {list.isInUnits && <UnitSwitch />}
      <ColumnChoice
        columns={columns}
        chosen={chosen}
        choose={(next) => url.set({ columns: next })}
      />
      {list.exportPath && (
        <Button
          href={pathWith(list.exportPath, {
            ...asksOf(list.filters, url.values),
            ...askedOrder(columns, url.values.sort),
            language: language === 'en' ? 'en' : 'zh',
            columns: list.isExportByColumns ? chosen.join(',') : null,
          })}
        >
          {say('ui.export')}
        </Button>
      )}
      {list.actions}
    </>
  )
}

function BatchBar<Row>(of: {
  readonly rows: readonly Row[]
  readonly clear: () => void
  readonly batch: Of<Row, never>['batch']
  readonly acts: readonly RowAct<Row>[] | undefined
}): ReactNode {
  const { say } = useWords()
  return (
    <div className="batch-bar" role="toolbar" aria-label={say('ui.batch')}>
      <span>{say('ui.selected', { count: of.rows.length })}</span>
      {of.acts?.map(({ key, name, reason, run }) => (
        <ActButton key={key} size="small" reason={reason} onClick={() => run(of.rows)}>
          {say(name)}
        </ActButton>
      ))}
      {of.batch?.(of.rows, of.clear)}
      <Button type="link" size="small" onClick={of.clear}>
        {say('ui.clear')}
      </Button>
    </div>
  )
}

/** The keys of the list, in its foot. */
function KeyHints<Row>(of: {
  readonly acts: readonly RowAct<Row>[]
  readonly canTick: boolean
  readonly canOpen: boolean
}): ReactNode {
  const { say } = useWords()
  const hints: readonly (readonly [string, WordKey])[] = [
    ['j k', 'ui.keys.move'],
    ...(of.canTick ? [['x', 'ui.keys.tick'] as const] : []),
    ...(of.canOpen ? [['Enter', 'ui.keys.open'] as const] : []),
    ...of.acts.map(({ key, name }) => [key, name] as const),
  ]
  return (
    <span className="key-hints">
      {hints.map(([keys, name]) => (
        <span key={keys}>
          <kbd>{keys}</kbd> {say(name)}
        </span>
      ))}
    </span>
  )
}

function toggled(keys: readonly Key[], key: Key): readonly Key[] {
  return keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key]
}

function actsByKey<Row>(
  acts: readonly RowAct<Row>[],
  rowsFor: (key: string | undefined) => readonly Row[],
) {
  return Object.fromEntries(
    acts.map(({ key, reason, run }) => [
      key,
      (rowKey: string | undefined) => {
        const rows = rowsFor(rowKey)
        if (reason === null && rows.length > 0) run(rows)
      },
    ]),
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

export function usePages<Row, Reply extends PageOf<Row>>(
  path: string,
  asked: Query,
  hasTotals = false,
) {
  const list = useInfiniteQuery({
    queryKey: [path, asked],
    queryFn: ({ pageParam, signal }) => {
      const totals = hasTotals ? { totals: pageParam === null } : {}
      return get<Reply>(path, { ...asked, ...totals, limit: 100, after: pageParam }, signal)
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

function asksOf(filters: readonly Filter[], values: Readonly<Record<string, string>>): Query {
  return Object.fromEntries(
    filters.flatMap(({ name }) => (values[name] ? [[name, values[name]]] : [])),
  )
}
