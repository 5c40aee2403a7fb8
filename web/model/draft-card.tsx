import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ModelResult, ShownModel } from '#contract/model.ts'
import type { PolicyVersions } from '#contract/policy.ts'
import { get, send } from '../ui/api.ts'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'

/** The way from a model to the policy it is drafted as, or why there is none and how to get one. */
export function DraftCard(of: {
  readonly model: ShownModel
  readonly result: ModelResult
}): ReactNode {
  const { pick, say } = useWords()
  const { draft, notDrafted } = of.result
  if (draft !== null && of.model.isDraftKept) {
    return (
      <Card title={say('model.draft')}>
        <p>
          <Link to={`/policies/${draft.id}`}>
            {say('model.draft.open', { number: draft.number })}
          </Link>
        </p>
        <p className="quiet">{say('model.draft.next')}</p>
      </Card>
    )
  }
  return (
    <Card title={say('model.draft')}>
      <p>{notDrafted ? pick(notDrafted) : say('model.draft.gone')}</p>
      {of.model.table === null && <DraftAgain id={of.model.id} />}
    </Card>
  )
}

function DraftAgain({ id }: { id: string }): ReactNode {
  const { say } = useWords()
  const versions = useQuery({
    queryKey: ['/api/policies'],
    queryFn: () => get<PolicyVersions>('/api/policies'),
  })
  const open = versions.data?.items.find(
    ({ kind, state }) => kind === 'scorecard' && state === 'draft',
  )
  const make = useAct<void, { number: number }>({
    send: (_none, key) =>
      send('POST', `/api/models/${id}/drafts`, { body: { replaces: open?.hash ?? null }, key }),
    done: (words, { number }) => words('model.draft.made', { number }),
    isProblemShown: true,
  })
  return (
    <>
      {open && (
        <p className="quiet">
          {say('model.draft.replaces', { by: open.createdBy, number: open.number })}
        </p>
      )}
      {make.error && <ProblemNote error={make.error} />}
      <div className="button-row">
        <Button disabled={!versions.data} loading={make.isPending} onClick={() => make.mutate()}>
          {say('model.draft.make')}
        </Button>
      </div>
    </>
  )
}
