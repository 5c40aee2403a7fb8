import type { ReactNode } from 'react'
import type { BankAccount } from '#contract/party.ts'
import { Card } from '../ui/page.tsx'
import { useWords } from '../ui/use-words.ts'

/** Where a customer pays from; numbers are as the server gives them to this person. */
export function BankAccounts({ accounts }: { accounts: readonly BankAccount[] }): ReactNode {
  const { say } = useWords()
  return (
    <Card title={say('file.accounts')}>
      {accounts.length === 0 ? (
        <p className="quiet">{say('file.accounts.none')}</p>
      ) : (
        <div className="table-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{say('file.account.number')}</th>
                <th>{say('file.account.bank')}</th>
                <th>{say('file.account.holder')}</th>
              </tr>
            </thead>
            <tbody>
              {accounts.map(({ accountNumber, bankName, holderName, id }) => (
                <tr key={id}>
                  <th scope="row" className="figure">
                    {accountNumber}
                  </th>
                  <td>{bankName}</td>
                  <td>{holderName}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
