import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import type { RulePilot } from '#contract/pilot.ts'
import { ruleName } from '../policy/rule-name.ts'
import { get } from '../ui/api.ts'
import { Chart } from '../ui/chart.tsx'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, Descriptions, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { Comparison } from './comparison.tsx'
import { RuleSteps } from './rule-steps.tsx'

/** What one rule would hold, or holds, and what became of those customers. */
export function RulePilotPage(): ReactNode {
  const { pick, say } = useWords()
  const { rule = '' } = useParams()
  const path = `/api/policy-pilots/${encodeURIComponent(rule)}`
  const pilot = useQuery({ queryKey: [path], queryFn: () => get<RulePilot>(path) })
  const name = pilot.data ? ruleName(pilot.data, { pick, say }) : rule
  return (
    <Page
      title={name}
      back={{ to: '/policies/pilots', name: say('pilot.title') }}
      actions={pilot.data && <RuleSteps rule={pilot.data} name={name} />}
    >
      <Loaded query={pilot}>{(shown) => <Told pilot={shown} />}</Loaded>
    </Page>
  )
}

function Told({ pilot }: { pilot: RulePilot }): ReactNode {
  const { say } = useWords()
  const { amount, baseCurrency, customers, documents, held, reaction, since, withoutRate } = pilot
  return (
    <>
      <Card title={say(`policy.reaction.${reaction}`)}>
        <Descriptions
          items={[
            [say('pilot.since'), <DayText key="since" day={since} />],
            [say('pilot.documents'), String(documents)],
            [say('pilot.customers'), String(customers)],
            [say('pilot.held'), String(held)],
            ...(reaction === 'hold'
              ? []
              : ([
                  [say('pilot.passed'), String(documents - held)],
                  [
                    say('pilot.amount'),
                    <Money key="amount" amount={amount} currency={baseCurrency} />,
                  ],
                ] as const)),
          ]}
        />
        {withoutRate > 0 && <p>{say('pilot.withoutRate', { count: withoutRate })}</p>}
        {documents === 0 && <EmptyState title={say('pilot.nothing')} text="" />}
      </Card>
      {documents > 0 && (
        <>
          <Card title={say('pilot.weeks')}>
            <Weeks weeks={pilot.weeks} />
          </Card>
          <Card title={say('pilot.became')}>
            <p className="quiet">{say('pilot.became.note')}</p>
            <Comparison
              comparison={pilot.comparison}
              names={{ champion: 'pilot.others', challenger: 'pilot.struck' }}
              isResult
            />
          </Card>
          <Card title={say('pilot.latest')}>
            <Latest latest={pilot.latest} />
          </Card>
        </>
      )}
    </>
  )
}

function Weeks({ weeks }: Pick<RulePilot, 'weeks'>): ReactNode {
  const { say } = useWords()
  const text = (value: string) => value
  return (
    <Chart
      label={say('pilot.weeks')}
      categoryName={say('pilot.week')}
      categories={weeks.map(({ weekOn }) => weekOn)}
      series={[
        {
          ...{ name: say('pilot.week.passed'), kind: 'bar', tone: 'warn', stack: 'all', text },
          values: weeks.map(({ documents, held }) => String(documents - held)),
        },
        {
          ...{ name: say('pilot.week.held'), kind: 'bar', tone: 'quiet', stack: 'all', text },
          values: weeks.map(({ held }) => String(held)),
        },
      ]}
    />
  )
}

function Latest({ latest }: Pick<RulePilot, 'latest'>): ReactNode {
  const { pick, say } = useWords()
  return (
    <PlainTable
      titles={[
        ...(['pilot.document', 'pilot.customer', 'pilot.day', '>pilot.documentAmount'] as const),
        ...(['pilot.outcome', 'pilot.why'] as const),
      ]}
    >
      {latest.map(({ amount, currency, isHeld, number, on, party, partyId, sentence }) => (
        <tr key={`${partyId} ${number}`}>
          <th scope="row">{number}</th>
          <td>
            <Link to={`/customers/${partyId}`}>{party}</Link>
          </td>
          <td>
            <DayText day={on} />
          </td>
          <td className="right">
            <Money amount={amount} currency={currency} />
          </td>
          <td>
            <Mark tone={isHeld ? 'bad' : 'good'}>
              {say(isHeld ? 'pilot.outcome.held' : 'pilot.outcome.passed')}
            </Mark>
          </td>
          <td>{sentence && pick(sentence)}</td>
        </tr>
      ))}
    </PlainTable>
  )
}
