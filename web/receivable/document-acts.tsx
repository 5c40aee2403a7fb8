import { Checkbox, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import type { Allocation, Credit, Invoice } from '#contract/receivable.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { AmountItem } from '../ui/amount-item.tsx'
import { send } from '../ui/api.ts'
import { readAmount } from '../ui/read-amount.ts'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useWords } from '../ui/use-words.ts'
import type { WordKey } from '../words.ts'

type Dialog = { readonly isOpen: boolean; readonly close: () => void }
type OfInvoice = Dialog & { readonly invoice: Invoice }
type Reason = { readonly reason: string }

function ReasonItem({ phrases }: { phrases: readonly WordKey[] }): ReactNode {
  const { say } = useWords()
  return (
    <Form.Item
      name="reason"
      label={say('ui.reason')}
      rules={[{ required: true, whitespace: true, message: say('ui.reason.missing') }]}
    >
      <ReasonInput phrases={phrases} />
    </Form.Item>
  )
}

const at = ({ id, partyId }: { id: string; partyId: string }) => `${partyId}/${id}`

export function DisputeDialog({ close, invoice, isOpen }: OfInvoice): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<Reason, unknown>
      {...{ isOpen, close }}
      title={`${say('invoice.dispute.open')} · ${invoice.number}`}
      submit={say('invoice.dispute.open')}
      send={(body, key) => send('POST', `/api/invoices/${at(invoice)}/disputes`, { body, key })}
      done={(words) => words('invoice.dispute.opened')}
    >
      <ReasonItem
        phrases={[
          'invoice.dispute.quality',
          'invoice.dispute.price',
          'invoice.dispute.quantity',
          'invoice.dispute.unreceived',
        ]}
      />
    </ActDialog>
  )
}

export function WriteOffDialog({ close, invoice, isOpen }: OfInvoice): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<{ readonly amount?: string; readonly note: string }, unknown>
      {...{ isOpen, close }}
      isDanger
      title={`${say('invoice.writeOff')} · ${invoice.number}`}
      submit={say('invoice.writeOff')}
      send={({ amount = '', note }, key) => {
        const read = readAmount(amount)
        const body = { note, ...(read === undefined ? {} : { amount: read }) }
        return send('POST', `/api/invoices/${at(invoice)}/write-off`, { body, key })
      }}
      done={(words) => words('invoice.writeOff.done')}
    >
      <AmountItem label={say('invoice.writeOff.amount')} isOptional placeholder={invoice.open} />
      <Form.Item
        name="note"
        label={say('ui.reason')}
        rules={[{ required: true, whitespace: true, message: say('ui.reason.missing') }]}
      >
        <Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </ActDialog>
  )
}

export function VoidInvoiceDialog({ close, invoice, isOpen }: OfInvoice): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<Reason, unknown>
      {...{ isOpen, close }}
      isDanger
      title={`${say('invoice.void')} · ${invoice.number}`}
      submit={say('invoice.void')}
      send={(body, key) => send('POST', `/api/invoices/${at(invoice)}/void`, { body, key })}
      done={(words) => words('invoice.void.done')}
    >
      <ReasonItem phrases={['invoice.void.wrong', 'invoice.void.double']} />
    </ActDialog>
  )
}

type PromiseFields = {
  readonly amount: string
  readonly promisedOn: Dayjs
  readonly note?: string
}

export function PromiseDialog({ close, invoice, isOpen }: OfInvoice): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<PromiseFields, unknown>
      {...{ isOpen, close }}
      title={say('invoice.promise')}
      submit={say('ui.save')}
      initial={{
        amount: invoice.open,
        promisedOn: dayjs().add(7, 'day'),
        note: say('invoice.promise.of', { number: invoice.number }),
      }}
      send={({ amount, note, promisedOn }, key) =>
        send('POST', `/api/parties/${invoice.partyId}/promises`, {
          body: {
            amount: readAmount(amount),
            currency: invoice.currency,
            promisedOn: promisedOn.format('YYYY-MM-DD'),
            ...(note?.trim() && { note: note.trim() }),
          },
          key,
        })
      }
      done={(words) => words('invoice.promise.done')}
    >
      <AmountItem label={`${say('ui.amount')} (${invoice.currency})`} />
      <Form.Item
        name="promisedOn"
        label={say('invoice.promise.on')}
        rules={[{ required: true, message: say('ui.required') }]}
      >
        <DatePicker minDate={dayjs().startOf('day')} />
      </Form.Item>
      <Form.Item name="note" label={say('invoice.note')}>
        <Input maxLength={2000} autoComplete="off" />
      </Form.Item>
    </ActDialog>
  )
}

export function ReverseDialog(of: {
  readonly partyId: string
  readonly allocation: Allocation | null
  /** The invoice where one stands at the credit, the credit where one stands at the invoice. */
  readonly against: string
  readonly close: () => void
}): ReactNode {
  const { say } = useWords()
  const { allocation, partyId } = of
  return (
    <ActDialog<Reason, unknown>
      isOpen={allocation !== null}
      close={of.close}
      title={say('credit.reverse.title', { number: of.against })}
      submit={say('credit.reverse')}
      send={(body, key) =>
        send('POST', `/api/allocations/${partyId}/${allocation?.id}/reverse`, { body, key })
      }
      done={(words) => words('credit.reverse.done')}
    >
      <ReasonItem phrases={['credit.reverse.wrong', 'credit.reverse.asked']} />
    </ActDialog>
  )
}

export function VoidCreditDialog(of: Dialog & { readonly credit: Credit }): ReactNode {
  const { say } = useWords()
  const { credit } = of
  return (
    <ActDialog<Reason & { readonly returned?: boolean }, unknown>
      isOpen={of.isOpen}
      close={of.close}
      isDanger
      title={say('credit.void.title', { number: credit.number })}
      submit={say('credit.void')}
      send={({ reason, returned = false }, key) =>
        send('POST', `/api/credits/${at(credit)}/void`, { body: { reason, returned }, key })
      }
      done={(words) => words('credit.void.done')}
    >
      <ReasonItem phrases={['credit.void.reenter', 'credit.void.bounced']} />
      {(credit.kind === 'receipt' || credit.kind === 'bill') && (
        <Form.Item name="returned" valuePropName="checked">
          <Checkbox>{say('credit.void.returned')}</Checkbox>
        </Form.Item>
      )}
    </ActDialog>
  )
}
