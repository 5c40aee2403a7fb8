import { useQuery } from '@tanstack/react-query'
import { Alert, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { AuditVerification } from '#contract/audit.ts'
import type { Job, QueuedJob } from '#contract/system.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { JobProgress } from '../ui/job-progress.tsx'
import { Descriptions } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'

/** Has every hash of the trail computed anew, and tells what does not agree. */
export function VerifyTrail(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const [jobId, setJobId] = useState<string>()
  const verify = useAct<void, QueuedJob>({
    send: (_none, key) => send('POST', '/api/audit/verifications', { key }),
    touches: ['/api/jobs'],
    onDone: (job) => setJobId(job.jobId),
  })
  return (
    <>
      <ActButton
        type="primary"
        reason={!may('audit:read') && say('ui.noPermission', { permission: 'audit:read' })}
        loading={verify.isPending}
        onClick={() => verify.mutate()}
      >
        {say('audit.verify')}
      </ActButton>
      <Modal
        open={jobId !== undefined}
        title={say('audit.verify')}
        footer={null}
        onCancel={() => setJobId(undefined)}
        destroyOnHidden
      >
        {jobId && <Verification key={jobId} jobId={jobId} />}
      </Modal>
    </>
  )
}

function Verification({ jobId }: { jobId: string }): ReactNode {
  const { say } = useWords()
  const path = `/api/jobs/${jobId}`
  const job = useQuery({ queryKey: [path], queryFn: () => get<Job>(path) })
  if (job.data?.state !== 'done')
    return <JobProgress jobId={jobId} title={say('audit.verifying')} />
  const { findings, head, rows, sealedEntries, seals, unsealedEntries } = job.data
    .result as AuditVerification
  return (
    <div className="stack">
      {findings.length === 0 ? (
        <Alert role="status" type="success" showIcon title={say('audit.sound')} />
      ) : (
        <Alert
          role="alert"
          type="error"
          showIcon
          title={say('audit.unsound', { count: findings.length })}
          description={
            <ul>
              {findings.slice(0, 50).map(({ kind, what }) => (
                <li key={`${kind} ${what}`}>
                  {say(`audit.finding.${kind.replace(' ', '-') as 'row-changed'}`)}: {what}
                </li>
              ))}
            </ul>
          }
        />
      )}
      <Descriptions
        items={[
          [say('audit.seals'), String(seals)],
          [say('audit.sealed'), String(sealedEntries)],
          [say('audit.unsealed'), String(unsealedEntries)],
          [say('audit.watched'), String(rows)],
        ]}
      />
      {head && (
        <>
          <p className="quiet">{say('audit.head.note')}</p>
          <p className="secret">
            <code>{head}</code> <CopyButton text={head} label={say('audit.head.copy')} />
          </p>
        </>
      )}
    </div>
  )
}
