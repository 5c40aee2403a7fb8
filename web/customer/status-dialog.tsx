import { Form, Radio } from 'antd'
import { type ReactNode, useRef } from 'react'
import type { CustomerLine } from '#contract/customer.ts'
import type { CreditAccount, StatusChange } from '#contract/exposure.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { get, ProblemError, send } from '../ui/api.ts'
import { NotDone, type Undone } from '../ui/not-done.tsx'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useUndo } from '../ui/use-undo.tsx'
import { useWords } from '../ui/use-words.ts'

type Fields = { readonly status: 'open' | 'watch'; readonly reason: string }

/** Watches customers more closely, or no longer; each by itself, for one reason. */
export function StatusDialog(of: {
  readonly isOpen: boolean
  readonly close: () => void
  readonly customers: readonly CustomerLine[]
}): ReactNode {
  const { say } = useWords()
  const { customers } = of
  const offerUndo = useUndo()
  const before = useRef<(StatusChange & { readonly id: string; readonly path: string })[]>([])
  const setEach = async (fields: Fields, key: string) => {
    const undone: Undone[] = []
    before.current = []
    for (const { name, partyId } of customers) {
      try {
        const account = await accountOf(partyId)
        if (account) {
          const { id, status, statusReason } = account
          const path = `/api/credit-accounts/${partyId}/${id}/status`
          await send('PUT', path, { body: fields, key: `${key} ${partyId}` })
          before.current.push({ id, path, status, reason: statusReason ?? say('ui.undone') })
        } else undone.push({ name, problem: say('customer.setStatus.noAccount') })
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status === 0) throw error
        undone.push({ name, problem: `${error.title}: ${error.message}` })
      }
    }
    return undone
  }
  const setBack = async (key: string) => {
    for (const { id, path, ...body } of before.current) {
      await send('PUT', path, { body, key: `${key} ${id}` })
    }
  }
  return (
    <ActDialog<Fields, Undone[]>
      {...{ isOpen: of.isOpen, close: of.close, send: setEach }}
      title={say('customer.setStatus.title', { count: customers.length })}
      submit={say('customer.setStatus')}
      initial={{ status: 'watch' }}
      onDone={(undone) => {
        const count = customers.length - undone.length
        if (count > 0) offerUndo(say('customer.setStatus.done', { count }), setBack)
      }}
      left={(undone) => (undone.length > 0 ? <NotDone undone={undone} /> : null)}
    >
      <Form.Item name="status" label={say('customer.status')}>
        <Radio.Group
          options={(['watch', 'open'] as const).map((value) => ({
            value,
            label: say(`customer.status.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={say('ui.reason')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <ReasonInput
          phrases={['customer.phrase.late', 'customer.phrase.news', 'customer.phrase.cleared']}
        />
      </Form.Item>
    </ActDialog>
  )
}

async function accountOf(partyId: string): Promise<CreditAccount | undefined> {
  const { items } = await get<{ readonly items: readonly CreditAccount[] }>(
    `/api/parties/${partyId}/credit-accounts`,
  )
  return items.find(({ level }) => level === 'party')
}
