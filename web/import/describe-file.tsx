import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin } from 'antd'
import type { ReactNode } from 'react'
import type {
  ImportBatch,
  ImportDescription,
  ImportDetail,
  ImportPreview,
} from '#contract/import.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { Card, EmptyState, Loaded } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { ColumnTable } from './column-table.tsx'
import { FileReading } from './file-reading.tsx'
import { OpenQuestions } from './open-questions.tsx'
import { useAbandon } from './use-abandon.ts'

export type Describe = (change: Partial<ImportDescription>) => void

/** How the file is read, what only a person can answer, and the columns to be corrected. */
export function DescribeFile({ detail }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  const path = `/api/imports/${detail.id}/preview`
  const preview = useQuery({
    queryKey: [path, { kind: detail.kind, options: detail.options }],
    queryFn: () => get<ImportPreview>(path),
    placeholderData: (before) => before,
    enabled: detail.hasFile,
  })
  const described = useAct<ImportDescription, ImportBatch>({
    send: (body, key) => send('PUT', `/api/imports/${detail.id}`, { body, key }),
    touches: ['/api/imports'],
    isProblemShown: true,
  })
  const describe: Describe = ({ kind = detail.kind, options = detail.options }) =>
    described.mutate({ kind, options })
  if (!detail.hasFile) return <EmptyState title={say('import.gone')} />
  return (
    <>
      {detail.job?.state === 'cancelled' && <Alert type="info" title={say('import.stopped')} />}
      {detail.job?.state === 'failed' && (
        <Alert
          type="error"
          showIcon
          title={say('import.failed')}
          description={detail.job.message}
        />
      )}
      {described.error && <ProblemNote error={described.error} />}
      <Loaded query={preview} rows={12}>
        {(shown) => (
          <div className={described.isPending || preview.isPlaceholderData ? 'is-stale' : ''}>
            <FileReading detail={detail} preview={shown} describe={describe} />
            <OpenQuestions detail={detail} preview={shown} describe={describe} />
            <ColumnTable detail={detail} preview={shown} describe={describe} />
            <CheckBar detail={detail} preview={shown} />
          </div>
        )}
      </Loaded>
    </>
  )
}

function CheckBar({
  detail,
  preview,
}: {
  detail: ImportDetail
  preview: ImportPreview
}): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const check = useAct<void, ImportBatch>({
    send: (_none, key) => send('POST', `/api/imports/${detail.id}/check`, { key }),
    touches: ['/api/imports'],
    isProblemShown: true,
  })
  const abandon = useAbandon(detail.id)
  const isOpen = preview.missing.length + preview.openDates.length + preview.notDates.length > 0
  const reason = !may('import:write')
    ? say('ui.noPermission', { permission: 'import:write' })
    : isOpen && say('import.check.open')
  return (
    <Card className="act-foot">
      {check.error && <ProblemNote error={check.error} />}
      {check.isPending && (
        <p role="status">
          <Spin size="small" /> {say('import.checking')} ·{' '}
          <span className="quiet">{say('import.checking.text')}</span>
        </p>
      )}
      <div className="button-row">
        <ActButton
          type="primary"
          reason={reason}
          loading={check.isPending}
          onClick={() => check.mutate()}
        >
          {say('import.check')}
        </ActButton>
        <Button disabled={check.isPending} onClick={() => abandon.mutate()}>
          {say('import.abandon')}
        </Button>
      </div>
    </Card>
  )
}
