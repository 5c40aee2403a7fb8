import { Alert, Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { ImportDetail } from '#contract/import.ts'
import { ActButton } from '../ui/act-button.tsx'
import { send } from '../ui/api.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { momentText } from '../ui/money.tsx'
import { Card } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMay } from '../user/use-me.ts'
import { BadRows, ProblemGroups } from './bad-rows.tsx'
import { ErrorWorkbook } from './check-result.tsx'
import { Brings, Counts, ImportNotes, Sums } from './import-counts.tsx'
import { UndoDialog } from './undo-dialog.tsx'

/** What an import brought, what was left out, and where to go on. */
export function ImportOutcome({ detail }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  const { counts, state } = detail
  return (
    <>
      {state === 'undone' && (
        <Alert
          className="import-note"
          type="info"
          showIcon
          title={say('import.undone.by', {
            by: detail.undoneBy ?? '',
            at: momentText(detail.undoneAt ?? ''),
          })}
        />
      )}
      {state === 'abandoned' && (
        <Alert className="import-note" type="info" showIcon title={say('import.abandoned')} />
      )}
      <Card title={say(`import.state.${state}`)} extra={<UndoButton detail={detail} />}>
        <Counts counts={counts} />
        {state === 'applied' && counts.bad > 0 && (
          <div className="left-out">
            <p>
              <strong>{say('import.left', { count: counts.bad.toLocaleString('en') })}</strong>
            </p>
            <p className="quiet">{say('import.errors.hint')}</p>
            <div className="button-row">
              <ErrorWorkbook id={detail.id} />
              <AgainButton />
            </div>
          </div>
        )}
        {state !== 'applied' && (
          <div className="button-row">
            <AgainButton />
          </div>
        )}
      </Card>
      {state === 'applied' && <Next />}
      <ProblemGroups problems={detail.problems} kind={detail.kind} />
      {state !== 'abandoned' && (
        <div className="card-grid">
          <Brings counts={counts} title={say('import.brought')} />
          <Sums sums={detail.sums} />
        </div>
      )}
      <ImportNotes notes={detail.notes} />
      <BadRows detail={detail} />
    </>
  )
}

function AgainButton(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  return <Button onClick={() => navigate('/imports')}>{say('import.again')}</Button>
}

function UndoButton({ detail }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  if (detail.state !== 'applied') return null
  const reason = !may('import:write') && say('ui.noPermission', { permission: 'import:write' })
  return (
    <>
      <ActButton danger reason={reason} onClick={() => setOpen(true)}>
        {say('import.undo')}
      </ActButton>
      {isOpen && <UndoDialog detail={detail} close={() => setOpen(false)} />}
    </>
  )
}

/** From a ledger to its ageing, and to ratings and limits. */
function Next(): ReactNode {
  const { say } = useWords()
  const may = useMay()
  const rate = useAct<void, { jobId: string }>({
    send: (_none, key) => send('POST', '/api/rating-runs', { body: {}, key }),
    touches: [],
  })
  const [isRated, setRated] = useState(false)
  const reason = !may('scoring:run') && say('ui.noPermission', { permission: 'scoring:run' })
  return (
    <Card title={say('import.next')}>
      <div className="button-row">
        <Link to="/ageing">{say('import.toAgeing')}</Link>
        <Link to="/customers">{say('import.toCustomers')}</Link>
        <ActButton
          reason={reason}
          loading={rate.isPending}
          onClick={() => {
            setRated(false)
            rate.mutate()
          }}
        >
          {say('import.rate')}
        </ActButton>
      </div>
      {rate.data && (
        <JobProgress
          key={rate.data.jobId}
          jobId={rate.data.jobId}
          title={say(isRated ? 'import.rated' : 'import.rating')}
          stop={say('ui.cancel')}
          ended={(state) => setRated(state === 'done')}
        />
      )}
    </Card>
  )
}
