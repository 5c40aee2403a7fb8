import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { StoredCheck } from '#contract/check.ts'
import type { OrderHistory } from '#contract/order.ts'
import { CustomerGlance } from '../check/customer-glance.tsx'
import { get } from '../ui/api.ts'
import { ExplainedMoney } from '../ui/explained-money.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, Descriptions, Loaded, Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Reasons, Remedies } from '../ui/reasons.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useWords } from '../ui/use-words.ts'
import { OrderActs } from './order-acts.tsx'
import { OrderDocuments, OrderLinesTable } from './order-documents.tsx'
import { OrderTimeline } from './order-history.tsx'
import { OrderState, OrderSteps } from './order-state.tsx'

/** An order, how far it has come, what holds it, and what can be done about it. */
export function OrderPage(): ReactNode {
  const { say } = useWords()
  const { id } = useParams()
  const path = `/api/orders/${id}`
  const query = useQuery({ queryKey: [path], queryFn: () => get<OrderHistory>(path) })
  const { data: order } = query
  return (
    <Page
      title={order ? say('order.one', { number: order.number }) : say('order.orders')}
      back={{ to: '/orders', name: say('order.orders') }}
      note={order && <Head order={order} />}
      actions={order && <OrderActs order={order} />}
    >
      <Loaded query={query} rows={14}>
        {(loaded) => <Body order={loaded} />}
      </Loaded>
    </Page>
  )
}

function Head({ order }: { order: OrderHistory }): ReactNode {
  const { say } = useWords()
  return (
    <span className="head-facts">
      <OrderState state={order.status} />
      {order.waitsForRelease && <Mark tone="bad">{say('order.waits')}</Mark>}
      <Link to={`/customers/${order.partyId}`}>{order.party.name}</Link>
      <Money amount={order.amount} currency={order.currency} />
    </span>
  )
}

function Body({ order }: { order: OrderHistory }): ReactNode {
  const { say } = useWords()
  return (
    <>
      <OrderSteps status={order.status} />
      <div className="columns">
        <div>
          <LastCheck order={order} />
          <Card title={say('order.lines')}>
            <OrderLinesTable order={order} />
          </Card>
          <OrderDocuments order={order} />
        </div>
        <div>
          <Facts order={order} />
          <CustomerGlance party={order.party} />
          <Card title={say('order.history')}>
            <OrderTimeline order={order} />
          </Card>
        </div>
      </div>
    </>
  )
}

/** What the gate said last, or about what it holds. */
function LastCheck({ order }: { order: OrderHistory }): ReactNode {
  const { say } = useWords()
  const [first] = order.holds
  const hold = order.holds.find(({ checkpoint }) => checkpoint === 'order') ?? first
  const isWaiting = order.waitsForRelease && hold?.checkpoint !== 'delivery'
  const asked = hold ?? order.checks[0]
  const id = asked?.decisionId
  const path = `/api/credit-checks/${asked?.partyId}/${id}`
  const check = useQuery({
    queryKey: [path],
    queryFn: () => get<StoredCheck>(path),
    enabled: id !== undefined,
  })
  const link = hold && <Link to={`/holds/${hold.partyId}/${hold.id}`}>{say('order.openHold')}</Link>
  if (id === undefined) {
    return (
      <Card title={say('order.creditCheck')}>
        <p className="quiet">{say('order.noCheck')}</p>
      </Card>
    )
  }
  return (
    <Card title={say('order.creditCheck')} extra={link}>
      <Loaded query={check} rows={3}>
        {({ fired, outcome, remedies }) => (
          <div className={`outcome-${outcome}`}>
            <p className="ship-outcome">
              {say(isWaiting ? 'order.waits.title' : `check.${outcome as 'approved' | 'held'}`)}
            </p>
            {isWaiting && <p>{say('order.waits.note')}</p>}
            <Reasons fired={fired} />
            {outcome === 'held' && (
              <>
                <h3>{say(wayOut(isWaiting, remedies.length > 0))}</h3>
                <Remedies remedies={remedies} />
              </>
            )}
          </div>
        )}
      </Loaded>
    </Card>
  )
}

/** A change that waits keeps nothing from shipping. */
function wayOut(isWaiting: boolean, hasRemedies: boolean) {
  if (isWaiting) return hasRemedies ? 'order.waits.remedies' : 'order.waits.none'
  return hasRemedies ? 'check.remedies' : 'check.remedies.none'
}

function Facts({ order }: { order: OrderHistory }): ReactNode {
  const { say } = useWords()
  const figures = useFigures(order)
  return (
    <Card title={say('order.facts')}>
      <Descriptions
        items={[
          ...(order.payer === null
            ? []
            : ([
                [
                  say('order.payer'),
                  <Link key="payer" to={`/customers/${order.payer.id}`}>
                    {order.payer.name}
                  </Link>,
                ],
              ] as const)),
          [say('order.requestedOn'), <DayText key="requested" day={order.requestedOn} />],
          [say('order.terms'), <TermsText key="terms" terms={order.terms} />],
          [say('order.orderedOn'), <DayText key="ordered" day={order.orderedOn} />],
          [say('order.confirmedOn'), <DayText key="confirmed" day={order.confirmedOn} />],
          [
            say('order.delivered'),
            <Progress
              key="delivered"
              label={say('order.delivered')}
              percent={order.deliveredPercent}
            />,
          ],
          [
            say('order.invoiced'),
            <Progress
              key="invoiced"
              label={say('order.invoiced')}
              percent={order.invoicedPercent}
            />,
          ],
          ...figures,
          [say('order.discount'), order.discount],
          [say('order.salesperson'), order.salesperson],
          ...(order.contractId === null
            ? []
            : ([
                [
                  say('order.contracts'),
                  <Link key="contract" to={`/orders/contracts/${order.contractId}`}>
                    {say('order.contract.open.page')}
                  </Link>,
                ],
              ] as const)),
          [say('order.note'), order.note],
        ]}
      />
    </Card>
  )
}

/** What is left of an order and what it counts with, each with its formula. */
function useFigures(order: OrderHistory): readonly (readonly [name: string, figure: ReactNode])[] {
  const { say } = useWords()
  const { amount, counts, currency, delivered, invoiced, notInvoiced, paid, rest } = order
  const figure = (
    of: 'rest' | 'notInvoiced' | 'paid' | 'counts',
    value: string,
    ...inputs: (readonly [name: string, amount: string])[]
  ) =>
    [
      say(`order.${of}`),
      <ExplainedMoney
        key={of}
        {...{ currency, inputs, amount: value }}
        formula={say(`order.${of}.formula`)}
      />,
    ] as const
  const [isDelivered, isInvoiced] = [
    [say('order.delivered'), delivered],
    [say('order.invoiced'), invoiced],
  ] as const
  return [
    figure('rest', rest, [say('order.amount'), amount], isDelivered),
    figure('notInvoiced', notInvoiced, isDelivered, isInvoiced),
    figure('paid', paid, isInvoiced),
    figure('counts', counts, [say('order.rest'), rest], [say('order.notInvoiced'), notInvoiced]),
  ]
}
