import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import type { ImportBatch, ImportDetail } from '#contract/import.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { BadRows, ProblemGroups } from './bad-rows.tsx'
import { Brings, Counts, ImportNotes, Sums } from './import-counts.tsx'
import { useAbandon } from './use-abandon.ts'

/** What the rows of a file are to what is there: taken only when the person says so. */
export function CheckResult({ detail }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  return (
    <>
      <Card title={say('import.step.check')}>
        <Counts counts={detail.counts} />
        <TakeBar detail={detail} />
      </Card>
      <ProblemGroups problems={detail.problems} kind={detail.kind} />
      <div className="card-grid">
        <Brings counts={detail.counts} title={say('import.brings')} />
        <Sums sums={detail.sums} />
      </div>
      <ImportNotes notes={detail.notes} />
      <BadRows detail={detail} />
    </>
  )
}

function TakeBar({ detail }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const { counts, id, kind, options } = detail
  const take = useAct<void, ImportBatch>({
    send: (_none, key) =>
      send('POST', `/api/imports/${id}/apply`, { body: { onlyGood: counts.bad > 0 }, key }),
    done: (words) => words('import.applied'),
    isProblemShown: true,
  })
  const back = useAct<void, ImportBatch>({
    send: (_none, key) => send('PUT', `/api/imports/${id}`, { body: { kind, options }, key }),
    touches: ['/api/imports'],
  })
  const abandon = useAbandon(id)
  const news = counts.good + counts.updated
  const count = news.toLocaleString('en')
  const reason = !may('import:write')
    ? say('ui.noPermission', { permission: 'import:write' })
    : news === 0 && say('import.nothingNew')
  const isBusy = take.isPending || back.isPending || abandon.isPending
  return (
    <>
      {take.error && <ProblemNote error={take.error} />}
      <div className="button-row">
        <ActButton
          type="primary"
          reason={reason}
          loading={take.isPending}
          onClick={() => take.mutate()}
        >
          {counts.bad > 0
            ? say('import.takeGood', { count, bad: counts.bad.toLocaleString('en') })
            : say('import.takeAll', { count })}
        </ActButton>
        {counts.bad > 0 && <ErrorWorkbook id={id} />}
        {detail.hasFile && (
          <Button disabled={isBusy} onClick={() => back.mutate()}>
            {say('import.backToColumns')}
          </Button>
        )}
        <Button disabled={isBusy} onClick={() => abandon.mutate()}>
          {say('import.abandon')}
        </Button>
      </div>
    </>
  )
}

export function ErrorWorkbook({ id }: { id: string }): ReactNode {
  const { language, say } = useWords()
  return (
    <Tooltip title={say('import.errors.hint')} trigger={['hover', 'focus']}>
      <Button href={`/api/imports/${id}/errors.xlsx?language=${language === 'en' ? 'en' : 'zh'}`}>
        {say('import.errors')}
      </Button>
    </Tooltip>
  )
}
