import type { Day } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'
import { byDueDay } from '#kernel/receivable/open-items.ts'

/** An invoice as money sees it: what is open of it now, and whether it was voided. */
export type PayableInvoice = {
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly openMinor: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly voidedOn: Day | null
}

/** Oldest due first, or the invoices the payer named; a null amount pays what is open. */
export type AllocationOrder =
  | { readonly kind: 'oldest-first' }
  | { readonly kind: 'named'; readonly lines: readonly NamedLine[] }

export type NamedLine = { readonly invoiceId: string; readonly amountMinor: bigint | null }

export type AllocationOutcome =
  | {
      readonly kind: 'allocated'
      readonly allocations: readonly AllocatedPart[]
      readonly unappliedMinor: bigint
    }
  | { readonly kind: 'receipt-not-positive'; readonly receivedMinor: bigint }
  | AllocationRefusal

export type AllocatedPart = { readonly invoiceId: string; readonly amountMinor: bigint }

/** What is wrong with a named line, in order of precedence. */
export type AllocationRefusal =
  | { readonly kind: 'invoice-unknown'; readonly invoiceId: string }
  | { readonly kind: 'invoice-named-twice'; readonly invoiceId: string }
  | { readonly kind: 'invoice-void'; readonly invoiceId: string; readonly voidedOn: Day }
  | {
      readonly kind: 'other-currency'
      readonly invoiceId: string
      readonly invoiceCurrency: Currency
      readonly receiptCurrency: Currency
    }
  | { readonly kind: 'invoice-closed'; readonly invoiceId: string }
  | { readonly kind: 'amount-not-positive'; readonly invoiceId: string }
  | {
      readonly kind: 'more-than-open'
      readonly invoiceId: string
      readonly openMinor: bigint
      readonly requestedMinor: bigint
    }
  | {
      readonly kind: 'more-than-received'
      readonly invoiceId: string
      readonly leftMinor: bigint
      readonly requestedMinor: bigint
    }

/**
 * Decides which invoices a receipt (or the rest of one) pays. Oldest first: by due day, ties by
 * issue day, then number, over the open invoices of the receipt's currency; others are passed
 * over. Named: line by line, all or nothing. A line without an amount takes what is open, or what
 * is left of the money where that is less. What no invoice takes stays unapplied: allocated and
 * unapplied always sum to the receipt, and no invoice takes more than is open.
 */
export function allocateReceipt(
  receipt: Money,
  invoices: readonly PayableInvoice[],
  order: AllocationOrder,
): AllocationOutcome {
  if (receipt.minor <= 0n) return { kind: 'receipt-not-positive', receivedMinor: receipt.minor }
  if (order.kind === 'named') return allocateNamed(receipt, invoices, order.lines)
  const open = invoices.filter(
    ({ currency, openMinor, voidedOn }) =>
      currency === receipt.currency && openMinor > 0n && voidedOn === null,
  )
  const allocations: AllocatedPart[] = []
  let leftMinor = receipt.minor
  for (const { id, openMinor } of open.sort(byDueDay)) {
    if (leftMinor === 0n) break
    const amountMinor = openMinor < leftMinor ? openMinor : leftMinor
    allocations.push({ invoiceId: id, amountMinor })
    leftMinor -= amountMinor
  }
  return { kind: 'allocated', allocations, unappliedMinor: leftMinor }
}

function allocateNamed(
  receipt: Money,
  invoices: readonly PayableInvoice[],
  lines: readonly NamedLine[],
): AllocationOutcome {
  const byId = new Map(invoices.map((invoice) => [invoice.id, invoice]))
  invariant(byId.size === invoices.length, 'an invoice is given once')
  const named = new Set<string>()
  const allocations: AllocatedPart[] = []
  let leftMinor = receipt.minor
  for (const line of lines) {
    const invoice = byId.get(line.invoiceId)
    if (!invoice) return { kind: 'invoice-unknown', invoiceId: line.invoiceId }
    if (named.has(invoice.id)) return { kind: 'invoice-named-twice', invoiceId: invoice.id }
    named.add(invoice.id)
    const taken = takeFor({ invoice, line, leftMinor, currency: receipt.currency })
    if (typeof taken !== 'bigint') return taken
    if (taken > 0n) allocations.push({ invoiceId: invoice.id, amountMinor: taken })
    leftMinor -= taken
  }
  return { kind: 'allocated', allocations, unappliedMinor: leftMinor }
}

function takeFor(of: {
  invoice: PayableInvoice
  line: NamedLine
  leftMinor: bigint
  currency: Currency
}): bigint | AllocationRefusal {
  const { invoice, line, leftMinor } = of
  const { id: invoiceId, openMinor, voidedOn } = invoice
  if (voidedOn !== null) return { kind: 'invoice-void', invoiceId, voidedOn }
  if (invoice.currency !== of.currency) {
    const receiptCurrency = of.currency
    return { kind: 'other-currency', invoiceId, invoiceCurrency: invoice.currency, receiptCurrency }
  }
  if (openMinor <= 0n) return { kind: 'invoice-closed', invoiceId }
  const requestedMinor = line.amountMinor
  if (requestedMinor === null) return openMinor < leftMinor ? openMinor : leftMinor
  if (requestedMinor <= 0n) return { kind: 'amount-not-positive', invoiceId }
  if (requestedMinor > openMinor) {
    return { kind: 'more-than-open', invoiceId, openMinor, requestedMinor }
  }
  if (requestedMinor > leftMinor) {
    return { kind: 'more-than-received', invoiceId, leftMinor, requestedMinor }
  }
  return requestedMinor
}
