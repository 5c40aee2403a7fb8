import type { ReactNode } from 'react'

export type Figure = {
  readonly name: string
  readonly value: ReactNode
  readonly note?: ReactNode
  readonly tone?: 'good' | 'warn' | 'bad'
}

/** The few figures that one looks for first, side by side. */
export function Figures({ items }: { items: readonly Figure[] }): ReactNode {
  return (
    <dl className="figures">
      {items.map(({ name, note, tone, value }) => (
        <div key={name} className={tone ? `tone-${tone}` : ''}>
          <dt>{name}</dt>
          <dd>
            <span className="figures-value">{value}</span>
            {note && <span className="figures-note">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
