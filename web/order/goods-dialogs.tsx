import { Checkbox, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import type { OrderAnswer, OrderFile } from '#contract/order.ts'
import type { Invoice } from '#contract/receivable.ts'
import { ActDialog } from '../ui/act-dialog.tsx'
import { amountText, compareAmounts, signOf } from '../ui/amount-text.ts'
import { send } from '../ui/api.ts'
import { readAmount } from '../ui/read-amount.ts'
import { ReasonInput } from '../ui/reason-input.tsx'
import { useWords } from '../ui/use-words.ts'
import { readDecimal } from './line-amounts.ts'

type Of = { readonly order: OrderFile; readonly isOpen: boolean; readonly close: () => void }
type Quantities = Readonly<Record<string, string | undefined>>
type Goods = { readonly line: number; readonly most: string }

type DeliveryFields = {
  readonly number?: string
  readonly on: Dayjs
  readonly quantities?: Quantities
  readonly complete?: boolean
}

/** What is left of an order, or less of it. */
export function DeliverDialog({ close, isOpen, order }: Of): ReactNode {
  const { say } = useWords()
  const goods = order.lines
    .filter(({ rest }) => signOf(rest) > 0)
    .map(({ line, rest }) => ({ line, most: rest }))
  const body = ({ complete, number, on, quantities }: DeliveryFields) => ({
    ...(number?.trim() && { number: number.trim() }),
    deliveredOn: on.format('YYYY-MM-DD'),
    ...(goods.length > 0 && { lines: partsOf(quantities) }),
    ...(complete && { complete }),
  })
  return (
    <ActDialog<DeliveryFields, OrderAnswer>
      {...{ isOpen, close }}
      title={`${say('order.deliver')} · ${order.number}`}
      submit={say('order.deliver')}
      initial={{
        on: dayjs(),
        quantities: Object.fromEntries(goods.map((of) => [of.line, of.most])),
      }}
      send={(fields, key) =>
        send('POST', `/api/orders/${order.id}/deliveries`, { body: body(fields), key })
      }
      done={(words, { check }) =>
        words(check?.outcome === 'held' ? 'order.done.held' : 'order.done.delivered')
      }
    >
      <QuantityItems order={order} goods={goods} isOver />
      <div className="form-grid">
        <Form.Item name="number" label={say('order.deliveryNumber')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <DayItem name="on" label={say('order.deliveredOn')} />
      </div>
      <Form.Item name="complete" valuePropName="checked">
        <Checkbox>{say('order.complete')}</Checkbox>
      </Form.Item>
    </ActDialog>
  )
}

type ReturnFields = {
  readonly delivery: string
  readonly on: Dayjs
  readonly quantities?: Quantities
  readonly reason: string
  readonly again?: boolean
}

/** Goods of one delivery that are not invoiced yet. */
export function ReturnDialog({ close, isOpen, order }: Of): ReactNode {
  const { say } = useWords()
  const open = order.deliveries.filter(({ notInvoiced }) => signOf(notInvoiced) > 0)
  const body = ({ again, delivery, on, quantities, reason }: ReturnFields) => ({
    ...{ delivery, reason, returnedOn: on.format('YYYY-MM-DD') },
    ...(order.lines.length > 0 && { lines: partsOf(quantities) }),
    ...(again && { again }),
  })
  return (
    <ActDialog<ReturnFields, OrderAnswer>
      {...{ isOpen, close }}
      title={`${say('order.return')} · ${order.number}`}
      submit={say('order.return')}
      initial={{ on: dayjs(), delivery: open[0]?.id }}
      send={(fields, key) =>
        send('POST', `/api/orders/${order.id}/returns`, { body: body(fields), key })
      }
      done={(words) => words('order.done.returned')}
    >
      <Form.Item
        name="delivery"
        label={say('order.delivery')}
        rules={[{ required: true, message: say('ui.required') }]}
      >
        <Select
          options={open.map(({ amount, deliveredOn, id, number }) => ({
            value: id,
            label: `${number ?? ''} ${deliveredOn} ${amountText(amount)} ${order.currency}`.trim(),
          }))}
        />
      </Form.Item>
      <ReturnedGoods order={order} />
      <DayItem name="on" label={say('ui.day')} />
      <Form.Item
        name="reason"
        label={say('ui.reason')}
        rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
      >
        <ReasonInput phrases={['order.phrase.quality', 'order.phrase.wrongGoods']} />
      </Form.Item>
      <Form.Item name="again" valuePropName="checked">
        <Checkbox>{say('order.again')}</Checkbox>
      </Form.Item>
    </ActDialog>
  )
}

function ReturnedGoods({ order }: { order: OrderFile }): ReactNode {
  const id = Form.useWatch('delivery')
  const delivery = order.deliveries.find((one) => one.id === id)
  const goods = (delivery?.lines ?? []).map(({ line, quantity }) => ({ line, most: quantity }))
  return <QuantityItems order={order} goods={goods} />
}

type InvoiceFields = {
  readonly number: string
  readonly amount?: string
  readonly on: Dayjs
  readonly due?: Dayjs
}

export function InvoiceDialog({ close, isOpen, order }: Of): ReactNode {
  const { say } = useWords()
  const { currency, notInvoiced } = order
  const most = `${amountText(notInvoiced)} ${currency}`
  const validator = async (_rule: unknown, typed = '') => {
    const amount = readAmount(typed)
    if (amount === undefined || compareAmounts(amount, notInvoiced) > 0) {
      throw new Error(say('hold.upTo.wrong', { most }))
    }
  }
  return (
    <ActDialog<InvoiceFields, Invoice>
      {...{ isOpen, close }}
      title={`${say('order.invoice')} · ${order.number}`}
      submit={say('order.invoice')}
      initial={{ on: dayjs(), amount: notInvoiced }}
      send={({ amount, due, number, on }, key) =>
        send('POST', `/api/orders/${order.id}/invoices`, {
          body: {
            ...{ number: number.trim(), amount: readAmount(amount ?? '') ?? '' },
            issuedOn: on.format('YYYY-MM-DD'),
            ...(due && { dueOn: due.format('YYYY-MM-DD') }),
          },
          key,
        })
      }
      done={(words) => words('order.done.invoiced')}
    >
      <div className="form-grid">
        <Form.Item
          name="number"
          label={say('order.invoiceNumber')}
          rules={[{ required: true, whitespace: true, message: say('ui.required') }]}
        >
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
        <Form.Item name="amount" label={say('ui.amount')} rules={[{ validator }]}>
          <Input inputMode="decimal" autoComplete="off" suffix={currency} />
        </Form.Item>
        <DayItem name="on" label={say('order.issuedOn')} />
        <Form.Item name="due" label={say('order.dueOn')} extra={say('order.dueOn.hint')}>
          <DatePicker />
        </Form.Item>
      </div>
    </ActDialog>
  )
}

function DayItem({ label, name }: { name: string; label: string }): ReactNode {
  const { say } = useWords()
  return (
    <Form.Item name={name} label={label} rules={[{ required: true, message: say('ui.required') }]}>
      <DatePicker disabledDate={(day) => day.isAfter(dayjs(), 'day')} />
    </Form.Item>
  )
}

/** How much of each line; none of a line where its field is empty. */
function QuantityItems(of: {
  readonly order: OrderFile
  readonly goods: readonly Goods[]
  /** More than that may be allowed by what was agreed: the server knows. */
  readonly isOver?: boolean
}): ReactNode {
  const { say } = useWords()
  return of.goods.map(({ line, most }) => {
    const { item = '', unit = '' } = of.order.lines.find((one) => one.line === line) ?? {}
    const validator = async (_rule: unknown, typed = '') => {
      if (typed.trim() === '') return
      const quantity = readDecimal(typed, 3)
      if (quantity === undefined || (!of.isOver && compareAmounts(quantity, most) > 0)) {
        throw new Error(say('order.quantity.wrong'))
      }
    }
    return (
      <Form.Item
        key={line}
        name={['quantities', String(line)]}
        label={item}
        extra={say('order.ofRest', { rest: amountText(most), unit })}
        rules={[{ validator }]}
      >
        <Input inputMode="decimal" autoComplete="off" suffix={unit} />
      </Form.Item>
    )
  })
}

function partsOf(quantities: Quantities | undefined) {
  return Object.entries(quantities ?? {}).flatMap(([line, typed]) => {
    const quantity = readDecimal(typed, 3)
    return quantity && signOf(quantity) > 0 ? [{ line: Number(line), quantity }] : []
  })
}
