import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'

/**
 * What the ledger knows about one party, as read by ageing, indicators, scoring and the simulator.
 * Amounts are whole minor units of the document's currency and never negative: the direction is in
 * the kind of document. `recordedOn` is the day we came to know a fact; leave it equal to the
 * fact's own day where that is all one knows.
 */
export type PartyHistory = {
  readonly partyId: string
  /** First day of the relationship as told by the credit file; null: the first document counts. */
  readonly since: Day | null
  readonly invoices: readonly Invoice[]
  readonly credits: readonly Credit[]
  readonly allocations: readonly Allocation[]
  readonly disputes: readonly Dispute[]
  readonly promises: readonly PaymentPromise[]
  readonly orders: readonly Order[]
  readonly limits: readonly LimitPeriod[]
}

export type Invoice = {
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  /** True for an invoice cancelled as if it had never been (作废), from `voidedOn` on. */
  readonly voidedOn: Day | null
}

/** What reduces a balance: a receipt of money or a credit note; unallocated parts stay unapplied. */
export type Credit = {
  readonly id: string
  readonly kind: 'receipt' | 'credit-note' | 'write-off'
  /** Why a credit note was given; null for receipts. */
  readonly reason: 'return' | 'price' | 'discount' | 'other' | null
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly effectiveOn: Day
  readonly voidedOn: Day | null
}

/** A part of a credit set against an invoice of the same currency. */
export type Allocation = {
  readonly creditId: string
  readonly invoiceId: string
  readonly amountMinor: bigint
  readonly effectiveOn: Day
  readonly reversedOn: Day | null
}

export type Dispute = {
  readonly invoiceId: string
  readonly openedOn: Day
  readonly closedOn: Day | null
}

/** A promise to pay: kept when at least the amount was received by the promised day. */
export type PaymentPromise = {
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly madeOn: Day
  readonly promisedOn: Day
}

export type Order = {
  readonly id: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly orderedOn: Day
  readonly cancelledOn: Day | null
}

export type LimitPeriod = {
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly fromOn: Day
  /** Last day of validity; null while open-ended. */
  readonly toOn: Day | null
}
