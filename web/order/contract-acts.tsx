import { Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { type ReactNode, useState } from 'react'
import type { ContractChange, ContractFile } from '#contract/sales-contract.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { AmountItem } from '../ui/amount-item.tsx'
import { send } from '../ui/api.ts'
import { readAmount } from '../ui/read-amount.ts'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'
import { ContractItems } from './new-contract.tsx'

/** What can be done with a contract: change it, end it, let it go on. */
export function ContractActs({ contract }: { contract: ContractFile }): ReactNode {
  const { say } = useWords()
  const reason = useMayNot()('order:write')
  const [open, setOpen] = useState<'change' | 'end' | null>(null)
  const close = () => setOpen(null)
  const put = (body: ContractChange, key: string) =>
    send<ContractFile>('PUT', `/api/contracts/${contract.id}`, { body, key })
  const reopen = useAct<void, ContractFile>({
    send: (_none, key) => put({ endedOn: null }, key),
    done: (words) => words('order.contract.reopened'),
    touches: ['/api/contracts'],
  })
  return (
    <>
      <ActButton reason={reason} onClick={() => setOpen('change')}>
        {say('order.contract.change')}
      </ActButton>
      {contract.state === 'open' ? (
        <ActButton reason={reason} danger onClick={() => setOpen('end')}>
          {say('order.contract.end')}
        </ActButton>
      ) : (
        <ActButton reason={reason} loading={reopen.isPending} onClick={() => reopen.mutate()}>
          {say('order.contract.reopen')}
        </ActButton>
      )}
      <ChangeDialog {...{ contract, put, close }} isOpen={open === 'change'} />
      <ActDialog<{ reason: string }, ContractFile>
        {...{ close, isDanger: true }}
        isOpen={open === 'end'}
        title={`${say('order.contract.end')} · ${contract.number}`}
        submit={say('order.contract.end')}
        send={({ reason: why }, key) =>
          put({ endedOn: dayjs().format('YYYY-MM-DD'), endReason: why }, key)
        }
        done={(words) => words('order.contract.end.done')}
      >
        <Form.Item
          name="reason"
          label={say('ui.reason')}
          rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
        >
          <ReasonInput phrases={['order.phrase.finished', 'order.phrase.customer']} />
        </Form.Item>
      </ActDialog>
    </>
  )
}

type Fields = {
  readonly title: string
  readonly amount: string
  readonly toOn?: Dayjs | null
  readonly terms?: string
  readonly note?: string
}

function ChangeDialog(of: {
  readonly contract: ContractFile
  readonly isOpen: boolean
  readonly close: () => void
  readonly put: (body: ContractChange, key: string) => Promise<ContractFile>
}): ReactNode {
  const { say } = useWords()
  const { close, contract, isOpen, put } = of
  const { amount, note, terms, title, toOn } = contract
  return (
    <ActDialog<Fields, ContractFile>
      {...{ isOpen, close }}
      title={`${say('order.contract.change')} · ${contract.number}`}
      submit={say('ui.save')}
      initial={{ title, amount, terms, note, toOn: toOn === null ? null : dayjs(toOn) }}
      send={(fields, key) => put(changeOf(fields), key)}
      done={(words) => words('order.contract.changed')}
    >
      <Form.Item
        name="title"
        label={say('order.contract.title')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <AmountItem label={say('order.contract.amount')} />
      <ContractItems />
    </ActDialog>
  )
}

function changeOf({ amount, note, terms, title, toOn }: Fields): ContractChange {
  return {
    title: title.trim(),
    amount: readAmount(amount) ?? amount,
    toOn: toOn ? (toOn.format('YYYY-MM-DD') as never) : null,
    terms: terms?.trim() || null,
    note: note?.trim() || null,
  }
}
