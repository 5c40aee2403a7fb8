import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Spin } from 'antd'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type {
  ImportBatch,
  ImportDescription,
  ImportDetail,
  ImportPreview,
} from '#contract/import.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { JobMessage } from '../ui/job-progress.tsx'
import { Card, EmptyState, Loaded } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { ColumnTable } from './column-table.tsx'
import type { Describing } from './describing.ts'
import { FileReading } from './file-reading.tsx'
import { OpenQuestions } from './open-questions.tsx'
import { useAbandon } from './use-abandon.ts'

/** How the file is read, what only a person can answer, and the columns to be corrected. */
export function DescribeFile({ detail: stored }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  const { describe, described, told } = useDescription(stored)
  const detail = { ...stored, ...told }
  const path = `/api/imports/${detail.id}/preview`
  const preview = useQuery({
    queryKey: [path, { kind: stored.kind, options: stored.options }],
    queryFn: () => get<ImportPreview>(path),
    placeholderData: (before) => before,
    enabled: detail.hasFile,
  })
  const check = useCheck(detail.id)
  if (!detail.hasFile) return <EmptyState title={say('import.gone')} />
  return (
    <>
      {detail.job?.state === 'cancelled' && <Alert type="info" title={say('import.stopped')} />}
      {detail.job?.state === 'failed' && detail.openDates === null && (
        <Alert
          type="error"
          showIcon
          title={say('import.failed')}
          description={<JobMessage job={detail.job} />}
        />
      )}
      {described.error && <ProblemNote error={described.error} />}
      <Loaded query={preview} rows={12}>
        {(shown) => (
          <div className={described.isPending || preview.isPlaceholderData ? 'is-stale' : ''}>
            <FileReading detail={detail} preview={shown} describe={describe} />
            <OpenQuestions {...{ detail, describe, preview: shown, refused: check.error }} />
            <ColumnTable detail={detail} preview={shown} describe={describe} />
            <CheckBar
              detail={detail}
              check={check}
              isOpen={shown.missing.length + shown.openDates.length + shown.notDates.length > 0}
            />
          </div>
        )}
      </Loaded>
    </>
  )
}

/** Tells the server how to read the file, one word after another, however fast a person chooses. */
function useDescription({ id, kind: storedKind, options: storedOptions }: ImportDetail) {
  const [told, setTold] = useState<ImportDescription>()
  const sent = useRef<ImportDescription>(undefined)
  const described = useAct<ImportDescription, ImportBatch>({
    send: (body, key) => send('PUT', `/api/imports/${id}`, { body, key }),
    touches: ['/api/imports'],
    isProblemShown: true,
  })
  const { isError, isPending, mutate } = described
  useEffect(() => {
    if (!told || isPending) return
    if (told !== sent.current) {
      sent.current = told
      mutate(told)
    } else if (isError) setTold(undefined)
  }, [told, isError, isPending, mutate])
  const { kind = storedKind, options = storedOptions } = told ?? {}
  const describe: Describing['describe'] = (change) => setTold({ kind, options, ...change })
  return { describe, described, told }
}

function CheckBar(of: {
  readonly detail: ImportDetail
  readonly check: Check
  readonly isOpen: boolean
}): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const { check, isOpen } = of
  const abandon = useAbandon(of.detail.id)
  const reason = !may('import:write')
    ? say('ui.noPermission', { permission: 'import:write' })
    : isOpen && say('import.check.open')
  return (
    <Card className="act-foot">
      {check.error && check.error.facts.question !== 'date-order' && (
        <ProblemNote error={check.error} />
      )}
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

type Check = ReturnType<typeof useCheck>

function useCheck(id: string) {
  return useAct<void, ImportBatch>({
    send: (_none, key) => send('POST', `/api/imports/${id}/check`, { key }),
    touches: ['/api/imports'],
    isProblemShown: true,
  })
}
