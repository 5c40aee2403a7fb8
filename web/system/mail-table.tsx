import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Mail, MailList } from '#contract/notice.ts'
import { get } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { MomentText } from '../ui/money.tsx'
import { Card, EmptyState, Loaded } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** The latest mails, and what kept them from being sent. */
export function MailTable(): ReactNode {
  const { say } = useWords()
  const mails = useQuery({
    queryKey: ['/api/notice-mails'],
    queryFn: () => get<MailList>('/api/notice-mails'),
  })
  return (
    <Card title={say('system.mails')}>
      <Loaded query={mails}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={say('system.mails.none')} text={say('system.mails.none.text')} />
          ) : (
            <PlainTable
              titles={[
                'system.mail.subject',
                'system.mail.to',
                'system.state',
                '>system.mail.attempts',
                'people.createdAt',
                'system.mail.sentAt',
              ]}
            >
              {items.map((mail) => (
                <MailRow key={mail.id} mail={mail} />
              ))}
            </PlainTable>
          )
        }
      </Loaded>
    </Card>
  )
}

function MailRow({ mail }: { mail: Mail }): ReactNode {
  const { say } = useWords()
  const tone = mail.state === 'sent' ? 'good' : mail.state === 'failed' ? 'bad' : 'plain'
  return (
    <tr>
      <th scope="row">{mail.subject}</th>
      <td>{mail.toAddress}</td>
      <td>
        <Mark tone={tone}>{say(`system.mail.${mail.state}`)}</Mark>
        {mail.lastError && <div className="negative">{mail.lastError}</div>}
      </td>
      <td className="right">{mail.attempts}</td>
      <td>
        <MomentText moment={mail.createdAt} />
      </td>
      <td>
        <MomentText moment={mail.sentAt} />
      </td>
    </tr>
  )
}
