import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { CreditFile, WriteOff } from '#contract/receivable.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { newId } from '#server/platform/ids.ts'
import { readMoney, readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { bookCredit } from '#server/receivable/book-credit.ts'
import { findInvoice } from '#server/receivable/invoice.store.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Gives up the rest of an invoice, or a part of it, as a credit of its own kind. */
export async function writeOffInvoice(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  writeOff: WriteOff,
): Promise<CreditFile | Refusal> {
  const party = await readParty(context, of.partyId)
  if (isRefusal(party)) return party
  const invoice = await findInvoice(context.db, party.id, of.id)
  if (!invoice) return refuse('not-found', 'This party has no such invoice.')
  if (invoice.openMinor === 0n) {
    const zh = `发票 ${invoice.number} 没有未结金额。`
    return refuse('wrong-state', `Nothing is open of invoice ${invoice.number}.`, { zh })
  }
  const { currency, openMinor } = invoice
  const open = toDecimal({ minor: openMinor, currency })
  const amount = readMoney(writeOff.amount ?? open, currency)
  if (isRefusal(amount)) return amount
  const effectiveOn = readPastDay(context.today, writeOff.on, 'on')
  if (isRefusal(effectiveOn)) return effectiveOn
  return runCommand(
    context,
    {
      name: 'invoice.write-off',
      permission: 'receivable:write',
      input: { ...writeOff, invoiceId: invoice.id },
      subject: party.id,
    },
    async (tx) => {
      const credit = await bookCredit(tx, {
        party,
        kind: 'write-off',
        number: `WO-${invoice.number}-${newId().slice(-4)}`,
        reason: 'other',
        amount,
        effectiveOn,
        note: writeOff.note,
        allocate: [{ invoiceId: invoice.id, amount: toDecimal(amount) }],
      })
      if (isRefusal(credit)) return credit
      const facts = { id: credit.id, invoiceId: invoice.id, currency, amount: credit.amount }
      await tx.emit({ kind: 'invoice.written-off', partyId: party.id, facts })
      return credit
    },
  )
}
