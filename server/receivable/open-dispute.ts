import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Dispute, NewDispute } from '#contract/receivable.ts'
import { newId } from '#server/platform/ids.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { lockLedger } from '#server/receivable/allocation.store.ts'
import { disputesOfInvoice, insertDisputes } from '#server/receivable/dispute.store.ts'
import { findInvoice } from '#server/receivable/invoice.store.ts'

/** Notes that a customer contests an invoice. */
export async function openDispute(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  dispute: NewDispute,
): Promise<Dispute | Refusal> {
  const { partyId, id: invoiceId } = of
  const openedOn = readPastDay(context.today, dispute.openedOn, 'openedOn')
  if (isRefusal(openedOn)) return openedOn
  return runCommand(
    context,
    {
      name: 'dispute.open',
      permission: 'receivable:write',
      input: { ...dispute, invoiceId },
      subject: partyId,
    },
    async (tx) => {
      await lockLedger(tx, partyId)
      const invoice = await findInvoice(tx, partyId, invoiceId)
      if (!invoice) return refuse('not-found', 'This party has no such invoice.')
      if (invoice.voidedOn !== null || openedOn < invoice.issuedOn) {
        const day = invoice.voidedOn === null ? `is of ${invoice.issuedOn}` : 'is void'
        const dayZh =
          invoice.voidedOn === null ? `的开票日是 ${invoice.issuedOn}，当时还不能` : '已作废，不能'
        const zh = `发票 ${invoice.number} ${dayZh}登记争议。`
        const detail = `Invoice ${invoice.number} ${day}: it cannot be contested.`
        return refuse('wrong-state', detail, { zh })
      }
      const earlier = await disputesOfInvoice(tx, partyId, invoiceId)
      const open = earlier.find((one) => one.closedOn === null)
      if (open) {
        const detail = `Invoice ${invoice.number} is in dispute since ${open.openedOn}: close that.`
        const zh = `发票 ${invoice.number} 自 ${open.openedOn} 起有未结束的争议，先结束那一项。`
        return refuse('wrong-state', detail, { disputeId: open.id, zh })
      }
      const { reason } = dispute
      const row = { partyId, id: newId(), invoiceId, reason, openedOn, closedOn: null }
      await insertDisputes(tx, [row])
      await tx.emit({ kind: 'dispute.opened', partyId, facts: { id: row.id, invoiceId, reason } })
      return row
    },
  )
}
