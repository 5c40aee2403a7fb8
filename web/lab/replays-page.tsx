import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { ReplayList } from '#contract/replay.ts'
import { get } from '../ui/api.ts'
import { Mark, type Tone } from '../ui/mark.tsx'
import { MomentText, Money } from '../ui/money.tsx'
import { Card, EmptyState, Loaded, Page } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'
import { ReplayForm } from './replay-form.tsx'

const path = '/api/policy-replays'

/** Policies that were tried on the past, and a form to try another. */
export function ReplaysPage(): ReactNode {
  const { say } = useWords()
  const replays = useQuery({ queryKey: [path], queryFn: () => get<ReplayList>(path) })
  return (
    <Page
      title={say('replay.title')}
      back={{ to: '/policies', name: say('shell.policies') }}
      note={say('replay.note')}
    >
      <Card title={say('replay.new')}>
        <ReplayForm />
      </Card>
      <Card title={say('replay.earlier')}>
        <Loaded query={replays}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={say('replay.none')} text={say('replay.none.text')} />
            ) : (
              <Earlier items={items} />
            )
          }
        </Loaded>
      </Card>
    </Page>
  )
}

const tones: Readonly<Record<ReplayList['items'][number]['state'], Tone>> = {
  waiting: 'plain',
  running: 'warn',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
}

function Earlier({ items }: ReplayList): ReactNode {
  const { say } = useWords()
  return (
    <PlainTable
      titles={[
        ...(['replay.when', 'replay.policy', 'replay.months', 'replay.by'] as const),
        ...(['replay.state', '>replay.net'] as const),
      ]}
    >
      {items.map((replay) => (
        <tr key={replay.id}>
          <th scope="row">
            <Link to={`/policies/lab/${replay.id}`}>
              <MomentText moment={replay.createdAt} />
            </Link>
          </th>
          <td>
            {replay.kind && say(`policy.kind.${replay.kind}`)} {replay.title}
          </td>
          <td>{replay.months !== null && say('replay.span', { months: replay.months })}</td>
          <td>{replay.requestedBy}</td>
          <td>
            <Mark tone={tones[replay.state]}>{say(`replay.state.${replay.state}`)}</Mark>
          </td>
          <td className="right">
            <Money amount={replay.net} currency={replay.baseCurrency ?? ''} />
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}
