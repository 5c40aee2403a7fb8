import { type Refusal, refuse } from '#contract/problem.ts'
import type { CreditFile, InvoiceFile } from '#contract/receivable.ts'
import type { Reader } from '#server/platform/database.ts'
import { allocationsOfCredit, allocationsOfInvoice } from '#server/receivable/allocation.store.ts'
import { findCredit } from '#server/receivable/credit.store.ts'
import { disputesOfInvoice } from '#server/receivable/dispute.store.ts'
import { allocationReply, creditReply, invoiceReply } from '#server/receivable/document-replies.ts'
import { findInvoice } from '#server/receivable/invoice.store.ts'
import { labelsOf } from '#server/receivable/party-labels.ts'

type DocumentKey = { readonly partyId: string; readonly id: string }

/** An invoice with what was set against it, reversed allocations included, and its disputes. */
export async function showInvoice(
  db: Reader,
  { partyId, id }: DocumentKey,
): Promise<InvoiceFile | Refusal> {
  const invoice = await findInvoice(db, partyId, id)
  if (!invoice) return refuse('not-found', 'This party has no such invoice.')
  const labels = await labelsOf(db, [invoice])
  const allocations = await allocationsOfInvoice(db, partyId, id)
  return {
    ...invoiceReply(invoice),
    party: labels(partyId),
    allocations: allocations.map(allocationReply),
    disputes: await disputesOfInvoice(db, partyId, id),
  }
}

/** A credit with the invoices that it was set against, reversed allocations included. */
export async function showCredit(
  db: Reader,
  { partyId, id }: DocumentKey,
): Promise<CreditFile | Refusal> {
  const credit = await findCredit(db, partyId, id)
  if (!credit) return refuse('not-found', 'This party has no such credit.')
  const labels = await labelsOf(db, [credit])
  const allocations = await allocationsOfCredit(db, partyId, id)
  return {
    ...creditReply(credit),
    party: labels(partyId),
    allocations: allocations.map(allocationReply),
  }
}
