import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { ContractFile } from '#contract/sales-contract.ts'
import { percentOf } from '../ui/amount-text.ts'
import { get } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, Descriptions, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { Progress } from '../ui/progress.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useWords } from '../ui/use-words.ts'
import { ContractActs } from './contract-acts.tsx'
import { OrderState } from './order-state.tsx'

/** A contract: what it says, how far it has come, and the orders that called it off. */
export function ContractPage(): ReactNode {
  const { say } = useWords()
  const { id = '' } = useParams()
  const path = `/api/contracts/${id}`
  const contract = useQuery({ queryKey: [path], queryFn: () => get<ContractFile>(path) })
  const { data } = contract
  return (
    <Page
      title={data ? `${data.number} ${data.title}` : say('order.contract')}
      back={{ to: '/orders/contracts', name: say('order.contracts') }}
      note={
        data && (
          <Mark tone={data.state === 'open' ? 'good' : 'plain'}>
            {say(`order.contract.${data.state}`)}
          </Mark>
        )
      }
      actions={data && <ContractActs contract={data} />}
    >
      <Loaded query={contract} rows={8}>
        {(loaded) => (
          <>
            <Facts contract={loaded} />
            <HowFar contract={loaded} />
            <Orders contract={loaded} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Facts({ contract }: { contract: ContractFile }): ReactNode {
  const { say } = useWords()
  const { amount, currency, endReason, endedOn, fromOn, note, party, partyId } = contract
  const to = contract.toOn ?? say('order.contract.endless')
  return (
    <Card>
      <Descriptions
        items={[
          [
            say('ui.customer'),
            <Link key="party" to={`/customers/${partyId}`}>
              {party.name}
            </Link>,
          ],
          [say('order.contract.amount'), <Money key="amount" {...{ amount, currency }} />],
          [say('order.signedOn'), <DayText key="signed" day={contract.signedOn} />],
          [say('order.contract.period'), say('order.contract.until', { from: fromOn, to })],
          [say('order.terms'), <TermsText key="terms" terms={contract.terms} />],
          [say('order.note'), note],
          ...(endedOn === null
            ? []
            : ([
                [say('order.contract.endedOn'), <DayText key="ended" day={endedOn} />],
                [say('ui.reason'), endReason],
              ] as const)),
        ]}
      />
    </Card>
  )
}

function HowFar({ contract }: { contract: ContractFile }): ReactNode {
  const { say } = useWords()
  const { amount, currency, delivered, invoiced, ordered, paid } = contract
  const steps = [
    ['order.called', ordered],
    ['order.delivered', delivered],
    ['order.invoiced', invoiced],
    ['order.paid', paid],
  ] as const
  return (
    <Card title={say('order.contract.progress')}>
      <Descriptions
        items={steps.map(([name, of]) => [
          say(name),
          <div key={name} className="reached">
            <Money amount={of} currency={currency} />
            <Progress label={say(name)} percent={percentOf(of, amount) ?? 0} />
          </div>,
        ])}
      />
    </Card>
  )
}

function Orders({ contract: { orders } }: { contract: ContractFile }): ReactNode {
  const { say } = useWords()
  return (
    <Card title={say('order.contract.orders')}>
      {orders.length === 0 ? (
        <EmptyState title={say('order.contract.orders.none')} />
      ) : (
        <PlainTable
          titles={[
            ...(['order.number', 'order.state', '>ui.amount', '>order.delivered'] as const),
            ...(['order.orderedOn', 'order.requestedOn'] as const),
          ]}
        >
          {orders.map(({ amount, currency, delivered, id, number, state, ...order }) => (
            <tr key={id}>
              <th scope="row">
                <Link to={`/orders/${id}`}>{number}</Link>
              </th>
              <td>
                <OrderState state={state} />
              </td>
              <td className="right">
                <Money {...{ amount, currency }} />
              </td>
              <td className="right">
                <Money amount={delivered} currency={currency} />
              </td>
              <td>
                <DayText day={order.orderedOn} />
              </td>
              <td>
                <DayText day={order.requestedOn} />
              </td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Card>
  )
}
