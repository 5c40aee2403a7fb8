import type { Day } from '#kernel/calendar/day.ts'
import type { PaymentTerms } from '#kernel/calendar/terms.ts'
import type { StatementLine } from '#kernel/indicator/statement.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

/** Whose it is, as the file says it; at least one of the three is told. */
export type PartyReference = {
  readonly customerCode: string | null
  readonly customerName: string | null
  readonly creditCode: string | null
}

export type InvoiceRecord = PartyReference & {
  readonly kind: 'invoice'
  readonly documentType: 'invoice' | 'credit-note'
  readonly number: string
  readonly invoiceOn: Day
  /** As told, else by the terms; null where neither tells and the credit file's terms count. */
  readonly dueOn: Day | null
  readonly dueFrom: 'file' | 'terms' | null
  readonly terms: PaymentTerms | null
  readonly termsText: string | null
  /** Above zero for credit notes too. */
  readonly amount: Money
  readonly paid: Money | null
  readonly open: Money | null
  readonly settledOn: Day | null
  readonly disputed: boolean | null
  readonly orderNumber: string | null
  readonly department: string | null
  readonly salesperson: string | null
  readonly remark: string | null
}

export type PartyRecord = {
  readonly kind: 'party'
  readonly code: string | null
  readonly name: string
  readonly shortName: string | null
  readonly creditCode: string | null
  readonly role: 'customer' | 'supplier' | 'both' | 'channel-partner' | 'platform-user' | null
  readonly country: string | null
  readonly region: string | null
  readonly industry: string | null
  readonly address: string | null
  readonly contact: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly bankName: string | null
  readonly bankAccount: string | null
  readonly terms: PaymentTerms | null
  readonly termsText: string | null
  readonly creditLimit: Money | null
  readonly currency: string | null
  readonly since: Day | null
  /** Code or name of the company above it, and of who pays for it. */
  readonly parent: string | null
  readonly payer: string | null
  readonly department: string | null
  readonly salesperson: string | null
  readonly blocked: boolean | null
  readonly remark: string | null
}

export type ReceiptRecord = PartyReference & {
  readonly kind: 'receipt'
  readonly number: string | null
  readonly receivedOn: Day
  readonly amount: Money
  readonly method: string | null
  readonly payerName: string | null
  readonly payerAccount: string | null
  readonly bankReference: string | null
  /** Invoices the file says were paid, in its order. */
  readonly invoiceNumbers: readonly string[]
  readonly salesperson: string | null
  readonly remark: string | null
}

export type BankLineRecord = {
  readonly kind: 'bank-line'
  readonly bookedOn: Day
  /** `HH:MM:SS` where the date column holds a time too. */
  readonly time: string | null
  readonly direction: 'in' | 'out'
  readonly amount: Money
  /** True where a negative figure took back an earlier line (冲正). */
  readonly reversal: boolean
  readonly balance: Money | null
  readonly counterpartyName: string | null
  readonly counterpartyAccount: string | null
  readonly counterpartyBank: string | null
  readonly summary: string | null
  readonly purpose: string | null
  readonly reference: string | null
}

/** A financial statement, or one line of it, of one party. */
export type StatementRecord = PartyReference & {
  readonly kind: 'statement'
  readonly closedOn: Day
  /** Months that its flows cover; null where the file does not say. */
  readonly months: number | null
  readonly currency: Currency
  readonly knownOn: Day | null
  readonly lines: Readonly<Partial<Record<StatementLine, bigint>>>
}

export type ImportRecord =
  | InvoiceRecord
  | PartyRecord
  | ReceiptRecord
  | StatementRecord
  | BankLineRecord
