import type { ReactNode } from 'react'
import { useWords } from './use-words.ts'

export type Undone = { readonly name: string; readonly problem: string }

/** What of several was not done, and why. */
export function NotDone({ undone }: { undone: readonly Undone[] }): ReactNode {
  const { say } = useWords()
  return (
    <div role="alert" className="not-done">
      <strong>{say('ui.notDone', { count: undone.length })}</strong>
      <ul>
        {undone.map(({ name, problem }) => (
          <li key={name}>
            {name}: {problem}
          </li>
        ))}
      </ul>
    </div>
  )
}
