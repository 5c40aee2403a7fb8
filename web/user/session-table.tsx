import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Session } from '#contract/sign-in.ts'
import { Mark } from '../ui/mark.tsx'
import { MomentText } from '../ui/money.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** Where somebody is signed in, with a way to end each. */
export function SessionTable(of: {
  readonly sessions: readonly Session[]
  readonly end: (session: Session) => void
}): ReactNode {
  const { say } = useWords()
  return (
    <PlainTable
      titles={[
        'session.agent',
        'session.address',
        'session.begun',
        'session.lastSeen',
        'session.by',
        '~session.end',
      ]}
    >
      {of.sessions.map((session) => (
        <tr key={session.id}>
          <th scope="row" title={session.agent ?? ''}>
            {browserOf(session.agent) ?? say('session.unknown')}{' '}
            {session.isCurrent && <Mark tone="good">{say('session.this')}</Mark>}
          </th>
          <td>{session.address}</td>
          <td>
            <MomentText moment={session.createdAt} />
          </td>
          <td>
            <MomentText moment={session.lastSeenAt} />
          </td>
          <td>
            {say(session.method === 'oidc' ? 'session.by.oidc' : 'session.by.password')}
            {session.secondFactor && ` + ${say(`session.factor.${session.secondFactor}`)}`}
          </td>
          <td className="right">
            {!session.isCurrent && (
              <Button size="small" onClick={() => of.end(session)}>
                {say('session.end')}
              </Button>
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  )
}

/** Browser and system in short, from what browsers say of themselves. */
function browserOf(agent: string | null): string | undefined {
  if (!agent) return undefined
  const browsers = [
    ['MicroMessenger', 'WeChat'],
    ['Edg/', 'Edge'],
    ['Firefox/', 'Firefox'],
    ['HeadlessChrome/', 'Chrome'],
    ['Chrome/', 'Chrome'],
    ['Safari/', 'Safari'],
  ] as const
  const systems = [
    ['Windows', 'Windows'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Android', 'Android'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ] as const
  const named = (list: readonly (readonly [string, string])[]) =>
    list.find(([mark]) => agent.includes(mark))?.[1]
  const known = [named(browsers), named(systems)].filter(Boolean)
  return known.length > 0 ? known.join(' · ') : agent.slice(0, 40)
}
