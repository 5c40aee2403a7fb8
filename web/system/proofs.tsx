import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { Job, LedgerProof, QueuedJob } from '#contract/system.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { Mark } from '../ui/mark.tsx'
import { Card } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'

const proofs = [
  { name: 'exposure', path: '/api/exposure-verifications', needs: 'exposure:read' },
  { name: 'receivable', path: '/api/receivable-verifications', needs: 'receivable:read' },
] as const

/** Has each ledger proved from its entries. */
export function Proofs(): ReactNode {
  const { say } = useWords()
  return (
    <Card title={say('system.proofs')} extra={<Link to="/audit">{say('shell.audit')}</Link>}>
      {proofs.map((proof) => (
        <Proof key={proof.name} {...proof} />
      ))}
    </Card>
  )
}

function Proof({ name, needs, path }: (typeof proofs)[number]): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const [jobId, setJobId] = useState<string>()
  const run = useAct<void, QueuedJob>({
    send: (_none, key) => send('POST', path, { key }),
    touches: ['/api/jobs'],
    onDone: (job) => setJobId(job.jobId),
  })
  return (
    <>
      <h3>{say(`system.proof.${name}`)}</h3>
      <p className="quiet card-note">{say(`system.proof.${name}.about`)}</p>
      {jobId && <Outcome key={jobId} jobId={jobId} />}
      <ActButton
        reason={!may(needs) && say('ui.noPermission', { permission: needs })}
        loading={run.isPending}
        onClick={() => run.mutate()}
      >
        {say('system.prove')}
      </ActButton>
    </>
  )
}

function Outcome({ jobId }: { jobId: string }): ReactNode {
  const { say } = useWords()
  const path = `/api/jobs/${jobId}`
  const job = useQuery({ queryKey: [path], queryFn: () => get<Job>(path) })
  if (job.data?.state !== 'done') return <JobProgress jobId={jobId} title={say('system.proving')} />
  const { differenceCount, differences } = job.data.result as LedgerProof
  if (differenceCount === 0) {
    return (
      <p className="card-note">
        <Mark tone="good">{say('system.proved')}</Mark>
      </p>
    )
  }
  return (
    <>
      <Mark tone="bad">{say('system.disproved', { count: differenceCount })}</Mark>
      <pre className="source-text">{JSON.stringify(differences.slice(0, 20), null, 2)}</pre>
    </>
  )
}
