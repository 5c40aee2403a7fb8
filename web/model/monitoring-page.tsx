import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { Monitoring, MonitoringList } from '#contract/monitoring.ts'
import type { QueuedJob } from '#contract/system.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { Mark } from '../ui/mark.tsx'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { ShiftedCard, verdictTone } from './shifted-card.tsx'

const path = '/api/scorecard-monitoring'

/** How the scorecard that counts keeps up with the customers that it rates. */
export function MonitoringPage(): ReactNode {
  const { say } = useWords()
  const reason = useMayNot()('policy:write')
  const list = useQuery({
    queryKey: [path],
    queryFn: () => get<MonitoringList>(path),
    enabled: reason === null,
  })
  const [asked, setAsked] = useState<string | null>(null)
  const look = useAct<void, QueuedJob>({
    send: (_none, key) => send('POST', path, { key }),
    touches: [],
    onDone: ({ jobId }) => setAsked(jobId),
  })
  const running = asked ?? list.data?.running ?? null
  return (
    <Page
      title={say('monitor.title')}
      back={{ to: '/policies', name: say('shell.policies') }}
      note={say('monitor.note')}
      actions={
        <ActButton
          reason={reason ?? (running !== null && say('monitor.running'))}
          loading={look.isPending}
          onClick={() => look.mutate()}
        >
          {say('monitor.start')}
        </ActButton>
      }
    >
      {reason !== null && <p role="status">{reason}</p>}
      {running !== null && (
        <Card>
          <JobProgress
            key={running}
            jobId={running}
            title={say('monitor.running')}
            ended={() => {
              setAsked(null)
              list.refetch()
            }}
          />
        </Card>
      )}
      {reason === null && <Loaded query={list}>{({ items }) => <Told items={items} />}</Loaded>}
    </Page>
  )
}

function Told({ items }: Pick<MonitoringList, 'items'>): ReactNode {
  const { pick, say } = useWords()
  const [latest] = items
  if (!latest) {
    return (
      <Card>
        <EmptyState title={say('monitor.none')} text={say('monitor.none.text')} />
      </Card>
    )
  }
  return (
    <>
      {latest.alerts.length > 0 && (
        <div className="alerts">
          {latest.alerts.map((alert) => (
            <Alert key={alert.en} type="warning" showIcon title={pick(alert)} />
          ))}
        </div>
      )}
      <Overview latest={latest} />
      <ShiftedCard latest={latest} />
      <Calibration latest={latest} />
      {items.length > 1 && <Earlier items={items} />}
    </>
  )
}

function Overview({ latest }: { latest: Monitoring }): ReactNode {
  const { say } = useWords()
  const { asOf, beforeOn, customers, number, overrides, versionId } = latest
  const { inForce, lowered, raised } = overrides
  const share = overrides.customers > 0 ? ((inForce / overrides.customers) * 100).toFixed(1) : '0'
  return (
    <Card
      title={say('monitor.asOf', { day: asOf })}
      extra={<Link to={`/policies/${versionId}`}>{say('policy.number', { number })}</Link>}
    >
      <p>
        {say('monitor.against', { day: beforeOn, before: customers.before, now: customers.now })}
      </p>
      <p>
        {latest.alerts.length === 0 && `${say('monitor.fine')} `}
        {say('monitor.overrides', { count: inForce, share, raised, lowered })}
      </p>
    </Card>
  )
}

function Calibration({ latest: { calibration } }: { latest: Monitoring }): ReactNode {
  const { say } = useWords()
  const { bad, customers, expected, horizonDays, on, thresholdDays } = calibration
  return (
    <Card title={say('monitor.calibration')}>
      <p className="quiet">
        {say('monitor.calibration.note', { day: on, days: thresholdDays, horizon: horizonDays })}
      </p>
      <p>
        {say('monitor.calibration.sum', { customers, bad, expected: expected.toFixed(1) })}{' '}
        <Mark tone={verdictTone(calibration.verdict)}>
          {say(`monitor.verdict.${calibration.verdict}`)}
        </Mark>
      </p>
      <PlainTable
        titles={[
          ...(['impact.grade', '>monitor.customers', '>monitor.bad'] as const),
          ...(['>monitor.observed', '>monitor.told', 'monitor.verdict'] as const),
        ]}
      >
        {calibration.grades.map((each) => (
          <tr key={each.grade}>
            <th scope="row">{each.grade}</th>
            <td className="right">{each.customers}</td>
            <td className="right">{each.bad}</td>
            <td className="right">
              {each.customers === 0 ? '-' : `${((each.bad / each.customers) * 100).toFixed(2)}%`}
            </td>
            <td className="right">{each.told ?? '-'}</td>
            <td>
              {each.verdict && (
                <Mark tone={verdictTone(each.verdict)}>
                  {say(`monitor.verdict.${each.verdict}`)}
                </Mark>
              )}
            </td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}

function Earlier({ items }: Pick<MonitoringList, 'items'>): ReactNode {
  const { say } = useWords()
  return (
    <Card title={say('monitor.earlier')}>
      <PlainTable
        titles={[
          ...(['monitor.day', 'policy.version', '>monitor.psi', '>monitor.bad'] as const),
          ...(['>monitor.expected', '>monitor.inForce', '>monitor.alerts'] as const),
        ]}
      >
        {items.map(({ alerts, asOf, calibration, number, overrides, score }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: several may be of one day
          <tr key={at}>
            <th scope="row">{asOf}</th>
            <td>{say('policy.number', { number })}</td>
            <td className="right">{score.psi.toFixed(3)}</td>
            <td className="right">{calibration.bad}</td>
            <td className="right">{calibration.expected.toFixed(1)}</td>
            <td className="right">{overrides.inForce}</td>
            <td className="right">{alerts.length}</td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}
