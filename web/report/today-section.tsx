import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { Card, EmptyState } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'

export type Line = {
  readonly key: string
  /** Where the act is done. */
  readonly to: string
  readonly party: { readonly code: string; readonly name: string }
  readonly what: ReactNode
  /** A second row of its own. */
  readonly why?: string | undefined
  readonly amount?: ReactNode
  readonly when: ReactNode
  readonly isPressing?: boolean
}

type Of = {
  readonly title: string
  readonly count: number
  /** There are more than were counted. */
  readonly more: boolean
  readonly note?: ReactNode
  readonly lines: readonly Line[]
  /** The list of all, with its filters. */
  readonly list?: string
  readonly empty: { readonly title: string; readonly text: string }
}

const shown = 6

/** What waits of one kind: how many, the most pressing of them, and the way to all. */
export function TodaySection(of: Of): ReactNode {
  const { say } = useWords()
  const [isWhole, setWhole] = useState(false)
  const lines = isWhole ? of.lines : of.lines.slice(0, shown)
  const count = `${of.count}${of.more ? '+' : ''}`
  const toggle = isWhole ? say('ui.less') : say('today.showAll', { count: of.lines.length })
  return (
    <Card
      className="today-section"
      title={
        <>
          {of.title} <span className={of.count > 0 ? 'mark mark-warn' : 'mark'}>{count}</span>
        </>
      }
      extra={
        of.list &&
        of.count > 0 && (
          <Link to={of.list} aria-label={`${of.title}: ${say('today.list')}`}>
            {say('today.list')} →
          </Link>
        )
      }
    >
      {of.count > 0 && of.note && <div className="today-note">{of.note}</div>}
      {of.lines.length === 0 ? (
        <EmptyState title={of.empty.title} text={of.empty.text} />
      ) : (
        <ul className="today-lines">
          {lines.map((line) => (
            <TodayLine key={line.key} line={line} />
          ))}
        </ul>
      )}
      {of.lines.length > shown && (
        <footer className="today-foot">
          <Button
            type="link"
            size="small"
            aria-label={`${of.title}: ${toggle}`}
            onClick={() => setWhole(!isWhole)}
          >
            {toggle}
          </Button>
          {isWhole && of.count > of.lines.length && (
            <span className="quiet">{say('today.first', { shown: of.lines.length })}</span>
          )}
        </footer>
      )}
    </Card>
  )
}

function TodayLine({ line }: { line: Line }): ReactNode {
  const { code, name } = line.party
  return (
    <li>
      <Link to={line.to} className="today-line">
        <span className="today-party" title={`${name} ${code}`}>
          {name}
        </span>
        <span className="today-what">{line.what}</span>
        <span className="today-amount">{line.amount}</span>
        <span className={line.isPressing ? 'today-when negative' : 'today-when'}>{line.when}</span>
        {line.why !== undefined && (
          <span className="today-why" title={line.why}>
            {line.why}
          </span>
        )}
      </Link>
    </li>
  )
}
