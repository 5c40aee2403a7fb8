import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Session, SessionList } from '#contract/sign-in.ts'
import { ActButton } from '../ui/act-button.tsx'
import { get, send } from '../ui/api.ts'
import { Card, Loaded } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'
import { SessionTable } from './session-table.tsx'

const path = '/api/me/sessions'

export function OwnSessions(): ReactNode {
  const { say } = useWords()
  const sessions = useQuery({ queryKey: [path], queryFn: () => get<SessionList>(path) })
  const end = useAct<Session | 'others', unknown>({
    send: (which, key) =>
      which === 'others'
        ? send('DELETE', path, { query: { 'keep-current': true }, key })
        : send('DELETE', `${path}/${which.id}`, { key }),
    done: (words) => words('session.ended'),
    touches: [path],
  })
  const others = sessions.data?.items.filter(({ isCurrent }) => !isCurrent) ?? []
  return (
    <Card
      title={say('session.title')}
      extra={
        <ActButton
          size="small"
          reason={others.length === 0 && say('session.onlyThis')}
          loading={end.isPending}
          onClick={() => end.mutate('others')}
        >
          {say('session.endOthers')}
        </ActButton>
      }
    >
      <Loaded query={sessions} rows={2}>
        {({ items }) => <SessionTable sessions={items} end={end.mutate} />}
      </Loaded>
    </Card>
  )
}
