import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { CreditFile, NewReceipt } from '#contract/receivable.ts'
import { newId } from '#server/platform/ids.ts'
import { readMoney, readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { bookCredit } from '#server/receivable/book-credit.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Records money that came in and, unless told otherwise, lets it pay what is due longest. */
export async function recordReceipt(
  context: Context,
  receipt: NewReceipt,
): Promise<CreditFile | Refusal> {
  const party = await readParty(context, receipt.party)
  if (isRefusal(party)) return party
  const amount = readMoney(receipt.amount, receipt.currency)
  if (isRefusal(amount)) return amount
  const effectiveOn = readPastDay(context.today, receipt.receivedOn, 'receivedOn')
  if (isRefusal(effectiveOn)) return effectiveOn
  return runCommand(
    context,
    {
      name: 'receipt.record',
      permission: 'receivable:write',
      input: { ...receipt },
      subject: party.id,
    },
    async (tx) => {
      const credit = await bookCredit(tx, {
        party,
        kind: 'receipt',
        number: receipt.number ?? `R${effectiveOn.replaceAll('-', '')}-${newId().slice(-8)}`,
        reason: null,
        amount,
        effectiveOn,
        note: receipt.note ?? null,
        allocate: receipt.allocate ?? 'oldest-first',
      })
      if (isRefusal(credit)) return credit
      const { id, number, currency, unapplied } = credit
      const facts = { id, number, currency, amount: credit.amount, unapplied }
      await tx.emit({ kind: 'receipt.recorded', partyId: party.id, facts })
      return credit
    },
  )
}
