import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import type { Credit, Invoice } from '#contract/receivable.ts'
import { signOf } from '../ui/amount-text.ts'
import { Mark } from '../ui/mark.tsx'
import { useWords } from '../ui/use-words.ts'

type Seen = Pick<Invoice, 'dueOn' | 'open' | 'voidedOn'>

export function daysPastDue({ dueOn }: Pick<Invoice, 'dueOn'>): number {
  return dayjs().startOf('day').diff(dayjs(dueOn), 'day')
}

export function InvoiceMark({ invoice }: { invoice: Seen }): ReactNode {
  const { say } = useWords()
  if (invoice.voidedOn) return <Mark tone="plain">{say('invoice.state.voided')}</Mark>
  if (signOf(invoice.open) === 0) return <Mark tone="good">{say('invoice.state.paid')}</Mark>
  if (daysPastDue(invoice) > 0) return <Mark tone="bad">{say('invoice.state.overdue')}</Mark>
  return <Mark tone="plain">{say('invoice.state.open')}</Mark>
}

export function CreditMark({ credit }: { credit: Credit }): ReactNode {
  const { say } = useWords()
  if (credit.voidedOn) {
    const isReturned = credit.voidCause === 'returned'
    return (
      <Mark tone={isReturned ? 'bad' : 'plain'}>
        {say(isReturned ? 'credit.state.returned' : 'credit.state.void')}
      </Mark>
    )
  }
  const isUsed = signOf(credit.unapplied) === 0
  return (
    <Mark tone={isUsed ? 'good' : 'warn'}>
      {say(isUsed ? 'credit.state.used' : 'credit.state.unapplied')}
    </Mark>
  )
}
