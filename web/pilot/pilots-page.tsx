import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PilotList } from '#contract/pilot.ts'
import { ruleName } from '../policy/rule-name.ts'
import { get } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { RuleSteps } from './rule-steps.tsx'

const path = '/api/policy-pilots'

/** What of the policies is tried out: rules that hold nobody yet, and trials. */
export function PilotsPage(): ReactNode {
  const { say } = useWords()
  const pilots = useQuery({ queryKey: [path], queryFn: () => get<PilotList>(path) })
  return (
    <Page
      title={say('pilot.title')}
      back={{ to: '/policies', name: say('shell.policies') }}
      note={say('pilot.note')}
    >
      <Card title={say('pilot.rules')}>
        <Loaded query={pilots}>
          {({ rules }) =>
            rules.length === 0 ? (
              <EmptyState
                title={say('pilot.rules.none')}
                text={say('pilot.rules.none.text')}
                action={<Link to="/policies">{say('shell.policies')}</Link>}
              />
            ) : (
              <Rules rules={rules} />
            )
          }
        </Loaded>
      </Card>
      <Card title={say('pilot.trials')}>
        <Loaded query={pilots}>
          {({ trials }) =>
            trials.length === 0 ? (
              <EmptyState title={say('pilot.trials.none')} text={say('pilot.trials.none.text')} />
            ) : (
              <Trials trials={trials} />
            )
          }
        </Loaded>
      </Card>
    </Page>
  )
}

function Rules({ rules }: Pick<PilotList, 'rules'>): ReactNode {
  const { pick, say } = useWords()
  return (
    <PlainTable
      titles={[
        ...(['pilot.rule', 'pilot.step', 'pilot.since', '>pilot.documents'] as const),
        ...(['>pilot.customers', '>pilot.held', '>pilot.passed', '>pilot.amount'] as const),
        'pilot.next',
      ]}
    >
      {rules.map((rule) => {
        const name = ruleName(rule, { pick, say })
        return (
          <tr key={rule.rule}>
            <th scope="row">
              <Link to={`/policies/pilots/${encodeURIComponent(rule.rule)}`}>{name}</Link>
            </th>
            <td>
              <Mark tone={rule.reaction === 'warn' ? 'warn' : 'plain'}>
                {say(`policy.reaction.${rule.reaction}`)}
              </Mark>
            </td>
            <td>
              <DayText day={rule.since} />
            </td>
            <td className="right">{rule.documents}</td>
            <td className="right">{rule.customers}</td>
            <td className="right">{rule.held}</td>
            <td className="right">{rule.documents - rule.held}</td>
            <td className="right">
              <Money amount={rule.amount} currency={rule.baseCurrency} />
            </td>
            <td>
              <RuleSteps rule={rule} name={name} />
            </td>
          </tr>
        )
      })}
    </PlainTable>
  )
}

function Trials({ trials }: Pick<PilotList, 'trials'>): ReactNode {
  const { pick, say } = useWords()
  return (
    <PlainTable
      titles={[
        ...(['pilot.trials', 'pilot.policy', '>pilot.share', 'pilot.since'] as const),
        ...(['pilot.readOn', 'pilot.parts'] as const),
      ]}
    >
      {trials.map((trial) => (
        <tr key={`${trial.kind} ${trial.name}`}>
          <th scope="row">
            <Link to={`/policies/trials/${trial.kind}/${encodeURIComponent(trial.name)}`}>
              {trial.name}
            </Link>
          </th>
          <td>{say(`policy.kind.${trial.kind}`)}</td>
          <td className="right">{trial.share}</td>
          <td>
            <DayText day={trial.since} />
          </td>
          <td>
            <DayText day={trial.readOn} />
          </td>
          <td>
            {trial.parts
              .map(({ group, label }) => `${say(`pilot.${group}`)}: ${pick(label)}`)
              .join('; ')}
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}
