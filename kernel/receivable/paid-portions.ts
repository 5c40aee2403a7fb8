import { type Day, daysBetween } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { LedgerState } from '#kernel/receivable/ledger-state.ts'

/** A part of an invoice that a receipt paid, with how long it took. */
export type PaidPortion = {
  readonly invoiceId: string
  readonly amountMinor: bigint
  readonly daysToPay: number
  /** Days past the due day; negative where the customer paid early. */
  readonly daysBeyondTerms: number
}

/**
 * The parts of invoices of one currency paid by receipts after `after` up to and with `upTo`:
 * the weights of average days to pay and of days beyond terms. Credit notes and write-offs are no
 * payments.
 */
export function paidPortionsOf(
  state: LedgerState,
  window: { readonly currency: Currency; readonly after: Day; readonly upTo: Day },
): PaidPortion[] {
  const paid: PaidPortion[] = []
  for (const { invoice, portions } of state.invoices) {
    if (invoice.currency !== window.currency) continue
    for (const { kind, amountMinor, paidOn } of portions) {
      if (kind !== 'receipt' || paidOn <= window.after || paidOn > window.upTo) continue
      paid.push({
        invoiceId: invoice.id,
        amountMinor,
        daysToPay: daysBetween(invoice.issuedOn, paidOn),
        daysBeyondTerms: daysBetween(invoice.dueOn, paidOn),
      })
    }
  }
  return paid
}
