import { Button, DatePicker, Form, Input, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import type { ReactNode } from 'react'
import type { NewLine } from '#contract/order.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { commonCurrencies } from '../ui/common-currencies.ts'
import { CustomerChoice } from '../ui/customer-choice.tsx'
import { Card } from '../ui/page.tsx'
import { ProblemNote } from '../ui/problem.tsx'
import { useWords } from '../ui/use-words.ts'
import { amountOfLines, increaseOf, readDecimal, type TypedLine } from './line-amounts.ts'
import { OrderLines } from './order-lines.tsx'
import { type Asked, ShipPreview } from './ship-preview.tsx'

export type OrderFields = {
  readonly party?: string
  /** Who pays instead. */
  readonly payer?: string
  readonly number?: string
  readonly currency: string
  readonly requestedOn?: Dayjs | null
  readonly terms?: string
  readonly contract?: string
  readonly salesperson?: string
  readonly note?: string
  readonly lines: readonly TypedLine[]
}

/** One way of keeping what was typed; the first is what Enter does. */
type Saving = { readonly name: string; readonly run: (fields: OrderFields) => void }

/** An order while it is typed, with the answer whether it may ship beside it. */
export function OrderForm(of: {
  readonly initial: Partial<OrderFields>
  /** The customer and currency of an order that exists stay as they are. */
  readonly isNew: boolean
  readonly savings: readonly [Saving, ...Saving[]]
  readonly isSaving: boolean
  /** What the order counts with already: only what comes on top of it is asked about. */
  readonly counted?: string
  readonly error: unknown
}): ReactNode {
  const [form] = Form.useForm<OrderFields>()
  const watched = Form.useWatch([], form)
  const [first] = of.savings
  const run = async (saving: Saving) => {
    const isSound = await form.validateFields().catch(() => undefined)
    // All of the store, so that what a line has and this form does not show stays with it.
    if (isSound) saving.run(form.getFieldsValue(true))
  }
  const values = { ...of.initial, ...watched }
  // All of it is new to another payer.
  const isMoved = values.payer !== of.initial.payer
  const counted = isMoved ? undefined : of.counted
  return (
    <Form<OrderFields>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={of.initial}
      onFinish={() => run(first)}
      scrollToFirstError
    >
      <div className="columns">
        <div>
          <Card>
            <Head isNew={of.isNew} />
          </Card>
          <Card>
            <OrderLines currency={values.currency ?? 'CNY'} />
          </Card>
          {of.error ? <ProblemNote error={of.error} /> : null}
          <div className="act-bar">
            {of.savings.map((saving, index) => (
              <Button
                key={saving.name}
                type={index === 0 ? 'primary' : 'default'}
                loading={of.isSaving}
                onClick={() => run(saving)}
              >
                {saving.name}
              </Button>
            ))}
          </div>
        </div>
        <ShipPreview asked={askedOf(values, counted)} isIncrease={counted !== undefined} />
      </div>
    </Form>
  )
}

function Head({ isNew }: { isNew: boolean }): ReactNode {
  const { say } = useWords()
  const required = { required: true, message: say('ui.required') }
  const terms = {
    validator: async (_rule: unknown, typed = '') => {
      if (typed.trim() === '' || parseTerms(typed).kind === 'terms') return
      throw new Error(say('order.terms.wrong'))
    },
  }
  return (
    <div className="form-grid">
      {isNew && (
        <>
          <Form.Item name="party" label={say('ui.customer')} rules={[required]} className="wide">
            <CustomerChoice autoFocus />
          </Form.Item>
          <Form.Item name="number" label={say('order.number')}>
            <Input maxLength={100} placeholder={say('order.number.hint')} autoComplete="off" />
          </Form.Item>
          <Form.Item name="currency" label={say('ui.currency')}>
            <Select options={commonCurrencies.map((value) => ({ value, label: value }))} />
          </Form.Item>
        </>
      )}
      <PayerItem />
      <Form.Item name="requestedOn" label={say('order.requestedOn')}>
        <DatePicker />
      </Form.Item>
      <Form.Item name="terms" label={say('order.terms')} rules={[terms]}>
        <Input maxLength={200} placeholder={say('order.terms.hint')} autoComplete="off" />
      </Form.Item>
      {isNew && (
        <Form.Item name="contract" label={say('order.contract')}>
          <Input maxLength={100} autoComplete="off" />
        </Form.Item>
      )}
      <Form.Item name="salesperson" label={say('order.salesperson')}>
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      <Form.Item name="note" label={say('order.note')} className="wide">
        <Input maxLength={2000} autoComplete="off" />
      </Form.Item>
    </div>
  )
}

/** Left empty, the customer pays. */
function PayerItem(): ReactNode {
  const { say } = useWords()
  const form = Form.useFormInstance<OrderFields>()
  return (
    <Form.Item name="payer" label={say('order.payer')} tooltip={say('order.payer.hint')}>
      <CustomerChoice
        placeholder={say('order.payer.none')}
        clear={() => form.setFieldValue('payer', undefined)}
      />
    </Form.Item>
  )
}

function askedOf(values: Partial<OrderFields>, counted = '0') {
  const { currency, lines, requestedOn, terms } = values
  const party = values.payer ?? values.party
  const whole = amountOfLines(lines ?? [], currency ?? '')
  const amount = whole && increaseOf(whole, counted)
  if (!party || !currency || amount === undefined || /^[0.]*$/.test(amount)) return undefined
  const reading = parseTerms(terms ?? '')
  const asked: Asked = {
    ...{ party, amount, currency },
    ...(reading.kind === 'terms' && terms ? { terms } : {}),
    ...(requestedOn ? { requestedOn: requestedOn.format('YYYY-MM-DD') } : {}),
  }
  return asked
}

/** The lines as the server takes them. */
export function linesToSend(lines: readonly TypedLine[]): NewLine[] {
  return lines.map(({ description, item, line, quantity, requestedOn, unit, unitPrice }) => ({
    ...(line === undefined ? {} : { line }),
    item: (item ?? '').trim(),
    ...(description ? { description } : {}),
    quantity: readDecimal(quantity, 3) ?? '',
    ...(unit?.trim() ? { unit: unit.trim() } : {}),
    unitPrice: readDecimal(unitPrice, 4) ?? '',
    ...(requestedOn ? { requestedOn } : {}),
  }))
}

/** What is agreed beside the lines; what is empty is left out. */
export function agreedOf({ contract, note, payer, requestedOn, salesperson, terms }: OrderFields) {
  const said = (text: string | undefined) => text?.trim() || null
  return {
    requestedOn: requestedOn ? requestedOn.format('YYYY-MM-DD') : null,
    terms: said(terms),
    contract: said(contract),
    salesperson: said(salesperson),
    note: said(note),
    payer: payer ?? null,
  }
}
