import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { ContractFile, NewContract } from '#contract/sales-contract.ts'
import { insertContract } from '#server/order/contract.store.ts'
import { readDayOrNull, readMinor, readTerms } from '#server/order/read-fields.ts'
import { showContract } from '#server/order/show-contract.ts'
import { findPartyByKey } from '#server/party/public.ts'
import { newId } from '#server/platform/ids.ts'
import { readCurrency, readDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Keeps a contract that orders will call off. */
export async function recordContract(
  context: Context,
  asked: NewContract,
): Promise<ContractFile | Refusal> {
  const party = await findPartyByKey(context, asked.party)
  if (isRefusal(party)) return party
  const agreed = readContract(asked)
  if (isRefusal(agreed)) return agreed
  const { number, title } = asked
  const row = { ...agreed, partyId: party.id, id: newId(), number, title, note: asked.note ?? null }
  return runCommand(
    context,
    { name: 'contract.record', permission: 'order:write', input: { ...asked }, subject: party.id },
    async (tx) => {
      if (!(await insertContract(tx, row))) {
        const detail = `number: ${party.code} has a contract ${number} already.`
        const zh = `合同号：${party.code} 已有合同 ${number}。`
        return refuse('already-exists', detail, { number, zh })
      }
      const facts = { id: row.id, number, title }
      await tx.emit({ kind: 'contract.recorded', partyId: party.id, facts })
      return showContract({ ...context, db: tx }, row.id)
    },
  )
}

function readContract(asked: NewContract) {
  const currency = readCurrency(asked.currency)
  if (isRefusal(currency)) return currency
  const amountMinor = readMinor(asked.amount, currency, 'amount')
  if (isRefusal(amountMinor)) return amountMinor
  const signedOn = readDay(asked.signedOn, 'signedOn')
  if (isRefusal(signedOn)) return signedOn
  const fromOn = asked.fromOn === undefined ? signedOn : readDay(asked.fromOn, 'fromOn')
  if (isRefusal(fromOn)) return fromOn
  const toOn = readDayOrNull(asked.toOn, 'toOn')
  if (isRefusal(toOn)) return toOn
  if (toOn !== null && toOn < fromOn) {
    const zh = `有效至：${toOn} 早于合同的起始日 ${fromOn}。`
    return refuse('invalid-input', `toOn: ${toOn} lies before its first day, ${fromOn}.`, { zh })
  }
  const terms = readTerms(asked.terms)
  if (isRefusal(terms)) return terms
  return { currency, amountMinor, signedOn, fromOn, toOn, terms }
}
