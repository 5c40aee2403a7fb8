import { DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { type ReactNode, useState } from 'react'
import { useNavigate } from 'react-router'
import type { ContractFile, NewContract } from '#contract/sales-contract.ts'
import { useBaseCurrency } from '../company/use-company.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ActDialog } from '../ui/act-dialog.tsx'
import { AmountItem } from '../ui/amount-item.tsx'
import { send } from '../ui/api.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { CustomerChoice } from '../ui/customer-choice.tsx'
import { readAmount } from '../ui/read-amount.ts'
import { useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'

type Fields = {
  readonly party: string
  readonly number: string
  readonly title: string
  readonly amount: string
  readonly currency: string
  readonly signedOn: Dayjs
  readonly toOn?: Dayjs
  readonly terms?: string
  readonly note?: string
}

/** Keeps a contract that orders will call off, and goes to its page. */
export function NewContractButton(): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const reason = useMayNot()('order:write')
  const [isOpen, setOpen] = useState(false)
  const base = useBaseCurrency()
  return (
    <>
      <ActButton type="primary" reason={reason} onClick={() => setOpen(true)}>
        {say('order.contract.new')}
      </ActButton>
      <ActDialog<Fields, ContractFile>
        isOpen={isOpen}
        close={() => setOpen(false)}
        title={say('order.contract.new')}
        submit={say('ui.save')}
        initial={{ currency: base, signedOn: dayjs() }}
        send={(fields, key) => send('POST', '/api/contracts', { body: contractOf(fields), key })}
        done={(words, { number }) => words('order.contract.new.done', { number })}
        onDone={({ id }) => navigate(`/orders/contracts/${id}`)}
      >
        <Items codes={[...new Set([base, ...commonCurrencies])]} />
      </ActDialog>
    </>
  )
}

function contractOf({ amount, note, signedOn, terms, toOn, ...fields }: Fields): NewContract {
  return {
    ...fields,
    amount: readAmount(amount) ?? amount,
    signedOn: signedOn.format('YYYY-MM-DD'),
    ...(toOn && { toOn: toOn.format('YYYY-MM-DD') }),
    ...(terms?.trim() && { terms: terms.trim() }),
    ...(note?.trim() && { note: note.trim() }),
  }
}

function Items({ codes }: { codes: readonly string[] }): ReactNode {
  const { say } = useWords()
  const required = { required: true, message: say('ui.required') }
  return (
    <>
      <Form.Item name="party" label={say('ui.customer')} rules={[required]}>
        <CustomerChoice autoFocus />
      </Form.Item>
      <Form.Item name="number" label={say('order.contract.number')} rules={[required]}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="title" label={say('order.contract.title')} rules={[required]}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <div className="amount-row">
        <AmountItem label={say('order.contract.amount')} />
        <Form.Item name="currency" label={say('ui.currency')}>
          <Select options={codes.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="signedOn" label={say('order.signedOn')} rules={[required]}>
          <DatePicker />
        </Form.Item>
      </div>
      <ContractItems />
    </>
  )
}

/** What of a contract may change later. */
export function ContractItems(): ReactNode {
  const { say } = useWords()
  return (
    <>
      <Form.Item name="toOn" label={say('order.toOn')}>
        <DatePicker placeholder={say('order.contract.endless')} />
      </Form.Item>
      <Form.Item name="terms" label={say('order.terms')} extra={say('order.contract.terms.help')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <Form.Item name="note" label={say('order.note')}>
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </>
  )
}
