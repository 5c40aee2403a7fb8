import { useQuery } from '@tanstack/react-query'
import { Progress } from 'antd'
import type { ReactNode } from 'react'
import type { Job, JobList } from '#contract/system.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { JobMessage } from '../ui/job-progress.tsx'
import { Mark, type Tone } from '../ui/mark.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, EmptyState, Loaded } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { words as known, type WordKey } from '../words.ts'

const tones: Readonly<Record<Job['state'], Tone>> = {
  waiting: 'plain',
  running: 'warn',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
}

const isOpen = ({ state }: Job) => state === 'waiting' || state === 'running'

/** The latest long work, with how far it is. */
export function JobTable(): ReactNode {
  const { say } = useWords()
  const jobs = useQuery({
    queryKey: ['/api/jobs'],
    queryFn: () => get<JobList>('/api/jobs'),
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? 1_000 : 15_000),
  })
  return (
    <Card title={say('system.jobs')}>
      <Loaded query={jobs}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('system.jobs.none')} />
          ) : (
            <PlainTable
              titles={[
                'system.job',
                'system.state',
                'system.progress',
                'system.requestedBy',
                'people.createdAt',
                'system.finishedAt',
                '~system.stop',
              ]}
            >
              {items.map((job) => (
                <JobRow key={job.id} job={job} />
              ))}
            </PlainTable>
          )
        }
      </Loaded>
    </Card>
  )
}

function JobRow({ job }: { job: Job }): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const stop = useAct<void, unknown>({
    send: (_none, key) => send('DELETE', `/api/jobs/${job.id}`, { key }),
    done: (words) => words('system.stopping'),
    touches: ['/api/jobs'],
  })
  const name = `system.job.${job.kind}`
  return (
    <tr>
      <th scope="row">{name in known ? say(name as WordKey) : job.kind}</th>
      <td>
        <Mark tone={tones[job.state]}>{say(`system.job.state.${job.state}`)}</Mark>
        {job.message && (
          <div className="negative">
            <JobMessage job={job} />
          </div>
        )}
      </td>
      <td>
        <JobShare job={job} label={say('system.progress')} />
      </td>
      <td>{job.requestedBy}</td>
      <td>
        <MomentText moment={job.createdAt} />
      </td>
      <td>
        <MomentText moment={job.finishedAt} />
      </td>
      <td className="right">
        {isOpen(job) && (
          <ActButton
            size="small"
            reason={!may('job:write') && say('ui.noPermission', { permission: 'job:write' })}
            loading={stop.isPending}
            onClick={() => stop.mutate()}
          >
            {say('system.stop')}
          </ActButton>
        )}
      </td>
    </tr>
  )
}

function JobShare({ job, label }: { job: Job; label: string }): ReactNode {
  if (job.stepsTotal === null || job.stepsTotal === 0) return <span className="quiet">-</span>
  const percent = Math.floor((100 * job.stepsDone) / job.stepsTotal)
  return <Progress aria-label={label} size="small" percent={percent} style={{ width: 130 }} />
}
