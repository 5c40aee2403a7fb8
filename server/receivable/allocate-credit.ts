import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { CreditFile, CreditUse } from '#contract/receivable.ts'
import { laterOf } from '#kernel/calendar/day.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { lockLedger } from '#server/receivable/allocation.store.ts'
import { creditFile, setAgainst, settledOf } from '#server/receivable/book-credit.ts'
import { chooseInvoices } from '#server/receivable/choose-invoices.ts'
import { lockCredit } from '#server/receivable/credit.store.ts'
import { postAllocations } from '#server/receivable/post-exposure.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Sets what is unapplied of a credit against invoices. */
export async function allocateCredit(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  use: CreditUse,
): Promise<CreditFile | Refusal> {
  const party = await readParty(context, of.partyId)
  if (isRefusal(party)) return party
  const on = readPastDay(context.today, use.on, 'on')
  if (isRefusal(on)) return on
  return runCommand(
    context,
    {
      name: 'credit.allocate',
      permission: 'receivable:write',
      input: { ...use, creditId: of.id },
      subject: party.id,
    },
    async (tx) => {
      await lockLedger(tx, party.id)
      const credit = await lockCredit(tx, party.id, of.id)
      if (!credit) return refuse('not-found', 'This party has no such credit.')
      if (credit.unappliedMinor === 0n) {
        const state = credit.voidedOn ? `was voided on ${credit.voidedOn}` : 'is used up'
        const stateZh = credit.voidedOn ? `已于 ${credit.voidedOn} 作废` : '已全部核销'
        const zh = `${credit.number} ${stateZh}，没有未核销的余额。`
        return refuse('wrong-state', `${credit.number} ${state}: nothing of it is unapplied.`, {
          zh,
        })
      }
      const left = { minor: credit.unappliedMinor, currency: credit.currency }
      const parts = await chooseInvoices(tx, party.id, left, use.allocate)
      if (isRefusal(parts)) return parts
      const effectiveOn = laterOf(on, credit.effectiveOn)
      await setAgainst(tx, { partyId: party.id, creditId: credit.id, parts, on: effectiveOn })
      const posted = { sign: 1n, cause: 'allocated', on: effectiveOn } as const
      await postAllocations(tx, credit, settledOf(parts), posted)
      const facts = { id: credit.id, invoiceIds: parts.map(({ invoice }) => invoice.id) }
      await tx.emit({ kind: 'credit.allocated', partyId: party.id, facts })
      return creditFile(tx, party, credit.id)
    },
  )
}
