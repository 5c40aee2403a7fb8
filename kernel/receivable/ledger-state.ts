import type { Day } from '#kernel/calendar/day.ts'
import type { Credit, Invoice, PartyHistory } from '#kernel/receivable/history.ts'

/** What a party's ledger said at the end of a day: documents in force and what is open of each. */
export type LedgerState = {
  readonly asOf: Day
  readonly invoices: readonly InvoiceState[]
  readonly credits: readonly CreditState[]
}

export type InvoiceState = {
  readonly invoice: Invoice
  /** Amount less allocations; negative only where back-dated allocations overlapped in the past. */
  readonly openMinor: bigint
  readonly portions: readonly SettledPortion[]
}

export type CreditState = { readonly credit: Credit; readonly unappliedMinor: bigint }

/** A part of an invoice settled by one credit. */
export type SettledPortion = {
  readonly kind: Credit['kind']
  readonly amountMinor: bigint
  /**
   * The day the credit took effect, not the day somebody matched it: a customer pays when the
   * money arrives. Never before the invoice's issue, so that a prepaid invoice is paid in 0 days.
   */
  readonly paidOn: Day
}

/**
 * Folds a history into its state at the end of `asOf`. Nothing dated later is seen: invoices
 * issued, credits effective, allocations made or reversed and documents voided after that day
 * change nothing. A voided document is gone with its allocations, so that what had been set
 * against a voided invoice becomes unapplied again. For every currency the open amounts less the
 * unapplied credits equal the invoices less the credits in force.
 */
export function ledgerStateOf(history: PartyHistory, asOf: Day): LedgerState {
  const invoices = new Map<string, OpenInvoiceState>()
  for (const invoice of history.invoices) {
    if (!isInForce(invoice.issuedOn, invoice.voidedOn, asOf)) continue
    invoices.set(invoice.id, { invoice, openMinor: invoice.amountMinor, portions: [] })
  }
  const credits = new Map<string, OpenCreditState>()
  for (const credit of history.credits) {
    if (!isInForce(credit.effectiveOn, credit.voidedOn, asOf)) continue
    credits.set(credit.id, { credit, unappliedMinor: credit.amountMinor })
  }
  for (const { invoiceId, creditId, amountMinor, effectiveOn, reversedOn } of history.allocations) {
    if (!isInForce(effectiveOn, reversedOn, asOf)) continue
    const against = invoices.get(invoiceId)
    const from = credits.get(creditId)
    if (!against || !from) continue
    against.openMinor -= amountMinor
    from.unappliedMinor -= amountMinor
    const { kind, effectiveOn: receivedOn } = from.credit
    const { issuedOn } = against.invoice
    const paidOn = receivedOn < issuedOn ? issuedOn : receivedOn
    against.portions.push({ kind, amountMinor, paidOn })
  }
  return { asOf, invoices: [...invoices.values()], credits: [...credits.values()] }
}

type OpenInvoiceState = { invoice: Invoice; openMinor: bigint; portions: SettledPortion[] }
type OpenCreditState = { credit: Credit; unappliedMinor: bigint }

function isInForce(from: Day, until: Day | null, asOf: Day): boolean {
  return from <= asOf && (until === null || until > asOf)
}
