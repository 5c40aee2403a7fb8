import type { ReactNode } from 'react'

/** A share of a whole in percent, as a small bar with its figure. */
export function Progress({ percent, label }: { percent: number; label: string }): ReactNode {
  const shown = Math.max(0, Math.min(100, percent))
  return (
    <span className="progress" role="img" aria-label={`${label} ${percent}%`}>
      <span className={shown === 100 ? 'progress-bar is-full' : 'progress-bar'}>
        <span style={{ width: `${shown}%` }} />
      </span>
      <span className="figure">{percent}%</span>
    </span>
  )
}
