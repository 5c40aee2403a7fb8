import { Form, Radio } from 'antd'
import { type ReactNode, useRef } from 'react'
import type { ExposureAccount } from '#contract/credit-file.ts'
import type { CreditAccount, StatusChange } from '#contract/exposure.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { send } from '../ui/api.ts'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useUndo } from '../ui/use-undo.tsx'
import { useWords } from '../ui/use-words.ts'

const statuses = ['open', 'watch', 'blocked', 'frozen'] as const

/** Freezes, stops, watches or opens the account of a customer, with the reason that everybody reads. */
export function StatusDialog(of: {
  readonly account: ExposureAccount
  readonly isOpen: boolean
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const offerUndo = useUndo()
  const before = useRef<StatusChange>(undefined)
  const { account } = of
  const isFrozen = account.status === 'frozen'
  const path = `/api/credit-accounts/${account.partyId}/${account.id}/status`
  return (
    <ActDialog<StatusChange, CreditAccount>
      {...{ isOpen: of.isOpen, close: of.close, isDanger: !isFrozen }}
      title={say('file.status.title', { name: account.name })}
      submit={say('file.status.set')}
      initial={{ status: isFrozen ? 'open' : 'frozen' }}
      send={({ reason, status }, key) => {
        before.current = {
          status: account.status as StatusChange['status'],
          reason: account.statusReason ?? say('ui.undone'),
        }
        return send('PUT', path, { body: { status, reason: reason.trim() }, key })
      }}
      onDone={() =>
        offerUndo(say('file.status.done'), (key) =>
          send('PUT', path, { body: before.current, key }),
        )
      }
    >
      <Form.Item name="status" label={say('file.status.new')}>
        <Radio.Group
          className="status-choice"
          options={statuses
            .filter((status) => status !== account.status)
            .map((value) => ({ value, label: say(`file.status.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={say('ui.reason')}
        rules={[{ required: true, whitespace: true, message: say('ui.reason.missing') }]}
      >
        <ReasonInput
          phrases={
            isFrozen
              ? ['file.phrase.paid', 'file.phrase.wrong']
              : ['file.phrase.overdue', 'file.phrase.news', 'file.phrase.paid']
          }
        />
      </Form.Item>
    </ActDialog>
  )
}
