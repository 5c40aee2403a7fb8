import { useQuery } from '@tanstack/react-query'
import dayjs from 'dayjs'
import type { ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import type { OrderAnswer, OrderChange, OrderHistory } from '#contract/order.ts'
import { get, send } from '../ui/api.ts'
import { Loaded, Page } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { agreedOf, linesToSend, type OrderFields, OrderForm } from './order-form.tsx'

/** Changes an order; what raises its exposure passes the gate or waits for a release. */
export function AmendOrderPage(): ReactNode {
  const { say } = useWords()
  const { id } = useParams()
  const path = `/api/orders/${id}`
  const order = useQuery({ queryKey: [path], queryFn: () => get<OrderHistory>(path) })
  const title = say('order.amend.title', { number: order.data?.number ?? '' })
  return (
    <Page title={title} back={{ to: `/orders/${id}`, name: order.data?.number ?? '' }}>
      <Loaded query={order}>{(loaded) => <Amending order={loaded} />}</Loaded>
    </Page>
  )
}

function Amending({ order }: { order: OrderHistory }): ReactNode {
  const { say } = useWords()
  const navigate = useNavigate()
  const path = `/api/orders/${order.id}`
  const initial = fieldsOf(order)
  const amend = useAct<OrderChange, OrderAnswer>({
    send: (body, key) => send('PUT', path, { body, key }),
    isProblemShown: true,
    done: (words, { check }) =>
      words(check?.outcome === 'held' ? 'order.done.held' : 'order.done.amended'),
    onDone: () => navigate(`/orders/${order.id}`),
  })
  const save = (fields: OrderFields) => {
    const change = changeOf(initial, fields)
    if (Object.keys(change).length === 0) navigate(`/orders/${order.id}`)
    else amend.mutate(change)
  }
  return (
    <OrderForm
      isNew={false}
      {...(order.state === 'confirmed' && { counted: order.amount })}
      initial={initial}
      isSaving={amend.isPending}
      error={amend.error}
      savings={[{ name: say('order.save'), run: save }]}
    />
  )
}

function fieldsOf(order: OrderHistory): OrderFields {
  return {
    party: order.partyId,
    ...(order.payer && { payer: order.payer.id }),
    currency: order.currency,
    requestedOn: order.requestedOn === null ? null : dayjs(order.requestedOn),
    terms: order.terms ?? '',
    salesperson: order.salesperson ?? '',
    note: order.note ?? '',
    lines: order.lines.map(
      ({ description, item, line, quantity, requestedOn, unit, unitPrice }) => ({
        ...{ line, item, quantity, unit, unitPrice },
        ...(description === null ? {} : { description }),
        ...(requestedOn === null ? {} : { requestedOn }),
      }),
    ),
  }
}

/** Only what differs: an amendment tells what was changed. */
function changeOf(before: OrderFields, after: OrderFields): OrderChange {
  const [was, is] = [agreedOf(before), agreedOf(after)]
  const [oldLines, newLines] = [linesToSend(before.lines), linesToSend(after.lines)]
  const changed = <Key extends keyof typeof is>(key: Key) =>
    was[key] === is[key] ? {} : { [key]: is[key] }
  return {
    ...changed('requestedOn'),
    ...changed('terms'),
    ...changed('contract'),
    ...changed('salesperson'),
    ...changed('note'),
    ...changed('payer'),
    ...(JSON.stringify(oldLines) === JSON.stringify(newLines) ? {} : { lines: newLines }),
  }
}
