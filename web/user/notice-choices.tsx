import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import type { ReactNode } from 'react'
import type { NoticePreferences } from '#contract/notice.ts'
import { get, send } from '../ui/api.ts'
import { Card, Loaded } from '../ui/page.tsx'
import { useAct } from '../ui/use-act.ts'
import { useWords } from '../ui/use-words.ts'

type Item = NoticePreferences['items'][number]

const path = '/api/me/notice-preferences'
const channels = ['inApp', 'byEmail', 'inDigest'] as const
type Channel = (typeof channels)[number]

/** Which notices reach one, and where. Every tick counts at once. */
export function NoticeChoices(): ReactNode {
  const { say } = useWords()
  const choices = useQuery({ queryKey: [path], queryFn: () => get<NoticePreferences>(path) })
  const choose = useAct<Item, NoticePreferences>({
    send: ({ label: _label, ...item }, key) => send('PUT', path, { body: { items: [item] }, key }),
    done: (words) => words('account.saved'),
    touches: [path],
  })
  return (
    <Card title={say('notice.choices')}>
      <Loaded query={choices} rows={8}>
        {({ email, items }) => (
          <>
            <p className="quiet card-note">
              {email === null ? say('notice.noEmail') : say('notice.email', { email })}
            </p>
            <ChoiceTable items={items} hasEmail={email !== null} choose={choose.mutate} />
          </>
        )}
      </Loaded>
    </Card>
  )
}

function ChoiceTable(of: {
  readonly items: readonly Item[]
  readonly hasEmail: boolean
  readonly choose: (item: Item) => void
}): ReactNode {
  const { pick, say } = useWords()
  const canReach = (channel: Channel) => channel === 'inApp' || of.hasEmail
  return (
    <div className="table-scroll">
      <table className="plain-table">
        <thead>
          <tr>
            <th>{say('notice.kind')}</th>
            {channels.map((channel) => (
              <th key={channel}>{say(`notice.${channel}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.items.map((item) => (
            <tr key={item.kind}>
              <th scope="row">{pick(item.label)}</th>
              {channels.map((channel) => (
                <td key={channel}>
                  <Checkbox
                    aria-label={`${pick(item.label)}: ${say(`notice.${channel}`)}`}
                    checked={item[channel]}
                    disabled={!canReach(channel)}
                    onChange={({ target }) => of.choose({ ...item, [channel]: target.checked })}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
