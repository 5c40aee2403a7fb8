import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { ModelResult } from '#contract/model.ts'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useWords } from '../ui/use-words.ts'
import { informationOf, nothingStaged, type Staged, stagedParts } from './staged-changes.ts'

/** What was changed by hand, what it costs so far as bins tell, and the way to train it. */
export function StagedBar(of: {
  readonly result: ModelResult
  readonly staged: Staged
  readonly stage: (staged: Staged) => void
  readonly again: {
    readonly mutate: () => void
    readonly isPending: boolean
    readonly error: unknown
  }
}): ReactNode {
  const { pick, say } = useWords()
  const { again, result, stage, staged } = of
  const { merges, without } = staged
  if (merges.length + without.length === 0) return null
  const merged = result.characteristics.filter(({ id }) => merges.some((each) => each.id === id))
  const labelOf = (id: string) =>
    [...result.characteristics, ...result.leaks].find((each) => each.id === id)?.label
  return (
    <Card className="act-foot" title={say('model.staged')}>
      {again.error !== null && <ProblemNote error={again.error} />}
      <ul className="changes">
        {merged.map((each) => (
          <li key={each.id}>
            {say('model.staged.merge', {
              name: pick(each.label),
              count: merges.filter(({ id }) => id === each.id).length,
              before: informationOf(each.parts).toFixed(3),
              after: informationOf(stagedParts(each, staged)).toFixed(3),
            })}
          </li>
        ))}
        {without.map((id) => {
          const label = labelOf(id)
          return <li key={id}>{say('model.staged.without', { name: label ? pick(label) : id })}</li>
        })}
      </ul>
      <div className="button-row">
        <Button type="primary" loading={again.isPending} onClick={() => again.mutate()}>
          {say('model.staged.train')}
        </Button>
        <Button onClick={() => stage(nothingStaged)}>{say('model.staged.drop')}</Button>
      </div>
    </Card>
  )
}
