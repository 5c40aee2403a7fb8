import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { NewModel, ShownModel } from '#contract/model.ts'
import type { QueuedJob } from '#contract/system.ts'
import { get, send } from '../ui/api.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, Loaded, Page } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { type Say, useWords } from '../ui/use-words.ts'
import { CharacteristicCards } from './characteristic-cards.tsx'
import { DraftCard } from './draft-card.tsx'
import { LeftOutCards } from './left-out-cards.tsx'
import { ModelState } from './model-state.tsx'
import { OverviewCards } from './overview-cards.tsx'
import { QualityCards } from './quality-cards.tsx'
import { StagedBar } from './staged-bar.tsx'
import { askedWith, nothingStaged } from './staged-changes.ts'
import { WeightsCard } from './weights-card.tsx'

/** A scorecard from history: on its way, or with all by which it is judged. */
export function ModelPage(): ReactNode {
  const { say } = useWords()
  const { id = '' } = useParams()
  const path = `/api/models/${id}`
  const model = useQuery({ queryKey: [path], queryFn: () => get<ShownModel>(path) })
  const { data } = model
  return (
    <Page
      title={data ? titleOf(data, say) : say('model.title')}
      back={{ to: '/policies/models', name: say('model.title') }}
      note={
        data && (
          <>
            <ModelState state={data.state} kind={data.result?.kind ?? null} /> {data.requestedBy} ·{' '}
            <MomentText moment={data.createdAt} />
          </>
        )
      }
      actions={
        data && (
          <Link
            to={
              data.asked.table
                ? `/policies/models/tables/${data.asked.table.id}`
                : '/policies/models'
            }
            state={data.asked}
          >
            {say('model.again')}
          </Link>
        )
      }
    >
      <Loaded query={model} rows={10}>
        {(loaded) => <Stage key={loaded.id} model={loaded} />}
      </Loaded>
    </Page>
  )
}

function titleOf({ asked, table }: ShownModel, say: Say): string {
  if (table !== null) return say('model.table.of', { file: table })
  return say('model.asked', factsOf(asked))
}

function factsOf({ horizonDays = 0, months = 0, thresholdDays = 0 }: NewModel) {
  return { threshold: thresholdDays, horizon: horizonDays, months }
}

function Stage({ model }: { model: ShownModel }): ReactNode {
  const { pick, say } = useWords()
  const queries = useQueryClient()
  const { problem, result, state } = model
  if (result !== null) return <ModelTold model={model} result={result} />
  if (state === 'failed') {
    return (
      <Alert
        type="error"
        showIcon
        title={say('model.failed')}
        description={problem && pick(problem)}
      />
    )
  }
  if (state === 'cancelled') return <Alert type="info" showIcon title={say('model.stopped')} />
  return (
    <Card>
      <JobProgress
        jobId={model.id}
        title={say('model.training')}
        stop={say('model.stop')}
        ended={() => queries.invalidateQueries({ queryKey: [`/api/models/${model.id}`] })}
      />
      <p className="quiet">{say('model.training.text')}</p>
    </Card>
  )
}

function ModelTold(of: {
  readonly model: ShownModel
  readonly result: NonNullable<ShownModel['result']>
}): ReactNode {
  const { model, result } = of
  const navigate = useNavigate()
  const [staged, stage] = useState(nothingStaged)
  const again = useAct<void, QueuedJob>({
    send: (_none, key) => send('POST', '/api/models', { body: askedWith(model, staged), key }),
    touches: ['/api/models'],
    isProblemShown: true,
    onDone: ({ jobId }) => navigate(`/policies/models/${jobId}`),
  })
  return (
    <>
      <OverviewCards result={result} />
      <DraftCard model={model} result={result} />
      {result.kind === 'fitted' ? (
        <>
          <QualityCards result={result} />
          <CharacteristicCards result={result} staged={staged} stage={stage} />
        </>
      ) : (
        <WeightsCard result={result} />
      )}
      <LeftOutCards result={result} staged={staged} stage={stage} />
      <StagedBar result={result} staged={staged} stage={stage} again={again} />
    </>
  )
}
