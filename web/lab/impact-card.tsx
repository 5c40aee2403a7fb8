import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import type { PolicyImpact, TriedPolicy } from '#contract/lab.ts'
import { amountText } from '../ui/amount-text.ts'
import { send } from '../ui/api.ts'
import { Money } from '../ui/money.tsx'
import { Card, Loaded } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { type Say, useWords } from '../ui/use-words.ts'
import { useMayNot } from '../user/use-me.ts'

/** What a version, or a document that is being written, would do to customers and open orders. */
export function ImpactCard({ tried }: { tried: TriedPolicy }): ReactNode {
  const { say } = useWords()
  const reason = useMayNot()('policy:write')
  const [isAsked, setAsked] = useState(false)
  const impact = useQuery({
    queryKey: ['/api/policies/impact', tried],
    queryFn: ({ signal }) =>
      send<PolicyImpact>('POST', '/api/policies/impact', { body: tried, signal }),
    enabled: isAsked && reason === null,
    staleTime: 60_000,
  })
  return (
    <Card
      title={say('impact.title')}
      extra={
        !isAsked && (
          <Button disabled={reason !== null} onClick={() => setAsked(true)}>
            {say('impact.start')}
          </Button>
        )
      }
    >
      <p className="quiet">{reason ?? say('impact.note')}</p>
      {isAsked && reason === null && (
        <Loaded query={impact}>{(told) => <ImpactTold impact={told} />}</Loaded>
      )}
    </Card>
  )
}

function ImpactTold({ impact }: { impact: PolicyImpact }): ReactNode {
  const { say } = useWords()
  const { changed, customers, downgraded, orders, upgraded } = impact
  const isNothing = changed === 0 && orders.held === 0 && orders.passed === 0
  return (
    <>
      <p className="impact-headline" role="status">
        {isNothing
          ? say('impact.none')
          : say('impact.headline', {
              ...{ customers, changed, upgraded, downgraded },
              ...{ held: orders.held, passed: orders.passed },
            })}
      </p>
      {impact.notRated > 0 && (
        <p className="quiet">{say('impact.notRated', { count: impact.notRated })}</p>
      )}
      {impact.longerTerms + impact.shorterTerms > 0 && (
        <p>{say('impact.terms', { longer: impact.longerTerms, shorter: impact.shorterTerms })}</p>
      )}
      {upgraded + downgraded > 0 && <Moves impact={impact} />}
      {changed > 0 && impact.limits.length > 0 && <Limits limits={impact.limits} />}
      <Customers title={say('impact.losers')} customers={impact.losers} />
      <Customers title={say('impact.gainers')} customers={impact.gainers} />
      <Orders title={say('impact.held')} orders={orders.heldOrders} count={orders.held} />
      <Orders title={say('impact.passed')} orders={orders.passedOrders} count={orders.passed} />
    </>
  )
}

/** From which grade how many customers go to which. */
function Moves({ impact: { grades, moves } }: { impact: PolicyImpact }): ReactNode {
  const { say } = useWords()
  const named = grades.filter((grade) =>
    moves.some(({ from, to }) => from === grade || to === grade),
  )
  const countOf = (from: string, to: string) =>
    moves.find((move) => move.from === from && move.to === to)?.customers ?? 0
  return (
    <>
      <h3>{say('impact.moves')}</h3>
      <div className="table-scroll">
        <table className="plain-table moves">
          <thead>
            <tr>
              <th scope="col">{say('impact.now')}</th>
              {named.map((to) => (
                <th key={to} scope="col" className="right">
                  {to}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {named.map((from) => (
              <tr key={from}>
                <th scope="row">{from}</th>
                {named.map((to) => (
                  <td key={to} className={from === to ? 'right quiet' : 'right'}>
                    {countOf(from, to) || ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Limits({ limits }: { limits: PolicyImpact['limits'] }): ReactNode {
  const { say } = useWords()
  return (
    <>
      <h3>{say('impact.limits')}</h3>
      <PlainTable
        titles={[
          'impact.currency',
          ...(['>impact.before', '>impact.after', '>impact.raised', '>impact.lowered'] as const),
        ]}
      >
        {limits.map(({ after, before, currency, lowered, raised }) => (
          <tr key={currency}>
            <th scope="row">{currency}</th>
            <td className="right">
              <Money amount={before} currency={currency} />
            </td>
            <td className="right">
              <Money amount={after} currency={currency} />
            </td>
            <td className="right">{tallyText(raised, say)}</td>
            <td className="right">{tallyText(lowered, say)}</td>
          </tr>
        ))}
      </PlainTable>
    </>
  )
}

function tallyText(tally: PolicyImpact['limits'][number]['raised'], say: Say): string {
  return say('impact.tally', { by: amountText(tally.by), customers: tally.customers })
}

function Customers(of: {
  readonly title: string
  readonly customers: PolicyImpact['gainers']
}): ReactNode {
  const { pick } = useWords()
  if (of.customers.length === 0) return null
  return (
    <>
      <h3>{of.title}</h3>
      <PlainTable titles={['impact.customer', 'impact.grade', '>impact.limit', 'impact.why']}>
        {of.customers.map(({ after, before, currency, name, partyId, why }) => (
          <tr key={partyId}>
            <th scope="row">
              <Link to={`/customers/${partyId}`}>{name}</Link>
            </th>
            <td>
              {before.grade === after.grade ? after.grade : `${before.grade} → ${after.grade}`}
            </td>
            <td className="right">
              {before.limit !== null && <Money amount={before.limit} currency={currency} />} →{' '}
              {after.limit !== null && <Money amount={after.limit} currency={currency} />}
            </td>
            <td>
              {why.slice(0, 4).map((sentence) => (
                <div key={sentence.en}>{pick(sentence)}</div>
              ))}
            </td>
          </tr>
        ))}
      </PlainTable>
    </>
  )
}

function Orders(of: {
  readonly title: string
  readonly orders: PolicyImpact['orders']['heldOrders']
  readonly count: number
}): ReactNode {
  const { say } = useWords()
  if (of.orders.length === 0) return null
  return (
    <>
      <h3>{of.title}</h3>
      <PlainTable titles={['impact.order', 'impact.customer', '>impact.amount', 'impact.rules']}>
        {of.orders.map(({ amount, currency, id, number, party, partyId, rules }) => (
          <tr key={id}>
            <th scope="row">
              <Link to={`/orders/${id}`}>{number}</Link>
            </th>
            <td>
              <Link to={`/customers/${partyId}`}>{party}</Link>
            </td>
            <td className="right">
              <Money amount={amount} currency={currency} />
            </td>
            <td>{rules.join(', ')}</td>
          </tr>
        ))}
      </PlainTable>
      {of.count > of.orders.length && (
        <p className="quiet">{say('impact.more', { count: of.orders.length })}</p>
      )}
    </>
  )
}
