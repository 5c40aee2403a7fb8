import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { CreditFile, CreditVoiding } from '#contract/receivable.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import {
  type AllocationRow,
  allocationsOfCredit,
  lockLedger,
  reverseAllocationRows,
} from '#server/receivable/allocation.store.ts'
import { creditFile } from '#server/receivable/book-credit.ts'
import { type CreditRow, lockCredit, voidCreditRow } from '#server/receivable/credit.store.ts'
import { type InvoiceRow, lockInvoices } from '#server/receivable/invoice.store.ts'
import { postVoided, type Settled } from '#server/receivable/post-exposure.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Voids a receipt that bounced or a credit given in error: what it paid is open again. */
export async function voidCredit(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  voiding: CreditVoiding,
): Promise<CreditFile | Refusal> {
  const party = await readParty(context, of.partyId)
  if (isRefusal(party)) return party
  const on = readPastDay(context.today, voiding.on, 'on')
  if (isRefusal(on)) return on
  return runCommand(
    context,
    {
      name: 'credit.void',
      permission: 'receivable:write',
      input: { ...voiding, creditId: of.id },
      subject: party.id,
    },
    async (tx) => {
      await lockLedger(tx, party.id)
      const all = await allocationsOfCredit(tx, party.id, of.id)
      const held = all.filter(({ reversedOn }) => reversedOn === null)
      const invoices = await lockInvoices(tx, party.id, {
        ids: held.map((row) => row.invoiceId),
        numbers: [],
      })
      const credit = await lockCredit(tx, party.id, of.id)
      if (!credit) return refuse('not-found', 'This party has no such credit.')
      const ended = refusedAsEnded(credit)
      if (ended) return ended
      // A day on which an allocation was made or reversed later would leave it without its credit.
      const last = all
        .map((row) => row.reversedOn ?? row.effectiveOn)
        .filter((day) => day <= context.today)
        .sort()
        .at(-1)
      if (last !== undefined && on < last) {
        const detail = `on: ${credit.number} was still allocated on ${last}: void it then or later.`
        const zh = `日期：${credit.number} 到 ${last} 仍有核销，只能在那天或以后作废。`
        return refuse('invalid-input', detail, { earliest: last, zh })
      }
      await reverseAllocationRows(tx, held, { on, reason: voiding.reason })
      const cause = voiding.returned ? 'returned' : 'mistake'
      await voidCreditRow(tx, credit, { on, cause })
      await postVoided(tx, credit, { cause, on, settled: settledBy(held, invoices) })
      const facts = { id: credit.id, number: credit.number, reason: voiding.reason }
      await tx.emit({ kind: 'credit.voided', partyId: party.id, facts })
      return creditFile(tx, party, credit.id)
    },
  )
}

function refusedAsEnded({ collectedOn, number, voidedOn }: CreditRow): Refusal | undefined {
  if (voidedOn !== null) {
    const zh = `${number} 已于 ${voidedOn} 作废。`
    return refuse('wrong-state', `${number} was voided on ${voidedOn} already.`, { zh })
  }
  if (collectedOn === null) return undefined
  const zh = `${number} 已于 ${collectedOn} 兑付，不能再退回。`
  return refuse('wrong-state', `${number} was collected on ${collectedOn}: it cannot return.`, {
    zh,
  })
}

function settledBy(held: readonly AllocationRow[], invoices: readonly InvoiceRow[]): Settled[] {
  return held.flatMap(({ invoiceId, amountMinor: minor }) => {
    const invoice = invoices.find(({ id }) => id === invoiceId)
    return invoice ? [{ invoice, minor }] : []
  })
}
