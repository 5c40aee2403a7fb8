import { useQuery } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { type ReactNode, useEffect } from 'react'
import type { Job } from '#contract/system.ts'
import { get, send } from './api.ts'
import { useAct } from './use-act.ts'
import { useWords } from './use-words.ts'

/** How far long work is, with a way to stop it; `ended` is told once. */
export function JobProgress(of: {
  readonly jobId: string
  readonly title: string
  readonly stop?: string
  readonly ended?: (state: Job['state']) => void
}): ReactNode {
  const { say } = useWords()
  const path = `/api/jobs/${of.jobId}`
  const job = useQuery({
    queryKey: [path],
    queryFn: () => get<Job>(path),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 600),
  })
  const stop = useAct<void, unknown>({
    send: (_none, key) => send('DELETE', path, { key }),
    touches: [path],
  })
  const { ended } = of
  const over = isOver(job.data) ? job.data?.state : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, however often the page is drawn
  useEffect(() => {
    if (over) ended?.(over)
  }, [over])
  const { stepsDone = 0, stepsTotal = null } = job.data ?? {}
  const share = stepsTotal ? Math.floor((100 * stepsDone) / stepsTotal) : 0
  return (
    <div className="job-progress" role="status">
      <div>{of.title}</div>
      <Progress
        aria-label={of.title}
        percent={over === 'done' ? 100 : share}
        status={statusOf(over)}
      />
      {job.data?.state === 'failed' && (
        <p className="negative">
          <JobMessage job={job.data} />
        </p>
      )}
      {!over && of.stop && (
        <Button onClick={() => stop.mutate()} loading={stop.isPending}>
          {of.stop}
        </Button>
      )}
      {over === 'cancelled' && <p>{say('ui.cancelled')}</p>}
    </div>
  )
}

function isOver(job: Job | undefined): boolean {
  return job !== undefined && job.state !== 'waiting' && job.state !== 'running'
}

function statusOf(over: Job['state'] | undefined): 'active' | 'success' | 'exception' {
  if (over === undefined) return 'active'
  return over === 'done' ? 'success' : 'exception'
}

/** Why a job failed, in the language of the page. */
export function JobMessage({ job }: { job: Pick<Job, 'message' | 'messageZh'> }): ReactNode {
  return useWords().language === 'en' ? job.message : job.messageZh
}
