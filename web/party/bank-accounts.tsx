import type { ReactNode } from 'react'
import type { BankAccount } from '#contract/party.ts'
import { Card } from '../ui/page.tsx'
import { PlainTable } from '../ui/plain-table.tsx'
import { useWords } from '../ui/use-words.ts'

/** Where a customer pays from; numbers are as the server gives them to this person. */
export function BankAccounts({ accounts }: { accounts: readonly BankAccount[] }): ReactNode {
  const { say } = useWords()
  return (
    <Card title={say('file.accounts')}>
      {accounts.length === 0 ? (
        <p className="quiet">{say('file.accounts.none')}</p>
      ) : (
        <PlainTable titles={['file.account.number', 'file.account.bank', 'file.account.holder']}>
          {accounts.map(({ accountNumber, bankName, holderName, id }) => (
            <tr key={id}>
              <th scope="row" className="figure">
                {accountNumber}
              </th>
              <td>{bankName}</td>
              <td>{holderName}</td>
            </tr>
          ))}
        </PlainTable>
      )}
    </Card>
  )
}
