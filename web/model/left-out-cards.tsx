import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { ModelResult } from '#contract/model.ts'
import { Mark } from '../ui/mark.tsx'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { percentText } from './figure-text.ts'
import type { Staged } from './staged-changes.ts'

/** What seems to know the outcome, what is no characteristic and why, and what grades come to. */
export function LeftOutCards(of: {
  readonly result: ModelResult
  readonly staged: Staged
  readonly stage: (staged: Staged) => void
}): ReactNode {
  const { pick, say } = useWords()
  const { stage, staged } = of
  const { grades, leaks, leftOut } = of.result
  return (
    <>
      {leaks.length > 0 && (
        <Card title={say('model.leaks')}>
          <p className="quiet card-note">{say('model.leaks.help')}</p>
          <ul className="changes">
            {leaks.map(({ auc, id, isLeftOut, kind, label }) => (
              <li key={id}>
                <strong>{pick(label)}</strong> {say(`model.leaks.${kind}`, { auc: auc.toFixed(3) })}{' '}
                <Mark tone={isLeftOut ? 'good' : 'warn'}>
                  {say(isLeftOut ? 'model.leaks.isOut' : 'model.leaks.isIn')}
                </Mark>{' '}
                {!isLeftOut && (
                  <Button
                    size="small"
                    disabled={staged.without.includes(id)}
                    aria-label={say('model.leaveOut.of', { name: pick(label) })}
                    onClick={() => stage({ ...staged, without: [...staged.without, id] })}
                  >
                    {say('model.leaveOut')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {leftOut.length > 0 && (
        <Card>
          <details className="in-words left-out-list">
            <summary>
              {say('model.leftOut')} ({leftOut.length})
            </summary>
            <PlainTable titles={['model.characteristics', 'ui.reason', '>model.iv']}>
              {leftOut.map(({ id, iv, label, why }) => (
                <tr key={id}>
                  <th scope="row">{pick(label)}</th>
                  <td>{say(`model.leftOut.why.${why}`)}</td>
                  <td className="right">{iv?.toFixed(3) ?? '-'}</td>
                </tr>
              ))}
            </PlainTable>
          </details>
        </Card>
      )}
      {grades.length > 0 && (
        <Card title={say('model.grades')}>
          <PlainTable titles={['model.grade', '>model.chance']}>
            {grades.map(({ chance, grade }) => (
              <tr key={grade}>
                <th scope="row">{grade}</th>
                <td className="right">{percentText(chance)}</td>
              </tr>
            ))}
          </PlainTable>
        </Card>
      )}
    </>
  )
}
