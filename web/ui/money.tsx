import type { ReactNode } from 'react'
import { amountText, signOf } from './amount-text.ts'
import { unitChoice } from './appearance.ts'

/** An amount with its currency, right for a column of figures; the full one stands in its title. */
export function Money({
  amount,
  currency,
  isBare = false,
}: {
  amount: string | null
  currency: string
  /** Where a column beside it names the currency. */
  isBare?: boolean
}): ReactNode {
  const unit = unitChoice.use()
  if (amount === null) return <span className="quiet">-</span>
  const isNegative = signOf(amount) < 0
  return (
    <span
      className={isNegative ? 'money negative' : 'money'}
      title={`${amountText(amount)} ${currency}`}
    >
      {amountText(amount, unit)}
      {!isBare && <span className="currency"> {currency}</span>}
    </span>
  )
}

/** A share in basis points, such as 8,512 for 85.1 %. */
export function Share({ bps }: { bps: number | null }): ReactNode {
  if (bps === null) return <span className="quiet">-</span>
  return <span className="figure">{(bps / 100).toFixed(1)} %</span>
}

export function DayText({ day }: { day: string | null | undefined }): ReactNode {
  return day ? <time dateTime={day}>{day}</time> : <span className="quiet">-</span>
}

/** A moment in the reader's own time, to the minute. */
export function MomentText({ moment }: { moment: string | null | undefined }): ReactNode {
  if (!moment) return <span className="quiet">-</span>
  return (
    <time dateTime={moment} title={moment}>
      {momentText(moment)}
    </time>
  )
}

export function momentText(moment: string): string {
  const at = new Date(moment)
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** One amount a currency, below each other. */
export function Totals(of: {
  readonly of: readonly { readonly currency: string; readonly amount: string }[]
}): ReactNode {
  return of.of.map(({ amount, currency }) => (
    <div key={currency}>
      <Money amount={amount} currency={currency} />
    </div>
  ))
}
