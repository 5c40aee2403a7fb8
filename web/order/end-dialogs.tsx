import { Checkbox, DatePicker, Form, Input } from 'antd'
import type { Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { OrderAnswer, OrderFile } from '#contract/order.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { signOf } from '../ui/amount-text.ts'
import { send } from '../ui/api.ts'
import { Money } from '../ui/money.tsx'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useWords } from '../ui/use-words.ts'

type Of = { readonly order: OrderFile; readonly isOpen: boolean; readonly close: () => void }

export function CancelDialog({ close, isOpen, order }: Of): ReactNode {
  const { say } = useWords()
  return (
    <ActDialog<{ reason: string }, OrderAnswer>
      {...{ isOpen, close, isDanger: true }}
      title={`${say('order.cancel')} · ${order.number}`}
      submit={say('order.cancel')}
      send={({ reason }, key) =>
        send('POST', `/api/orders/${order.id}/cancel`, { body: { reason }, key })
      }
      done={(words) => words('order.done.cancelled')}
    >
      <Form.Item
        name="reason"
        label={say('ui.reason')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <ReasonInput phrases={['order.phrase.customer', 'order.phrase.mistake']} />
      </Form.Item>
    </ActDialog>
  )
}

/** Ends what began; what is delivered and not invoiced must be settled by word. */
export function CloseDialog({ close, isOpen, order }: Of): ReactNode {
  const { say } = useWords()
  const isLeft = signOf(order.notInvoiced) > 0
  return (
    <ActDialog<{ reason?: string; settle?: boolean }, OrderAnswer>
      {...{ isOpen, close }}
      title={`${say('order.close')} · ${order.number}`}
      submit={say('order.close')}
      send={({ reason, settle }, key) =>
        send('POST', `/api/orders/${order.id}/close`, {
          body: { ...(settle && { settle }), ...(reason?.trim() && { reason: reason.trim() }) },
          key,
        })
      }
      done={(words) => words('order.done.closed')}
    >
      {isLeft && (
        <>
          <p className="authority">
            {say('order.why.notInvoiced')}{' '}
            <Money amount={order.notInvoiced} currency={order.currency} />
          </p>
          <Form.Item name="settle" valuePropName="checked">
            <Checkbox>{say('order.settle')}</Checkbox>
          </Form.Item>
        </>
      )}
      <Form.Item name="reason" label={say('ui.reason')}>
        <ReasonInput phrases={['order.phrase.finished', 'order.phrase.customer']} />
      </Form.Item>
    </ActDialog>
  )
}

export function CopyDialog({ close, isOpen, order }: Of): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  return (
    <ActDialog<{ number?: string; requestedOn?: Dayjs }, OrderAnswer>
      {...{ isOpen, close }}
      title={`${say('order.copy')} · ${order.number}`}
      submit={say('order.copy')}
      send={({ number, requestedOn }, key) =>
        send('POST', `/api/orders/${order.id}/copy`, {
          body: {
            ...(number?.trim() && { number: number.trim() }),
            ...(requestedOn && { requestedOn: requestedOn.format('YYYY-MM-DD') }),
          },
          key,
        })
      }
      done={(words) => words('order.done.copied')}
      onDone={(answer) => navigate(`/orders/${answer.order.id}`)}
    >
      <Form.Item name="number" label={say('order.number')}>
        <Input maxLength={100} placeholder={say('order.number.hint')} autoComplete="off" />
      </Form.Item>
      <Form.Item name="requestedOn" label={say('order.requestedOn')}>
        <DatePicker />
      </Form.Item>
    </ActDialog>
  )
}
