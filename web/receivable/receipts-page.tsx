import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import type { CreditPage as CreditList } from '#contract/receivable-list.ts'
import { ActButton } from '../ui/act-button.tsx'
import type { Column } from '../ui/list-column.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { DayText, Money, Totals } from '../ui/money.tsx'
import { EmptyState } from '../ui/page.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { CreditMark } from './invoice-state.tsx'
import { NewReceiptDialog } from './new-receipt-dialog.tsx'

type Row = CreditList['items'][number]

const kinds = ['receipt', 'bill', 'credit-note', 'write-off'] as const

/** What came in; what still waits to be set against invoices, unless all is asked for. */
export function ReceiptsPage(): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const navigate = useNavigate()
  const [isNew, setNew] = useState(false)
  return (
    <>
      <ListPage<Row, CreditList>
        title="credit.title"
        path="/api/credits"
        viewsOf="receipts"
        exportPath="/api/credits.xlsx"
        query={{ state: 'unapplied' }}
        hasTotals
        isInUnits
        filters={[
          {
            ...{ kind: 'choice', name: 'state', label: 'invoice.state', usual: 'unapplied' },
            choices: [
              { value: 'unapplied', label: say('credit.state.unapplied') },
              { value: 'all', label: say('ui.all') },
            ],
          },
          {
            ...{ kind: 'choice', name: 'kind', label: 'credit.kind' },
            choices: kinds.map((value) => ({ value, label: say(`credit.kind.${value}`) })),
          },
          { kind: 'customer', name: 'party', label: 'invoice.customer' },
          { kind: 'text', name: 'number', label: 'credit.number' },
          { kind: 'day', name: 'from', label: 'ui.from' },
          { kind: 'day', name: 'to', label: 'ui.to' },
        ]}
        columns={(first) => columnsOf(first, say)}
        rowKey={({ id }) => id}
        open={({ id, partyId }) => navigate(`/receipts/${partyId}/${id}`)}
        count={({ totals }) => totals?.reduce((sum, { count }) => sum + count, 0)}
        actions={
          <ActButton
            type="primary"
            reason={mayNot('receivable:write')}
            onClick={() => setNew(true)}
          >
            {say('credit.new')}
          </ActButton>
        }
        empty={<EmptyState title={say('credit.empty')} text={say('credit.empty.text')} />}
      />
      <NewReceiptDialog isOpen={isNew} close={() => setNew(false)} />
    </>
  )
}

function columnsOf(first: CreditList | undefined, say: Say): readonly Column<Row>[] {
  const totals = first?.totals ?? []
  return [
    {
      ...{ key: 'number', title: 'credit.number', width: 184, isFixed: true },
      render: ({ number }) => number,
    },
    {
      ...{ key: 'customer', title: 'invoice.customer', width: 230 },
      render: ({ party }) => <span title={party.code}>{party.name}</span>,
    },
    {
      ...{ key: 'kind', title: 'credit.kind', width: 120 },
      render: ({ kind }) => say(`credit.kind.${kind}`),
    },
    {
      ...{ key: 'on', title: 'credit.on', width: 110 },
      render: ({ effectiveOn }) => <DayText day={effectiveOn} />,
    },
    {
      ...{ key: 'amount', title: 'credit.amount', width: 164, isRight: true },
      render: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      total: <Totals of={totals} />,
    },
    {
      ...{ key: 'unapplied', title: 'credit.unapplied', width: 164, isRight: true },
      render: ({ currency, unapplied }) => <Money amount={unapplied} currency={currency} />,
      total: (
        <Totals of={totals.map(({ currency, unapplied }) => ({ currency, amount: unapplied }))} />
      ),
    },
    {
      ...{ key: 'state', title: 'invoice.state', width: 100 },
      render: (credit) => <CreditMark credit={credit} />,
    },
    {
      ...{ key: 'note', title: 'invoice.note', width: 200 },
      render: ({ note }) => note ?? <span className="quiet">-</span>,
    },
  ]
}
