import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { ContractChange, ContractFile } from '#contract/sales-contract.ts'
import {
  type ContractRow,
  findContract,
  lockContract,
  updateContract,
} from '#server/order/contract.store.ts'
import { readDayOrNull, readMinor, readTerms } from '#server/order/read-fields.ts'
import { showContract } from '#server/order/show-contract.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Changes what can change of a contract, or ends it: no order calls it off from then on. */
export async function changeContract(
  context: Context,
  id: string,
  change: ContractChange,
): Promise<ContractFile | Refusal> {
  const known = await findContract(context.db, id)
  if (!known) return refuse('not-found', 'There is no contract with this id.')
  return runCommand(
    context,
    {
      name: 'contract.change',
      permission: 'order:write',
      input: { ...change, contractId: id },
      subject: known.partyId,
    },
    async (tx) => {
      const contract = (await lockContract(tx, id)) ?? known
      const changed = changedContract(contract, change)
      if (isRefusal(changed)) return changed
      await updateContract(tx, changed)
      const { endedOn, number, partyId } = changed
      await tx.emit({ kind: 'contract.changed', partyId, facts: { id, number, endedOn } })
      return showContract({ ...context, db: tx }, id)
    },
  )
}

function changedContract(contract: ContractRow, change: ContractChange): ContractRow | Refusal {
  const { amount, currency, fromOn } = { ...contract, amount: change.amount }
  const amountMinor =
    amount === undefined ? contract.amountMinor : readMinor(amount, currency, 'amount')
  if (isRefusal(amountMinor)) return amountMinor
  const toOn = change.toOn === undefined ? contract.toOn : readDayOrNull(change.toOn, 'toOn')
  if (isRefusal(toOn)) return toOn
  if (toOn !== null && toOn < fromOn) {
    const zh = `有效至：${toOn} 早于合同的起始日 ${fromOn}。`
    return refuse('invalid-input', `toOn: ${toOn} lies before its first day, ${fromOn}.`, { zh })
  }
  const terms = change.terms === undefined ? contract.terms : readTerms(change.terms)
  if (isRefusal(terms)) return terms
  const endedOn =
    change.endedOn === undefined ? contract.endedOn : readDayOrNull(change.endedOn, 'endedOn')
  if (isRefusal(endedOn)) return endedOn
  return {
    ...contract,
    ...{ amountMinor, toOn, terms, endedOn },
    title: change.title ?? contract.title,
    note: change.note === undefined ? contract.note : change.note,
    endReason: change.endReason === undefined ? contract.endReason : change.endReason,
  }
}
