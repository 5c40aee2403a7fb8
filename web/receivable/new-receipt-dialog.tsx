import { DatePicker, Form, Input, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { CreditFile } from '#contract/receivable.ts'
import { useBaseCurrency } from '../company/use-company.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { AmountItem } from '../ui/amount-item.tsx'
import { send } from '../ui/api.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { CustomerChoice } from '../ui/customer-choice.tsx'
import { readAmount } from '../ui/read-amount.ts'
import { useWords } from '../ui/use-words.ts'

type Fields = {
  readonly party: string
  readonly amount: string
  readonly currency: string
  readonly receivedOn: Dayjs
  readonly number?: string
  readonly note?: string
  readonly allocate: 'none' | 'oldest-first'
}

/** Money that came in; then one is at its page, where it is set against invoices. */
export function NewReceiptDialog(of: {
  readonly isOpen: boolean
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const base = useBaseCurrency()
  return (
    <ActDialog<Fields, CreditFile>
      {...of}
      title={say('credit.new')}
      submit={say('ui.save')}
      initial={{ currency: base, receivedOn: dayjs(), allocate: 'none' }}
      send={(fields, key) => send('POST', '/api/receipts', { body: receiptOf(fields), key })}
      done={(words, { number }) => words('credit.new.done', { number })}
      onDone={({ id, partyId }) => navigate(`/receipts/${partyId}/${id}`)}
    >
      <ReceiptItems codes={[...new Set([base, ...commonCurrencies])]} />
    </ActDialog>
  )
}

function receiptOf({ amount, note, number, receivedOn, ...fields }: Fields) {
  return {
    ...fields,
    amount: readAmount(amount),
    receivedOn: receivedOn.format('YYYY-MM-DD'),
    ...(number?.trim() && { number: number.trim() }),
    ...(note?.trim() && { note: note.trim() }),
  }
}

function ReceiptItems({ codes }: { codes: readonly string[] }): ReactNode {
  const { say } = useWords()
  const required = { required: true, message: say('ui.required') }
  return (
    <>
      <Form.Item name="party" label={say('invoice.customer')} rules={[required]}>
        <CustomerChoice autoFocus />
      </Form.Item>
      <div className="amount-row">
        <AmountItem label={say('ui.amount')} />
        <Form.Item name="currency" label={say('ui.currency')}>
          <Select options={codes.map((value) => ({ value, label: value }))} />
        </Form.Item>
        <Form.Item name="receivedOn" label={say('credit.on')} rules={[required]}>
          <DatePicker maxDate={dayjs().endOf('day')} />
        </Form.Item>
      </div>
      <Form.Item name="number" label={say('credit.new.number')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="allocate" label={say('credit.new.how')}>
        <Radio.Group
          options={[
            { value: 'none', label: say('credit.new.none') },
            { value: 'oldest-first', label: say('credit.new.oldest') },
          ]}
        />
      </Form.Item>
      <Form.Item name="note" label={say('invoice.note')}>
        <Input maxLength={2000} autoComplete="off" />
      </Form.Item>
    </>
  )
}
