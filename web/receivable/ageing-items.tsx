import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { AgedItemPage, Ageing } from '#contract/ageing.ts'
import { get, type Query } from '../ui/api.ts'
import { DrillDrawer } from '../ui/drill-drawer.tsx'
import type { Column } from '../ui/list-column.tsx'
import { ListTable } from '../ui/list-table.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useWords } from '../ui/use-words.ts'
import type { AgedItem } from './use-ageing.ts'

/** A figure of the totals that a person wants to see the documents of; all columns where it is ''. */
export type Drill = { readonly column: string; readonly currency: string }

type Of = {
  readonly asked: Query
  readonly ageing: Ageing | undefined
  readonly drill: Drill | null
  readonly close: () => void
}

/** The documents behind a column of the ageing, what is due longest first. */
export function AgeingItems({ ageing, asked, close, drill }: Of): ReactNode {
  const { pick, say } = useWords()
  const column = drill?.column ?? ''
  const bucket = ageing?.buckets[Number(column) - 1]
  const name =
    column === 'not-due'
      ? say('ageing.notDue')
      : column === 'unapplied-credits'
        ? say('ageing.credits')
        : bucket
          ? pick(bucket.label)
          : say('ageing.balance')
  return (
    <DrillDrawer
      title={say('ageing.behind', { column: name })}
      isOpen={drill !== null}
      close={close}
      width={880}
    >
      {drill && <Items asked={asked} drill={drill} />}
    </DrillDrawer>
  )
}

function Items({ asked, drill }: { asked: Query; drill: Drill }): ReactNode {
  const navigate = useNavigate()
  const { convertTo, sort, ...rest } = asked
  const query: Query = {
    ...rest,
    column: drill.column,
    ...(convertTo === drill.currency ? {} : { currency: drill.currency }),
  }
  const list = useInfiniteQuery({
    queryKey: ['/api/ageing/items', 'column', query],
    queryFn: ({ pageParam, signal }) =>
      get<AgedItemPage>('/api/ageing/items', { ...query, limit: 100, after: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  if (list.error) return <ProblemNote error={list.error} retry={() => list.refetch()} />
  const canGoOn = list.hasNextPage && !list.isFetchingNextPage
  return (
    <ListTable<AgedItem>
      rows={list.data?.pages.flatMap(({ items }) => items) ?? []}
      columns={columns}
      rowKey={({ id }) => id}
      open={({ id, kind, partyId }) =>
        navigate(`/${kind === 'invoice' ? 'invoices' : 'receipts'}/${partyId}/${id}`)
      }
      isLoading={list.isPending}
      more={canGoOn ? () => list.fetchNextPage() : undefined}
    />
  )
}

const columns: readonly Column<AgedItem>[] = [
  {
    ...{ key: 'number', title: 'invoice.number', width: 160, isFixed: true },
    render: ({ number }) => number,
  },
  {
    ...{ key: 'customer', title: 'ageing.customer', width: 240 },
    render: ({ party }) => party.name,
  },
  {
    ...{ key: 'dueOn', title: 'invoice.dueOn', width: 110 },
    render: ({ dueOn }) => <DayText day={dueOn} />,
  },
  {
    ...{ key: 'pastDue', title: 'invoice.pastDue', width: 110, isRight: true },
    render: ({ daysPastDue }) => <span className="figure">{daysPastDue || '-'}</span>,
  },
  {
    ...{ key: 'open', title: 'invoice.open', width: 160, isRight: true },
    render: ({ currency, open }) => <Money amount={open} currency={currency} />,
  },
]
