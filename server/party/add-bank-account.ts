import type { NewBankAccount } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { insertBankAccounts } from '#server/party/bank-account.store.ts'
import { bankAccountRowOf } from '#server/party/insert-parties.ts'
import { lockOwnFile } from '#server/party/own-file.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Adds an account that the party pays from or is paid to. */
export function addBankAccount(
  context: Context,
  partyId: string,
  input: NewBankAccount,
): Promise<{ id: string } | Refusal> {
  return runCommand(
    context,
    {
      name: 'party.add-bank-account',
      permission: 'party:write',
      input: { partyId, ...input },
      subject: partyId,
    },
    async (tx) => {
      const party = await lockOwnFile(tx, partyId)
      if (isRefusal(party)) return party
      const row = bankAccountRowOf({ id: partyId, importBatchId: null }, input)
      if ((await insertBankAccounts(tx, [row])) === 0) {
        return refuse('already-exists', `accountNumber: ${row.accountNumber} is there already.`, {
          zh: `账号：${row.accountNumber} 已在档案中。`,
        })
      }
      await tx.emit({ kind: 'party.changed', partyId, facts: { fields: ['bankAccounts'] } })
      return { id: row.id }
    },
  )
}
