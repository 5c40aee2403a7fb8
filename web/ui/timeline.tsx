import type { ReactNode } from 'react'
import { MomentText } from './money.tsx'

export type TimelineItem = {
  readonly id: string
  /** A day, or a moment. */
  readonly at: string
  readonly by?: string | null
  readonly title: ReactNode
  readonly text?: ReactNode
  readonly tone?: 'good' | 'bad' | 'plain'
}

/** What happened, newest first. */
export function Timeline({ items }: { items: readonly TimelineItem[] }): ReactNode {
  return (
    <ol className="timeline">
      {items.map(({ at, by, id, text, title, tone = 'plain' }) => (
        <li key={id} className={`tone-${tone}`}>
          <div className="timeline-when">
            {at.length > 10 ? <MomentText moment={at} /> : at}
            {by && <span> · {by}</span>}
          </div>
          <div>{title}</div>
          {text && <div className="quiet">{text}</div>}
        </li>
      ))}
    </ol>
  )
}
