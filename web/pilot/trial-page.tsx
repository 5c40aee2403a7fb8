import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { TrialReadout } from '#contract/pilot.ts'
import { get } from '../ui/api.ts'
import { DayText } from '../ui/money.tsx'
import { Card, Descriptions, Loaded, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { Comparison, figureName, isDifferent } from './comparison.tsx'

/** The challengers of a trial beside its champions: a result only when its day has come. */
export function TrialPage(): ReactNode {
  const { say } = useWords()
  const { kind = '', name = '' } = useParams()
  const path = `/api/policy-trials/${kind}/${encodeURIComponent(name)}`
  const trial = useQuery({ queryKey: [path], queryFn: () => get<TrialReadout>(path) })
  return (
    <Page
      title={say('pilot.trial', { name })}
      back={{ to: '/policies/pilots', name: say('pilot.title') }}
      actions={<Button onClick={() => window.print()}>{say('ui.print')}</Button>}
    >
      <Loaded query={trial}>{(shown) => <Told trial={shown} />}</Loaded>
    </Page>
  )
}

function Told({ trial }: { trial: TrialReadout }): ReactNode {
  const { pick, say } = useWords()
  const { comparison, isDue, kind, parts, readOn, share, since, versionId } = trial
  return (
    <>
      <Card title={say('pilot.trials')}>
        <Descriptions
          items={[
            [
              say('pilot.policy'),
              <Link key="policy" to={`/policies/${versionId}`}>
                {say(`policy.kind.${kind}`)}
              </Link>,
            ],
            [say('pilot.share'), share],
            [say('pilot.since'), <DayText key="since" day={since} />],
            [say('pilot.readOn'), <DayText key="readOn" day={readOn} />],
            [
              say('pilot.parts'),
              parts
                .map(({ group, label }) => `${say(`pilot.${group}`)}: ${pick(label)}`)
                .join('; '),
            ],
          ]}
        />
      </Card>
      <Card title={say('pilot.became')}>
        <Alert type={isDue ? 'success' : 'warning'} title={<Result trial={trial} />} />
        <Comparison
          comparison={comparison}
          names={{ champion: 'pilot.champion', challenger: 'pilot.challenger' }}
          isResult={isDue}
        />
      </Card>
    </>
  )
}

function Result({ trial: { comparison, isDue, readOn } }: { trial: TrialReadout }): ReactNode {
  const { say } = useWords()
  if (!isDue) return say('pilot.notDue', { day: readOn })
  const found = comparison.figures.filter(isDifferent)
  if (found.length === 0) return say('pilot.result.none')
  const figures = found.map(
    ({ id, verdict }) =>
      `${figureName(id, comparison, say)} ${say(`pilot.verdict.${verdict}`, { detectable: '' })}`,
  )
  return say('pilot.result.some', { figures: figures.join('; ') })
}
