import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { Allocation } from '#contract/receivable.ts'
import { ActButton } from '../ui/act-button.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { ReverseDialog } from './document-acts.tsx'

/** What was set against what, each with the other document; those in force can be taken back. */
export function AllocationTable(of: {
  readonly partyId: string
  readonly currency: string
  readonly allocations: readonly Allocation[]
  /** Which document the page is about. */
  readonly of: 'invoice' | 'credit'
}): ReactNode {
  const { say } = useWords()
  const mayNot = useMayNot()
  const [reversed, setReversed] = useState<Allocation | null>(null)
  const other = (one: Allocation) => (of.of === 'invoice' ? one.creditNumber : one.invoiceNumber)
  return (
    <div className="table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{say(of.of === 'invoice' ? 'credit.number' : 'invoice.number')}</th>
            <th>{say('credit.on')}</th>
            <th className="right">
              {say('ui.amount')} ({of.currency})
            </th>
            <th />
          </tr>
        </thead>
        <tbody>
          {of.allocations.map((one) => (
            <tr key={one.id} className={one.reversedOn ? 'is-over' : ''}>
              <td>
                <Other of={of.of} partyId={of.partyId} allocation={one} />
              </td>
              <td>
                <DayText day={one.effectiveOn} />
              </td>
              <td className="right">
                <Money amount={one.amount} currency={of.currency} isBare />
              </td>
              <td className="right">
                {one.reversedOn ? (
                  <span className="quiet">
                    {say('invoice.reversed', {
                      day: one.reversedOn,
                      reason: one.reversalReason ?? '-',
                    })}
                  </span>
                ) : (
                  <ActButton
                    size="small"
                    reason={mayNot('receivable:write')}
                    aria-label={say('credit.reverse.title', { number: other(one) })}
                    onClick={() => setReversed(one)}
                  >
                    {say('credit.reverse')}
                  </ActButton>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ReverseDialog
        partyId={of.partyId}
        allocation={reversed}
        against={reversed ? other(reversed) : ''}
        close={() => setReversed(null)}
      />
    </div>
  )
}

function Other(of: {
  readonly of: 'invoice' | 'credit'
  readonly partyId: string
  readonly allocation: Allocation
}): ReactNode {
  const { say } = useWords()
  const { allocation, partyId } = of
  if (of.of === 'credit') {
    return (
      <Link to={`/invoices/${partyId}/${allocation.invoiceId}`}>{allocation.invoiceNumber}</Link>
    )
  }
  const kind = allocation.creditKind as 'receipt' | 'credit-note' | 'write-off' | 'bill'
  return (
    <>
      <Link to={`/receipts/${partyId}/${allocation.creditId}`}>{allocation.creditNumber}</Link>{' '}
      <span className="quiet">{say(`credit.kind.${kind}`)}</span>
    </>
  )
}
