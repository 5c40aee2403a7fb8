import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Steps } from 'antd'
import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import type { ImportDetail } from '#contract/import.ts'
import { get } from '../ui/api.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, Loaded, Page } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'
import { CheckResult } from './check-result.tsx'
import { DescribeFile } from './describe-file.tsx'
import { ImportOutcome } from './import-outcome.tsx'
import { StateMark } from './state-mark.tsx'

/** One file on its way in. Where it is stands at the server, so that the page may be left at any time. */
export function ImportPage(): ReactNode {
  const { say } = useWords()
  const { id = '' } = useParams()
  const path = `/api/imports/${id}`
  const detail = useQuery({ queryKey: [path], queryFn: () => get<ImportDetail>(path) })
  const { data } = detail
  return (
    <Page
      title={data?.fileName ?? say('import.title')}
      back={{ to: '/imports', name: say('import.title') }}
      note={
        data && (
          <>
            <StateMark state={data.state} /> {say(`import.kind.${data.kind}`)} · {data.createdBy} ·{' '}
            <MomentText moment={data.createdAt} />
          </>
        )
      }
    >
      <Steps
        size="small"
        className="import-steps"
        current={data ? stepOf(data) : 1}
        items={(['file', 'columns', 'check', 'done'] as const).map((step) => ({
          title: say(`import.step.${step}`),
        }))}
      />
      <Loaded query={detail} rows={10}>
        {(loaded) => <Stage detail={loaded} />}
      </Loaded>
    </Page>
  )
}

function stepOf({ state }: ImportDetail): number {
  if (state === 'uploaded') return 1
  return state === 'checked' ? 2 : 4
}

function Stage({ detail }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  const queries = useQueryClient()
  const { job, state } = detail
  const isChecking = job?.state === 'waiting' || job?.state === 'running'
  if (isChecking && (state === 'uploaded' || state === 'checked')) {
    return (
      <Card>
        <JobProgress
          jobId={job.id}
          title={say('import.checking')}
          stop={say('import.stop')}
          ended={() => queries.invalidateQueries({ queryKey: [`/api/imports/${detail.id}`] })}
        />
        <p className="quiet">{say('import.checking.text')}</p>
      </Card>
    )
  }
  if (state === 'uploaded') return <DescribeFile detail={detail} />
  if (state === 'checked') return <CheckResult detail={detail} />
  return <ImportOutcome detail={detail} />
}
