import type { ReactNode } from 'react'

/** A share of a whole in percent, as a small bar with its figure; of a limit in use, full is bad. */
export function Progress(of: {
  readonly percent: number
  readonly label: string
  readonly isUse?: boolean
}): ReactNode {
  const { isUse = false, label, percent } = of
  const shown = Math.max(0, Math.min(100, percent))
  const full = isUse ? 'is-used-up' : 'is-full'
  return (
    <span className="progress" role="img" aria-label={`${label} ${percent}%`}>
      <span className={shown === 100 ? `progress-bar ${full}` : 'progress-bar'}>
        <span style={{ width: `${shown}%` }} />
      </span>
      <span className={isUse && percent > 100 ? 'figure negative' : 'figure'}>{percent}%</span>
    </span>
  )
}
