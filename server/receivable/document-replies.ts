import type { Allocation, Credit, Invoice, PaymentPromise } from '#contract/receivable.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { AllocationRow } from '#server/receivable/allocation.store.ts'
import type { CreditRow } from '#server/receivable/credit.store.ts'
import type { InvoiceRow } from '#server/receivable/invoice.store.ts'
import type { PromiseRow } from '#server/receivable/promise.store.ts'

export function invoiceReply({ amountMinor, openMinor, ...invoice }: InvoiceRow): Invoice {
  const { currency } = invoice
  const amount = toDecimal({ minor: amountMinor, currency })
  return { ...invoice, amount, open: toDecimal({ minor: openMinor, currency }) }
}

export function creditReply({ amountMinor, unappliedMinor, ...credit }: CreditRow): Credit {
  const { currency } = credit
  const amount = toDecimal({ minor: amountMinor, currency })
  return { ...credit, amount, unapplied: toDecimal({ minor: unappliedMinor, currency }) }
}

export function allocationReply({
  amountMinor,
  currency,
  partyId,
  ...allocation
}: AllocationRow): Allocation {
  return { ...allocation, amount: toDecimal({ minor: amountMinor, currency }) }
}

export function promiseReply({ amountMinor, ...promise }: PromiseRow): PaymentPromise {
  const { currency } = promise
  return { ...promise, amount: toDecimal({ minor: amountMinor, currency }) }
}
