import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Allocation, Voiding } from '#contract/receivable.ts'
import { invariant } from '#kernel/invariant.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import {
  findAllocation,
  lockLedger,
  reverseAllocationRows,
} from '#server/receivable/allocation.store.ts'
import { allocationReply } from '#server/receivable/document-replies.ts'
import { lockInvoices } from '#server/receivable/invoice.store.ts'
import { postAllocations } from '#server/receivable/post-exposure.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Takes an allocation back: the invoice is open and the credit unapplied by that much again. */
export async function reverseAllocation(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  reversal: Voiding,
): Promise<Allocation | Refusal> {
  const party = await readParty(context, of.partyId)
  if (isRefusal(party)) return party
  const on = readPastDay(context.today, reversal.on, 'on')
  if (isRefusal(on)) return on
  return runCommand(
    context,
    {
      name: 'allocation.reverse',
      permission: 'receivable:write',
      input: { ...reversal, allocationId: of.id },
      subject: party.id,
    },
    async (tx) => {
      await lockLedger(tx, party.id)
      const found = await findAllocation(tx, party.id, of.id)
      if (!found) return refuse('not-found', 'This party has no such allocation.')
      if (found.reversedOn !== null) {
        const zh = `这笔核销已于 ${found.reversedOn} 撤销。`
        return refuse('wrong-state', `It was reversed on ${found.reversedOn} already.`, { zh })
      }
      if (on < found.effectiveOn) {
        const detail = `on: it took effect on ${found.effectiveOn}, later than ${on}.`
        const zh = `日期：这笔核销 ${found.effectiveOn} 才生效，晚于 ${on}。`
        return refuse('invalid-input', detail, { zh })
      }
      const [invoice] = await lockInvoices(tx, party.id, { ids: [found.invoiceId], numbers: [] })
      invariant(invoice, 'an allocation has its invoice')
      await reverseAllocationRows(tx, [found], { on, reason: reversal.reason })
      const credit = { ...found, id: found.creditId, number: found.creditNumber }
      const posted = { sign: -1n, cause: 'allocation-reversed', on } as const
      await postAllocations(tx, credit, [{ invoice, minor: found.amountMinor }], posted)
      const facts = { id: of.id, invoiceId: found.invoiceId, creditId: found.creditId }
      await tx.emit({ kind: 'allocation.reversed', partyId: party.id, facts })
      const reversed = await findAllocation(tx, party.id, of.id)
      invariant(reversed, 'a reversed allocation stays')
      return allocationReply(reversed)
    },
  )
}
