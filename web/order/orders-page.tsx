import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { OrderPage } from '#contract/order-list.ts'
import { orderStates } from '#kernel/order/order-state.ts'
import { ActButton } from '../ui/act-button.tsx'
import { percentOf } from '../ui/amount-text.ts'
import type { Filter } from '../ui/filter-bar.tsx'
import type { Column } from '../ui/list-column.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { EmptyState } from '../ui/page.tsx'
import { PageTabs } from '../ui/page-tabs.tsx'
import { Progress } from '../ui/progress.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { Totals } from '../ui/totals.tsx'
import { useUrlState } from '../ui/use-url-state.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { OrderState } from './order-state.tsx'

type Row = OrderPage['items'][number]

/** Orders, latest first, each with how far it has come and what holds it. */
export function OrdersPage(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const columns = useColumns()
  const filters = useFilters()
  const { values } = useUrlState()
  // All orders of a company are too many to be added up for a look.
  const isNarrow = ['party', 'number', 'held', 'late'].some((name) => values[name])
  return (
    <ListPage<Row, OrderPage>
      title="order.orders"
      note={<OrderTabs />}
      path="/api/orders"
      viewsOf="orders"
      exportPath="/api/orders.xlsx"
      query={{ totals: isNarrow || null }}
      count={({ totals }) => totals?.reduce((sum, { count }) => sum + count, 0)}
      isInUnits
      {...{ filters, columns }}
      rowKey={({ id }) => id}
      open={({ id }) => navigate(`/orders/${id}`)}
      actions={<NewOrderButton />}
      empty={<EmptyState title={say('order.empty')} text={say('order.empty.text')} />}
    />
  )
}

/** Orders and the contracts that they call off. */
export function OrderTabs(): ReactNode {
  return (
    <PageTabs
      name="order.orders"
      tabs={[
        { to: '/orders', name: 'order.orders' },
        { to: '/orders/contracts', name: 'order.contracts' },
      ]}
    />
  )
}

function NewOrderButton(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const may = useMay()
  const reason = may('order:write') ? null : say('ui.noPermission', { permission: 'order:write' })
  return (
    <ActButton type="primary" reason={reason} onClick={() => navigate('/orders/new')}>
      {say('order.new')}
    </ActButton>
  )
}

function useFilters(): readonly Filter[] {
  const { say } = useWords()
  return [
    { name: 'party', label: 'ui.customer', kind: 'customer' },
    {
      ...{ name: 'state', label: 'order.state', kind: 'choice' },
      choices: orderStates.map((value) => ({ value, label: say(`order.state.${value}`) })),
    },
    { name: 'number', label: 'order.number', kind: 'text' },
    {
      ...{ name: 'held', label: 'order.held.filter', kind: 'choice' },
      choices: [{ value: 'true', label: say('order.held') }],
    },
    { name: 'requestedBefore', label: 'order.requestedBefore', kind: 'day' },
    {
      ...{ name: 'late', label: 'order.late', kind: 'choice' },
      choices: [{ value: 'true', label: say('order.late.true') }],
    },
  ]
}

function useColumns() {
  const { say } = useWords()
  return (first: OrderPage | undefined): readonly Column<Row>[] => [
    {
      ...{ key: 'number', title: 'order.number', width: 160, isFixed: true },
      render: ({ number }) => <strong>{number}</strong>,
    },
    {
      ...{ key: 'customer', title: 'ui.customer', width: 220 },
      render: ({ party }) => <span title={`${party.name} ${party.code}`}>{party.name}</span>,
    },
    {
      ...{ key: 'amount', title: 'ui.amount', width: 170, isRight: true },
      render: ({ amount, currency }) => <Money {...{ amount, currency }} />,
      ...(first?.totals && { total: <Totals totals={first.totals} /> }),
    },
    {
      ...{ key: 'state', title: 'order.state', width: 180 },
      render: (row) => (
        <span className="marks">
          <OrderState state={row.state} />
          {row.holds.length > 0 && row.state !== 'held' && (
            <Mark tone="bad">{say(row.waitsForRelease ? 'order.waits' : 'order.held')}</Mark>
          )}
        </span>
      ),
    },
    {
      ...{ key: 'requestedOn', title: 'order.requestedOn', width: 170 },
      render: ({ daysLate, requestedOn }) => (
        <span className="marks">
          <DayText day={requestedOn} />
          {daysLate > 0 && <Mark tone="warn">{say('order.daysLate', { count: daysLate })}</Mark>}
        </span>
      ),
    },
    {
      ...{ key: 'delivered', title: 'order.delivered', width: 120 },
      render: ({ amount, delivered }) => (
        <Progress label={say('order.delivered')} percent={percentOf(delivered, amount)} />
      ),
    },
    {
      ...{ key: 'invoiced', title: 'order.invoiced', width: 120 },
      render: ({ amount, invoiced }) => (
        <Progress label={say('order.invoiced')} percent={percentOf(invoiced, amount)} />
      ),
    },
    {
      ...{ key: 'orderedOn', title: 'order.orderedOn', width: 110 },
      render: ({ orderedOn }) => <DayText day={orderedOn} />,
    },
    {
      ...{ key: 'salesperson', title: 'order.salesperson', width: 100 },
      render: ({ salesperson }) => salesperson ?? <span className="quiet">-</span>,
    },
    {
      ...{ key: 'terms', title: 'order.terms', width: 130, isExtra: true },
      render: ({ terms }) => <TermsText terms={terms} />,
    },
  ]
}
