import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import type { WordKey } from '../words.ts'
import { useWords } from './use-words.ts'

/** Pages that belong together; each has an address of its own. */
export function PageTabs(of: {
  readonly name: WordKey
  readonly tabs: readonly { readonly to: string; readonly name: WordKey }[]
}): ReactNode {
  const { say } = useWords()
  return (
    <nav className="tabs" aria-label={say(of.name)}>
      {of.tabs.map(({ name, to }) => (
        <NavLink key={to} to={to} end>
          {say(name)}
        </NavLink>
      ))}
    </nav>
  )
}
