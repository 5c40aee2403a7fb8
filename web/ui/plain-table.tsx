import type { ReactNode } from 'react'
import type { WordKey } from '../words.ts'
import { useWords } from './use-words.ts'

/** After `>` it stands over figures; after `~` it is only read out, such as over buttons. */
type Title = WordKey | `>${WordKey}` | `~${WordKey}`

/** A small table of a page, whose rows are all there; long ones are lists. */
export function PlainTable(of: {
  readonly titles: readonly Title[]
  readonly className?: string
  readonly children: ReactNode
}): ReactNode {
  return (
    <div className="table-scroll">
      <table className={of.className ? `plain-table ${of.className}` : 'plain-table'}>
        <thead>
          <tr>
            {of.titles.map((title) => (
              <TitleCell key={title} title={title} />
            ))}
          </tr>
        </thead>
        <tbody>{of.children}</tbody>
      </table>
    </div>
  )
}

function TitleCell({ title }: { title: Title }): ReactNode {
  const { say } = useWords()
  const [, mark, key] = /^([>~]?)(.*)$/.exec(title) ?? []
  const text = say(key as WordKey)
  return (
    <th scope="col" className={mark === '>' ? 'right' : ''}>
      {mark === '~' ? <span className="unseen">{text}</span> : text}
    </th>
  )
}
