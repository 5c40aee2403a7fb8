import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { OrderPage } from '#contract/order-list.ts'
import { OrderState } from '../order/order-state.tsx'
import { percentOf } from '../ui/amount-text.ts'
import type { Column } from '../ui/list-column.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { PagedTable } from '../ui/paged-table.tsx'
import { Progress } from '../ui/progress.tsx'
import { useWords } from '../ui/use-words.ts'

type Order = OrderPage['items'][number]

/** The orders of a customer, latest first. */
export function OrdersTab({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const columns = useColumns()
  return (
    <Card>
      <PagedTable<Order>
        name={say('file.tab.orders')}
        path="/api/orders"
        query={{ party: file.partyId }}
        columns={columns}
        rowKey={({ id }) => id}
        open={({ id }) => navigate(`/orders/${id}`)}
        empty={<EmptyState title={say('file.orders.none')} />}
      />
    </Card>
  )
}

function useColumns(): readonly Column<Order>[] {
  const { say } = useWords()
  return [
    {
      ...{ key: 'number', title: 'order.number', width: 170, isFixed: true },
      render: ({ number }) => <strong>{number}</strong>,
    },
    {
      ...{ key: 'orderedOn', title: 'order.orderedOn', width: 110 },
      render: ({ orderedOn }) => <DayText day={orderedOn} />,
    },
    {
      ...{ key: 'state', title: 'order.state', width: 120 },
      render: ({ state }) => <OrderState state={state} />,
    },
    {
      ...{ key: 'requestedOn', title: 'order.requestedOn', width: 110 },
      render: ({ requestedOn }) => <DayText day={requestedOn} />,
    },
    {
      ...{ key: 'amount', title: 'ui.amount', width: 170, isRight: true },
      render: ({ amount, currency }) => <Money {...{ amount, currency }} />,
    },
    {
      ...{ key: 'delivered', title: 'order.delivered', width: 120 },
      render: ({ amount, delivered }) => (
        <Progress label={say('order.delivered')} percent={percentOf(delivered, amount)} />
      ),
    },
    {
      ...{ key: 'salesperson', title: 'order.salesperson', width: 110 },
      render: ({ salesperson }) => salesperson ?? <span className="quiet">-</span>,
    },
  ]
}
