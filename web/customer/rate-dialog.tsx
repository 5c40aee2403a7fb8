import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import type { CustomerLine } from '#contract/customer.ts'
import type { RatingRun, RunRequest } from '#contract/scoring.ts'
import { get, send } from '../ui/api.ts'
import { JobProgress } from '../ui/job-progress.tsx'
import { NotDone } from '../ui/not-done.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'

type Of = {
  readonly isOpen: boolean
  readonly close: () => void
  readonly customers: readonly CustomerLine[]
}

/** Rates customers anew, shows how far it is, and what came of it. */
export function RateDialog(of: Of): ReactNode {
  const { say } = useWords()
  return (
    <Modal
      open={of.isOpen}
      onCancel={of.close}
      title={say('customer.rate.title', { count: of.customers.length })}
      footer={null}
      destroyOnHidden
    >
      <Rating {...of} />
    </Modal>
  )
}

function Rating({ close, customers }: Of): ReactNode {
  const { say } = useWords()
  const queries = useQueryClient()
  const [limits, setLimits] = useState(true)
  const [run, setRun] = useState<RatingRun>()
  const act = useAct<RunRequest, { readonly jobId: string }>({
    send: (body, key) => send('POST', '/api/rating-runs', { body, key }),
    touches: [],
  })
  const ended = async (jobId: string) => {
    const job = await get<{ readonly result: RatingRun | null }>(`/api/jobs/${jobId}`)
    if (job.result) setRun(job.result)
    await queries.invalidateQueries()
  }
  return (
    <>
      <p>{say('customer.rate.text')}</p>
      {!act.data && (
        <Checkbox checked={limits} onChange={(event) => setLimits(event.target.checked)}>
          {say('customer.rate.limits')}
        </Checkbox>
      )}
      {act.data && (
        <JobProgress
          jobId={act.data.jobId}
          title={say('customer.rate.running')}
          stop={say('ui.cancel')}
          ended={() => act.data && ended(act.data.jobId)}
        />
      )}
      {run && <Outcome run={run} customers={customers} />}
      <div className="dialog-foot">
        <Button onClick={close}>{say(act.data ? 'ui.close' : 'ui.cancel')}</Button>
        {!act.data && (
          <Button
            type="primary"
            loading={act.isPending}
            onClick={() =>
              act.mutate({ partyIds: customers.map(({ partyId }) => partyId), limits })
            }
          >
            {say('customer.rate')}
          </Button>
        )}
      </div>
    </>
  )
}

function Outcome(of: { readonly run: RatingRun } & Pick<Of, 'customers'>): ReactNode {
  const { say } = useWords()
  const { downgraded, limits, notRated, rated, upgraded } = of.run
  const nameOf = (id: string) => of.customers.find(({ partyId }) => partyId === id)?.name ?? id
  return (
    <>
      <p role="status">{say('customer.rate.done', { rated, upgraded, downgraded, limits })}</p>
      {notRated.length > 0 && (
        <NotDone
          undone={notRated.map(({ partyId, reason }) => ({
            name: nameOf(partyId),
            problem: reason,
          }))}
        />
      )}
    </>
  )
}
