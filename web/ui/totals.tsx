import type { ReactNode } from 'react'
import { Money } from './money.tsx'

/** What a column adds up to, of all pages, in each currency. */
export function Totals(of: {
  readonly totals: readonly { readonly currency: string; readonly amount: string }[]
}): ReactNode {
  return of.totals.map(({ amount, currency }) => (
    <div key={currency}>
      <Money {...{ amount, currency }} />
    </div>
  ))
}
