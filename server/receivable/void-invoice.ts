import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Invoice, Voiding } from '#contract/receivable.ts'
import { toReadable } from '#kernel/money/money.ts'
import { post, restoreOrders } from '#server/exposure/public.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { allocationsOfInvoice, lockLedger } from '#server/receivable/allocation.store.ts'
import { allocationReply, invoiceReply } from '#server/receivable/document-replies.ts'
import { lockInvoices, voidInvoiceRow } from '#server/receivable/invoice.store.ts'
import { invoicePosting } from '#server/receivable/post-exposure.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Cancels an invoice as if it had never been (作废); one that money was set against is kept. */
export async function voidInvoice(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  voiding: Voiding,
): Promise<Invoice | Refusal> {
  const party = await readParty(context, of.partyId)
  if (isRefusal(party)) return party
  const on = readPastDay(context.today, voiding.on, 'on')
  if (isRefusal(on)) return on
  return runCommand(
    context,
    {
      name: 'invoice.void',
      permission: 'receivable:write',
      input: { ...voiding, invoiceId: of.id },
      subject: party.id,
    },
    async (tx) => {
      await lockLedger(tx, party.id)
      const [invoice] = await lockInvoices(tx, party.id, { ids: [of.id], numbers: [] })
      if (!invoice) return refuse('not-found', 'This party has no such invoice.')
      const { number, currency } = invoice
      if (invoice.voidedOn !== null) {
        const zh = `发票 ${number} 已于 ${invoice.voidedOn} 作废。`
        const detail = `Invoice ${number} was voided on ${invoice.voidedOn} already.`
        return refuse('wrong-state', detail, { zh })
      }
      const all = await allocationsOfInvoice(tx, party.id, invoice.id)
      const held = all.filter(({ reversedOn }) => reversedOn === null)
      if (held.length > 0) {
        const named = held.map(
          ({ creditNumber, amountMinor }) =>
            `${creditNumber} ${toReadable({ minor: amountMinor, currency })}`,
        )
        const detail = `Invoice ${number} is paid in part by ${named.join(', ')}: reverse that first.`
        const zh = `发票 ${number} 已由 ${named.join('、')} 核销，先撤销核销再作废。`
        return refuse('wrong-state', detail, { allocations: held.map(allocationReply), zh })
      }
      const last = all
        .flatMap((row) => row.reversedOn ?? [])
        .sort()
        .at(-1)
      if (last !== undefined && on < last) {
        const detail = `on: money was set against ${number} until ${last}: void it then or later.`
        const zh = `日期：发票 ${number} 到 ${last} 仍有核销，只能在那天或以后作废。`
        return refuse('invalid-input', detail, { earliest: last, zh })
      }
      await voidInvoiceRow(tx, invoice, on)
      const gone = { minor: -invoice.openMinor, cause: 'invoice-voided', on }
      await post(tx, [invoicePosting(invoice, gone)])
      await restoreOrders(tx, [{ partyId: party.id, invoiceId: invoice.id }], on)
      const facts = { id: invoice.id, number, reason: voiding.reason }
      await tx.emit({ kind: 'invoice.voided', partyId: party.id, facts })
      return invoiceReply({ ...invoice, openMinor: 0n, voidedOn: on })
    },
  )
}
