import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import type { PolicyReplay, ShownReplay } from '#contract/replay.ts'
import { get } from '../ui/api.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { Card, Loaded, Page } from '../ui/page.tsx'
import { UnitSwitch } from '../ui/unit-switch.tsx'
import { useWords } from '../ui/use-words.ts'
import { FrontierCard } from './frontier-card.tsx'
import { ReplayDetail } from './replay-detail.tsx'
import { ReplaySummary } from './replay-summary.tsx'

/** One replay: how far it is, or what it came to. It prints as a report. */
export function ReplayPage(): ReactNode {
  const { say } = useWords()
  const { id = '' } = useParams()
  const path = `/api/policy-replays/${id}`
  const replay = useQuery({ queryKey: [path], queryFn: () => get<ShownReplay>(path) })
  const result = replay.data?.result
  return (
    <Page
      title={
        result
          ? `${say('replay.title')} · ${say(`policy.kind.${result.kind}`)}`
          : say('replay.title')
      }
      back={{ to: '/policies/lab', name: say('replay.title') }}
      note={result && <Basis result={result} />}
      actions={
        result && (
          <>
            <UnitSwitch />
            <Button onClick={() => window.print()}>{say('ui.print')}</Button>
          </>
        )
      }
    >
      <Loaded query={replay}>
        {(shown) =>
          shown.result ? (
            <Told id={id} result={shown.result} />
          ) : (
            <Card>
              <JobProgress
                jobId={id}
                title={say('replay.running')}
                stop={say('replay.stop')}
                ended={() => replay.refetch()}
              />
            </Card>
          )
        }
      </Loaded>
    </Page>
  )
}

function Told({ id, result }: { id: string; result: PolicyReplay }): ReactNode {
  const { pick, say } = useWords()
  return (
    <>
      <ReplaySummary result={result} />
      <FrontierCard id={id} result={result} />
      <ReplayDetail result={result} />
      <Card title={say('replay.cannotSay')}>
        <ul className="plain-list">
          {result.cannotSay.map((sentence) => (
            <li key={sentence.en}>{pick(sentence)}</li>
          ))}
        </ul>
      </Card>
    </>
  )
}

function Basis({ result }: { result: PolicyReplay }): ReactNode {
  const { say } = useWords()
  return say('replay.basis', {
    ...{ from: result.from, to: result.asOf, customers: result.customers },
    ...{ margin: result.marginPercent, loss: result.lossAfterDays },
    patience: result.patienceDays,
  })
}
