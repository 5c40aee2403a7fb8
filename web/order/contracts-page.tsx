import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { ContractPage } from '#contract/sales-contract.ts'
import type { Filter } from '../ui/filter-bar.tsx'
import type { Column } from '../ui/list-column.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { EmptyState } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useWords } from '../ui/use-words.ts'
import { NewContractButton } from './new-contract.tsx'
import { OrderTabs } from './orders-page.tsx'

type Row = ContractPage['items'][number]

/** Contracts with what was called off and delivered of them. */
export function ContractsPage(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const filters: readonly Filter[] = [
    { name: 'party', label: 'ui.customer', kind: 'customer' },
    {
      ...{ name: 'state', label: 'order.state', kind: 'choice' },
      choices: (['open', 'ended'] as const).map((value) => ({
        value,
        label: say(`order.contract.${value}`),
      })),
    },
  ]
  return (
    <ListPage<Row, ContractPage>
      title="order.contracts"
      note={<OrderTabs />}
      path="/api/contracts"
      isInUnits
      filters={filters}
      columns={useColumns()}
      rowKey={({ id }) => id}
      open={({ id }) => navigate(`/orders/contracts/${id}`)}
      actions={<NewContractButton />}
      empty={<EmptyState title={say('order.contract.empty')} />}
    />
  )
}

function useColumns() {
  const { say } = useWords()
  return (): readonly Column<Row>[] => [
    {
      ...{ key: 'number', title: 'order.contract', width: 125, isFixed: true },
      render: ({ number }) => <strong>{number}</strong>,
    },
    { ...{ key: 'title', title: 'order.title', width: 140 }, render: ({ title }) => title },
    {
      ...{ key: 'customer', title: 'ui.customer', width: 180 },
      render: ({ party }) => <span title={party.code}>{party.name}</span>,
    },
    {
      ...{ key: 'amount', title: 'ui.amount', width: 150, isRight: true },
      render: ({ amount, currency }) => <Money {...{ amount, currency }} />,
    },
    {
      ...{ key: 'ordered', title: 'order.called', width: 105 },
      render: ({ orderedPercent }) => (
        <Progress label={say('order.called')} percent={orderedPercent} />
      ),
    },
    {
      ...{ key: 'delivered', title: 'order.delivered', width: 105 },
      render: ({ deliveredPercent }) => (
        <Progress label={say('order.delivered')} percent={deliveredPercent} />
      ),
    },
    {
      ...{ key: 'signedOn', title: 'order.signedOn', width: 105 },
      render: ({ signedOn }) => <DayText day={signedOn} />,
    },
    {
      ...{ key: 'toOn', title: 'order.toOn', width: 105 },
      render: ({ toOn }) => <DayText day={toOn} />,
    },
    {
      ...{ key: 'terms', title: 'order.terms', width: 100 },
      render: ({ terms }) => <TermsText terms={terms} />,
    },
    {
      ...{ key: 'state', title: 'order.state', width: 80 },
      render: ({ state }) => (
        <Mark tone={state === 'open' ? 'good' : 'plain'}>{say(`order.contract.${state}`)}</Mark>
      ),
    },
  ]
}
