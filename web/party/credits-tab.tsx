import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { CreditFileShown } from '#contract/credit-file.ts'
import type { CreditPage } from '#contract/receivable-list.ts'
import type { Column } from '../ui/list-column.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, EmptyState } from '../ui/page.tsx'
import { PagedTable } from '../ui/paged-table.tsx'
import { useWords } from '../ui/use-words.ts'

type Credit = CreditPage['items'][number]

/** What a customer paid and was credited, latest first. */
export function CreditsTab({ file }: { file: CreditFileShown }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const columns = useColumns()
  return (
    <Card>
      <PagedTable<Credit>
        name={say('file.tab.receipts')}
        path="/api/credits"
        query={{ party: file.partyId, state: 'all' }}
        columns={columns}
        rowKey={({ id }) => id}
        open={({ id, partyId }) => navigate(`/receipts/${partyId}/${id}`)}
        empty={<EmptyState title={say('file.credit.none')} />}
      />
    </Card>
  )
}

function useColumns(): readonly Column<Credit>[] {
  const { say } = useWords()
  return [
    {
      ...{ key: 'number', title: 'credit.number', width: 170, isFixed: true },
      render: ({ number }) => <strong>{number}</strong>,
    },
    {
      ...{ key: 'kind', title: 'credit.kind', width: 120 },
      render: ({ kind }) => say(`credit.kind.${kind}`),
    },
    {
      ...{ key: 'on', title: 'file.day', width: 110 },
      render: ({ effectiveOn }) => <DayText day={effectiveOn} />,
    },
    {
      ...{ key: 'amount', title: 'ui.amount', width: 170, isRight: true },
      render: ({ amount, currency }) => <Money {...{ amount, currency }} />,
    },
    {
      ...{ key: 'unapplied', title: 'credit.unapplied', width: 170, isRight: true },
      render: ({ currency, unapplied }) => <Money amount={unapplied} currency={currency} />,
    },
    {
      ...{ key: 'state', title: 'file.credit.state', width: 110 },
      render: ({ voidCause, voidedOn }) =>
        voidedOn && (
          <Mark tone="bad">
            {say(voidCause === 'returned' ? 'credit.state.returned' : 'credit.state.void')}
          </Mark>
        ),
    },
  ]
}
