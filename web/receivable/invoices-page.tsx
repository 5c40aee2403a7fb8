import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { InvoicePage as InvoiceList } from '#contract/receivable-list.ts'
import type { Column } from '../ui/list-column.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { DayText, Money, Totals } from '../ui/money.tsx'
import { EmptyState } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { InvoiceMark } from './invoice-state.tsx'

type Row = InvoiceList['items'][number]

const states = ['open', 'overdue', 'disputed', 'paid', 'voided', 'all'] as const

/** What was billed; what is open and due longest stands first. */
export function InvoicesPage(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const choices = states.map((value) => ({ value, label: say(`invoice.state.${value}`) }))
  return (
    <ListPage<Row, InvoiceList>
      title="invoice.title"
      path="/api/invoices"
      viewsOf="invoices"
      exportPath="/api/invoices.xlsx"
      hasTotals
      isInUnits
      filters={[
        { kind: 'choice', name: 'state', label: 'invoice.state', choices, usual: 'open' },
        { kind: 'customer', name: 'party', label: 'invoice.customer' },
        { kind: 'text', name: 'number', label: 'invoice.number' },
        { kind: 'day', name: 'dueFrom', label: 'invoice.dueFrom' },
        { kind: 'day', name: 'dueTo', label: 'invoice.dueTo' },
      ]}
      columns={columnsOf}
      rowKey={({ id }) => id}
      open={({ id, partyId }) => navigate(`/invoices/${partyId}/${id}`)}
      count={({ totals }) => totals?.reduce((sum, { count }) => sum + count, 0)}
      empty={<EmptyState title={say('invoice.empty')} />}
    />
  )
}

function columnsOf(first: InvoiceList | undefined): readonly Column<Row>[] {
  const totals = first?.totals ?? []
  return [
    {
      ...{ key: 'number', title: 'invoice.number', width: 184, isFixed: true, sort: 'number' },
      render: ({ number }) => number,
    },
    {
      ...{ key: 'customer', title: 'invoice.customer', width: 230 },
      render: ({ party }) => <span title={party.code}>{party.name}</span>,
    },
    {
      ...{ key: 'issuedOn', title: 'invoice.issuedOn', width: 110 },
      render: ({ issuedOn }) => <DayText day={issuedOn} />,
    },
    {
      ...{ key: 'dueOn', title: 'invoice.dueOn', width: 110, sort: 'dueOn' },
      render: ({ dueOn }) => <DayText day={dueOn} />,
    },
    {
      ...{ key: 'pastDue', title: 'invoice.pastDue', width: 124, isRight: true },
      render: ({ daysPastDue }) => (
        <span className={daysPastDue > 90 ? 'figure negative' : 'figure'}>
          {daysPastDue || '-'}
        </span>
      ),
    },
    {
      ...{ key: 'amount', title: 'invoice.amount', width: 156, isRight: true },
      render: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      total: <Totals of={totals} />,
    },
    {
      ...{ key: 'open', title: 'invoice.open', width: 156, isRight: true, sort: 'open' },
      render: ({ currency, open }) => <Money amount={open} currency={currency} />,
      total: <Totals of={totals.map(({ currency, open }) => ({ currency, amount: open }))} />,
    },
    {
      ...{ key: 'state', title: 'invoice.state', width: 96 },
      render: (invoice) => <InvoiceMark invoice={invoice} />,
    },
    {
      ...{ key: 'orderNumber', title: 'invoice.orderNumber', width: 150 },
      render: ({ orderNumber }) => orderNumber ?? <span className="quiet">-</span>,
    },
    {
      ...{ key: 'salesperson', title: 'ageing.salesperson', width: 100, isExtra: true },
      render: ({ salesperson }) => salesperson,
    },
    {
      ...{ key: 'department', title: 'ageing.department', width: 120, isExtra: true },
      render: ({ department }) => department,
    },
  ]
}
