import { Button, Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { Money } from '../ui/money.tsx'
import { useWords } from '../ui/use-words.ts'
import { amountOfLine, amountOfLines, readDecimal, type TypedLine } from './line-amounts.ts'

/** The lines of an order while they are typed, with what each and all of them amount to. */
export function OrderLines({ currency }: { currency: string }): ReactNode {
  const { say } = useWords()
  const lines: readonly TypedLine[] = Form.useWatch('lines') ?? []
  const total = amountOfLines(lines, currency)
  return (
    <Form.List name="lines">
      {(fields, { add, remove }) => (
        <div className="table-scroll">
          <table className="plain-table order-lines">
            <thead>
              <tr>
                <th>{say('order.item')}</th>
                <th>{say('order.quantity')}</th>
                <th>{say('order.unit')}</th>
                <th>{say('order.price')}</th>
                <th className="right">{say('ui.amount')}</th>
                <th aria-label={say('ui.remove')} />
              </tr>
            </thead>
            <tbody>
              {fields.map(({ key, name }) => (
                <tr key={key}>
                  <LineInputs place={name} />
                  <td className="right">
                    <Money
                      amount={amountOfLine(lines[name], currency) ?? null}
                      currency={currency}
                    />
                  </td>
                  <td>
                    <Button
                      type="text"
                      disabled={fields.length === 1}
                      aria-label={`${say('ui.remove')} ${name + 1}`}
                      onClick={() => remove(name)}
                    >
                      ×
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td colSpan={4}>
                  <Button onClick={() => add({ unit: say('order.piece') })}>
                    {say('order.addLine')}
                  </Button>
                </td>
                <td className="right">
                  <strong>
                    {say('order.total')} <Money amount={total ?? null} currency={currency} />
                  </strong>
                </td>
                <td />
              </tr>
            </tfoot>
          </table>
        </div>
      )}
    </Form.List>
  )
}

function LineInputs({ place }: { place: number }): ReactNode {
  const { say } = useWords()
  const label = (word: 'order.item' | 'order.quantity' | 'order.unit' | 'order.price') =>
    `${say(word)} ${place + 1}`
  const required = { required: true, whitespace: true, message: say('ui.required') }
  const decimal = (decimals: number, message: string, mayBeZero: boolean) => ({
    validator: async (_rule: unknown, typed?: string) => {
      const text = readDecimal(typed, decimals)
      if (text === undefined || (!mayBeZero && /^[0.]*$/.test(text))) throw new Error(message)
    },
  })
  return (
    <>
      <td>
        <Form.Item name={[place, 'item']} rules={[required]} noStyle={false}>
          <Input aria-label={label('order.item')} maxLength={100} autoComplete="off" />
        </Form.Item>
      </td>
      <td>
        <Form.Item
          name={[place, 'quantity']}
          rules={[decimal(3, say('order.quantity.wrong'), false)]}
        >
          <Input aria-label={label('order.quantity')} inputMode="decimal" autoComplete="off" />
        </Form.Item>
      </td>
      <td>
        <Form.Item name={[place, 'unit']}>
          <Input aria-label={label('order.unit')} maxLength={20} autoComplete="off" />
        </Form.Item>
      </td>
      <td>
        <Form.Item name={[place, 'unitPrice']} rules={[decimal(4, say('order.price.wrong'), true)]}>
          <Input aria-label={label('order.price')} inputMode="decimal" autoComplete="off" />
        </Form.Item>
      </td>
    </>
  )
}
