import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { PartyReceivables } from '#contract/ageing.ts'
import type { PartyAccounts } from '#contract/exposure.ts'
import type { PartyHead } from '#contract/party.ts'
import { signOf } from '../ui/amount-text.ts'
import { get } from '../ui/api.ts'
import { Mark } from '../ui/mark.tsx'
import { DayText, Money } from '../ui/money.tsx'
import { Card, Descriptions, Loaded } from '../ui/page.tsx'
import { TermsText } from '../ui/terms-text.tsx'
import { useWords } from '../ui/use-words.ts'

const tones = { open: 'good', watch: 'warn', blocked: 'bad', frozen: 'bad' } as const

/** Who a document is for: grade, limit and what is overdue, with the way to the whole file. */
export function CustomerGlance({ party }: { party: PartyHead }): ReactNode {
  const { say } = useWords()
  const accountsPath = `/api/parties/${party.id}/credit-accounts`
  const accounts = useQuery({
    queryKey: [accountsPath],
    queryFn: () => get<PartyAccounts>(accountsPath),
  })
  return (
    <Card
      title={say('hold.customer')}
      extra={<Link to={`/customers/${party.id}`}>{say('hold.openFile')}</Link>}
    >
      <p className="glance-name">
        <strong>{party.name}</strong> <span className="quiet">{party.code}</span>
      </p>
      <Loaded query={accounts} rows={4}>
        {({ items }) => <Account account={items.find(({ level }) => level === 'party')} />}
      </Loaded>
      <Owed partyId={party.id} />
    </Card>
  )
}

function Account({ account }: { account: PartyAccounts['items'][number] | undefined }): ReactNode {
  const { say } = useWords()
  if (!account) return <p className="quiet">{say('check.noLimit')}</p>
  const { available, currency, grade, limit, reviewOn, status, terms } = account
  return (
    <Descriptions
      items={[
        [say('hold.grade'), grade && <strong>{grade}</strong>],
        [
          say('hold.status'),
          <Mark key="status" tone={tones[status]}>
            {say(`hold.status.${status}`)}
          </Mark>,
        ],
        [say('hold.limit'), <Money key="limit" amount={limit} currency={currency} />],
        [say('hold.available'), <Money key="free" amount={available} currency={currency} />],
        [say('hold.terms'), <TermsText key="terms" terms={terms} />],
        [say('hold.reviewOn'), <DayText key="review" day={reviewOn} />],
      ]}
    />
  )
}

function Owed({ partyId }: { partyId: string }): ReactNode {
  const { say } = useWords()
  const path = `/api/parties/${partyId}/receivables`
  const owed = useQuery({ queryKey: [path], queryFn: () => get<PartyReceivables>(path) })
  return (
    <Loaded query={owed} rows={2}>
      {({ items }) => (
        <>
          {items.map((item) => (
            <Descriptions
              key={item.currency}
              items={[
                [
                  say('hold.receivable'),
                  <Money key="balance" amount={item.balance} currency={item.currency} />,
                ],
                [
                  say('hold.overdue'),
                  <span key="overdue" className={signOf(item.overdue) > 0 ? 'is-overdue' : ''}>
                    <Money amount={item.overdue} currency={item.currency} />
                  </span>,
                ],
              ]}
            />
          ))}
        </>
      )}
    </Loaded>
  )
}
