import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { madeUpText } from '#kernel/document/made-up-customer.ts'
import type { DocumentProblem } from '#kernel/document/problem.ts'
import { momentText } from '../../ui/money.tsx'
import { useWords } from '../../ui/use-words.ts'
import type { KeptEdit } from './kept-edit.ts'

/** Says that something was written and not saved, and offers it. */
export function KeptNote(of: {
  readonly kept: KeptEdit
  readonly take: () => void
  readonly drop: () => void
}): ReactNode {
  const { say } = useWords()
  return (
    <Alert
      type="info"
      showIcon
      title={say('edit.kept', { moment: momentText(of.kept.at) })}
      action={
        <span className="acts">
          <Button onClick={of.take}>{say('edit.kept.take')}</Button>
          <Button onClick={of.drop}>{say('edit.kept.drop')}</Button>
        </span>
      }
    />
  )
}

/** What is wrong, each leading to its cell. */
export function ProblemList({ problems }: { problems: readonly DocumentProblem[] }): ReactNode {
  const { pick, say } = useWords()
  const goTo = (path: string) => {
    const cell = window.document.querySelector<HTMLElement>(
      `[data-path="${CSS.escape(cellOf(path))}"]`,
    )
    cell?.scrollIntoView({ block: 'center' })
    cell?.focus()
  }
  return (
    <section className="card problem-list" aria-label={say('edit.problems')}>
      <p role="status" className={problems.length > 0 ? 'negative' : 'quiet'}>
        {problems.length === 0
          ? say('edit.problems.none')
          : say('edit.save.problems', { count: problems.length })}
      </p>
      {problems.length > 0 && (
        <ul>
          {problems.slice(0, 20).map(({ message, path, remedy, shownBy }) => (
            <li key={`${path} ${message.en}`}>
              <button type="button" className="link" onClick={() => goTo(path)}>
                {path}
              </button>{' '}
              {pick(message)}: {pick(remedy)}
              {shownBy && (
                <span className="quiet">
                  {' '}
                  {say('edit.problems.example', {
                    customers: shownBy.map((each) => pick(madeUpText(each))).join('; '),
                  })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Bounds of a bin are told by their own keys, and stand in one cell. */
export function cellOf(path: string): string {
  return path.replace(/\.(from|above|upTo|below)$/, '').replace(/\.(days|code)$/, '')
}
