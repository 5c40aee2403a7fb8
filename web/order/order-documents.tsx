import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { OrderFile } from '#contract/order.ts'
import { amountText, percentOf } from '../ui/amount-text.ts'
import { DayText, Money } from '../ui/money.tsx'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { Progress } from '../ui/progress.tsx'
import { useWords } from '../ui/use-words.ts'

type Of = { readonly order: OrderFile }

/** The lines with what was delivered of each. */
export function OrderLinesTable({ order }: Of): ReactNode {
  const { say } = useWords()
  const { currency, lines } = order
  if (lines.length === 0) return <p className="quiet">{say('order.noLines')}</p>
  const haveDays = lines.some(({ requestedOn }) => requestedOn !== null)
  return (
    <PlainTable
      titles={[
        'order.item',
        '>order.quantity',
        '>order.price',
        '>ui.amount',
        'order.delivered',
        '>order.rest',
        ...(haveDays ? (['order.requestedOn'] as const) : []),
      ]}
    >
      {lines.map((line) => (
        <tr key={line.line}>
          <th scope="row">
            {line.item} {line.description && <div className="quiet">{line.description}</div>}
          </th>
          <td className="right">
            {amountText(line.quantity)} {line.unit}
          </td>
          <td className="right">{amountText(line.unitPrice)}</td>
          <td className="right">
            <Money amount={line.amount} currency={currency} />
          </td>
          <td>
            <Progress
              label={say('order.delivered')}
              percent={percentOf(line.delivered, line.quantity)}
            />
          </td>
          <td className="right">{amountText(line.rest)}</td>
          {haveDays && (
            <td>
              <DayText day={line.requestedOn ?? order.requestedOn} />
            </td>
          )}
        </tr>
      ))}
    </PlainTable>
  )
}

/** Deliveries, invoices and returns, each where there are any. */
export function OrderDocuments({ order }: Of): ReactNode {
  return (
    <>
      {order.deliveries.length > 0 && <Deliveries order={order} />}
      {order.invoices.length > 0 && <Invoices order={order} />}
      {order.returns.length > 0 && <Returns order={order} />}
    </>
  )
}

function Deliveries({ order }: Of): ReactNode {
  const { say } = useWords()
  const { currency } = order
  const itemOf = (line: number) => order.lines.find((one) => one.line === line)
  return (
    <Card title={say('order.deliveries')}>
      <PlainTable
        titles={[
          'order.deliveryNumber',
          'order.deliveredOn',
          'order.lines',
          '>ui.amount',
          '>order.notInvoiced',
        ]}
      >
        {order.deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <th scope="row">{delivery.number ?? '-'}</th>
            <td>
              <DayText day={delivery.deliveredOn} />
            </td>
            <td>
              {delivery.lines.map(({ line, quantity }) => (
                <div key={line}>
                  {itemOf(line)?.item} × {amountText(quantity)} {itemOf(line)?.unit}
                </div>
              ))}
            </td>
            <td className="right">
              <Money amount={delivery.amount} currency={currency} />
            </td>
            <td className="right">
              <Money amount={delivery.notInvoiced} currency={currency} />
            </td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}

function Invoices({ order }: Of): ReactNode {
  const { say } = useWords()
  const { currency } = order
  return (
    <Card title={say('order.invoices')}>
      <PlainTable
        titles={[
          'order.invoiceNumber',
          'order.issuedOn',
          'order.dueOn',
          '>ui.amount',
          '>order.open',
        ]}
      >
        {order.invoices.map((invoice) => (
          <tr key={invoice.id}>
            <th scope="row">
              <Link to={`/invoices/${order.partyId}/${invoice.id}`}>{invoice.number}</Link>
            </th>
            <td>
              <DayText day={invoice.issuedOn} />
            </td>
            <td>
              <DayText day={invoice.dueOn} />
            </td>
            <td className="right">
              <Money amount={invoice.amount} currency={currency} />
            </td>
            <td className="right">
              <Money amount={invoice.open} currency={currency} />
            </td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}

function Returns({ order }: Of): ReactNode {
  const { say } = useWords()
  const itemOf = (line: number | null) => order.lines.find((one) => one.line === line)?.item ?? '-'
  return (
    <Card title={say('order.returns')}>
      <PlainTable titles={['order.item', 'ui.day', '>order.quantity', '>ui.amount', 'ui.reason']}>
        {order.returns.map((back) => (
          <tr key={back.id}>
            <th scope="row">{itemOf(back.line)}</th>
            <td>
              <DayText day={back.returnedOn} />
            </td>
            <td className="right">{back.quantity ?? '-'}</td>
            <td className="right">
              <Money amount={back.amount} currency={order.currency} />
            </td>
            <td>
              {back.reason} {back.again && <span className="quiet">{say('order.again')}</span>}
            </td>
          </tr>
        ))}
      </PlainTable>
    </Card>
  )
}
