import { useQuery } from '@tanstack/react-query'
import { Modal } from 'antd'
import type { ReactNode } from 'react'
import type { ImportBatch, ImportDetail } from '#contract/import.ts'
import { type ProblemError, send } from '../ui/api.ts'
import { Money } from '../ui/money.tsx'
import { Loaded } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useWords } from '../ui/use-words.ts'
import { thingsIn } from './import-counts.tsx'
import { useAbandon } from './use-abandon.ts'

/** What an undo would take back, tried before it is asked for. */
export function UndoDialog(of: {
  readonly detail: ImportDetail
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const { detail } = of
  const path = `/api/imports/${detail.id}/undo`
  const trial = useQuery<ImportBatch, ProblemError>({
    queryKey: [path, 'trial'],
    queryFn: () => send('POST', path, { query: { 'dry-run': true } }),
    retry: false,
    gcTime: 0,
  })
  const undo = useAbandon(detail.id, of.close)
  return (
    <Modal
      open
      title={say('import.undo')}
      okText={say('import.undo')}
      okType="default"
      okButtonProps={{ danger: true, disabled: !trial.data, loading: undo.isPending }}
      onOk={() => undo.mutate()}
      onCancel={of.close}
      cancelText={say('ui.cancel')}
    >
      {trial.error?.kind === 'conflict' ? (
        <>
          <p>
            <strong>{say('import.undo.blocked')}</strong>
          </p>
          <ProblemNote error={trial.error} />
        </>
      ) : (
        <Loaded query={trial} rows={4}>
          {() => <Consequences detail={detail} />}
        </Loaded>
      )}
    </Modal>
  )
}

function Consequences({ detail }: { detail: ImportDetail }): ReactNode {
  const { say } = useWords()
  const things = thingsIn(detail.counts)
  if (things.length === 0) return <p>{say('import.undo.nothing')}</p>
  return (
    <>
      <p>{say('import.undo.removes')}</p>
      <ul>
        {things.map(({ count, name }) => (
          <li key={name}>
            {say(`import.of.${name}`)} <span className="figure">{count.toLocaleString('en')}</span>
          </li>
        ))}
        {detail.sums.map(({ amount, currency }) => (
          <li key={currency}>
            {say('ui.amount')} <Money amount={amount} currency={currency} />
          </li>
        ))}
      </ul>
    </>
  )
}
