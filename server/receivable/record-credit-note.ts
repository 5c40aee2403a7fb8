import { isRefusal, type Refusal } from '#contract/problem.ts'
import type { CreditFile, NewCreditNote } from '#contract/receivable.ts'
import { readMoney, readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { bookCredit } from '#server/receivable/book-credit.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Records a credit note; without invoices that it is for it stays unapplied. */
export async function recordCreditNote(
  context: Context,
  note: NewCreditNote,
): Promise<CreditFile | Refusal> {
  const party = await readParty(context, note.party)
  if (isRefusal(party)) return party
  const amount = readMoney(note.amount, note.currency)
  if (isRefusal(amount)) return amount
  const effectiveOn = readPastDay(context.today, note.effectiveOn, 'effectiveOn')
  if (isRefusal(effectiveOn)) return effectiveOn
  return runCommand(
    context,
    {
      name: 'credit-note.record',
      permission: 'receivable:write',
      input: { ...note },
      subject: party.id,
    },
    async (tx) => {
      const credit = await bookCredit(tx, {
        party,
        kind: 'credit-note',
        number: note.number,
        reason: note.reason,
        amount,
        effectiveOn,
        note: note.note ?? null,
        allocate: note.allocate ?? 'none',
      })
      if (isRefusal(credit)) return credit
      const { id, number, currency } = credit
      const facts = { id, number, currency, amount: credit.amount, reason: note.reason }
      await tx.emit({ kind: 'credit-note.recorded', partyId: party.id, facts })
      return credit
    },
  )
}
