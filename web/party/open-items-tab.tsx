import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { AgedItemPage } from '#contract/ageing.ts'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { Query } from '../ui/api.ts'
import type { Column } from '../ui/list-column.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { PagedTable } from '../ui/paged-table.tsx'
import { useWords } from '../ui/use-words.ts'

type Item = AgedItemPage['items'][number]

/** What was open on the day. */
export function OpenItemsTab({ file }: { file: CreditFileShown }): ReactNode {
  return (
    <Card>
      <OpenItems partyId={file.partyId} query={{ asOf: file.asOf }} />
    </Card>
  )
}

/** Open invoices and unapplied credits of a party, of one column of the ageing or all. */
export function OpenItems(of: {
  readonly partyId: string
  readonly query: Query
  readonly height?: number
}): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const columns = useColumns()
  return (
    <PagedTable<Item>
      name={say('file.tab.open-items')}
      path={`/api/parties/${of.partyId}/open-items`}
      query={of.query}
      columns={columns}
      rowKey={({ id }) => id}
      open={({ id, kind, partyId }) =>
        navigate(`/${kind === 'invoice' ? 'invoices' : 'receipts'}/${partyId}/${id}`)
      }
      empty={<EmptyState title={say('file.item.none')} text={say('file.item.none.text')} />}
      {...(of.height !== undefined && { height: of.height })}
    />
  )
}

function useColumns(): readonly Column<Item>[] {
  const { say } = useWords()
  return [
    {
      ...{ key: 'number', title: 'file.item.number', width: 150, isFixed: true },
      render: ({ number }) => <strong>{number}</strong>,
    },
    {
      ...{ key: 'kind', title: 'file.item.kind', width: 90 },
      render: ({ kind }) => say(`file.item.${kind}`),
    },
    {
      ...{ key: 'issuedOn', title: 'invoice.issuedOn', width: 100 },
      render: ({ issuedOn }) => <DayText day={issuedOn} />,
    },
    {
      ...{ key: 'dueOn', title: 'invoice.dueOn', width: 100 },
      render: ({ dueOn }) => <DayText day={dueOn} />,
    },
    {
      ...{ key: 'pastDue', title: 'invoice.pastDue', width: 125, isRight: true },
      render: ({ daysPastDue }) => <span className="figure">{daysPastDue || '-'}</span>,
    },
    {
      ...{ key: 'amount', title: 'ui.amount', width: 150, isRight: true },
      render: ({ amount, currency }) => <Money {...{ amount, currency }} />,
    },
    {
      ...{ key: 'open', title: 'invoice.open', width: 150, isRight: true },
      render: ({ currency, open }) => <Money amount={open} currency={currency} />,
    },
  ]
}
