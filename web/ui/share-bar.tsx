import type { ReactNode } from 'react'
import { shareBps, signOf, sumAmounts } from './amount-text.ts'

export type SharePart = {
  readonly name: string
  readonly amount: string
  /** From 0, good, to 6, bad; or a stage of exposure. */
  readonly tone: number | 'order' | 'delivered' | 'invoiced' | 'bill'
}

/** How a whole is made up, as a small bar; parts below zero are left out. */
export function ShareBar({
  label,
  parts,
}: {
  label: string
  parts: readonly SharePart[]
}): ReactNode {
  const shown = parts.filter(({ amount }) => signOf(amount) > 0)
  const whole = sumAmounts(shown.map(({ amount }) => amount))
  const shares = shown.map((part) => ({ ...part, bps: shareBps(part.amount, whole) ?? 0 }))
  const text = shares.map(({ bps, name }) => `${name} ${(bps / 100).toFixed(1)} %`).join(', ')
  return (
    <span className="share-bar" role="img" aria-label={`${label}: ${text || '-'}`} title={text}>
      {shares.map(({ bps, name, tone }) => (
        <span key={name} className={`share-${tone}`} style={{ flexGrow: bps }} />
      ))}
    </span>
  )
}
