import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'plain'

/** A state in a word, its tone in a colour. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return <span className={tone === 'plain' ? 'mark' : `mark mark-${tone}`}>{children}</span>
}
