import type { Day } from '#kernel/calendar/day.ts'
import type { Statement } from '#kernel/indicator/statement.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type {
  Allocation,
  Credit,
  Dispute,
  Invoice,
  LimitPeriod,
  Order,
  PaymentPromise,
} from '#kernel/receivable/history.ts'
import type { Place } from '#kernel/simulator/place.ts'

export type Segment = 'manufacturer' | 'trader' | 'channel-partner' | 'platform-user' | 'overseas'

/** What a credit file says of a company, invented throughout. */
export type SimulatedIdentity = {
  /** `C00001` for customers, `S0001` for suppliers. */
  readonly code: string
  readonly name: string
  readonly shortName: string
  /** ISO 3166 alpha-2. */
  readonly country: string
  /** Unified social credit code (GB 32100); null abroad. */
  readonly creditCode: string | null
  readonly place: Place | null
  /** Division of GB/T 4754-2017. */
  readonly industryCode: string
  readonly industryName: string
  readonly foundedOn: Day
  /** In fen. */
  readonly registeredCapitalMinor: bigint
  readonly legalRepresentative: string
  readonly contacts: readonly SimulatedContact[]
  readonly bankAccounts: readonly SimulatedBankAccount[]
}

/** Telephone numbers begin with 12, which no Chinese network uses; mail goes to `.example`. */
export type SimulatedContact = {
  readonly name: string
  readonly role: '采购' | '财务' | '总经理'
  readonly phone: string
  readonly email: string
}

export type SimulatedBankAccount = {
  readonly holder: string
  readonly bank: string
  readonly number: string
}

/** A customer with its whole ledger; `ledger.partyId` is the customer's code. */
export type SimulatedCustomer = SimulatedIdentity & {
  readonly segment: Segment
  /** Beginning of the relationship, on or before the first day of the simulation. */
  readonly since: Day
  readonly currency: Currency
  /** `net-30`; `eom-30` for thirty days after the end of the invoice's month. */
  readonly terms: string
  readonly departmentCode: string
  readonly salespersonCode: string
  /** The customer that heads the group; null for parents and companies without a group. */
  readonly parentCode: string | null
  /** The customer that pays for this one; null where it pays itself. */
  readonly payerCode: string | null
  /** The name receipts carry. */
  readonly payerName: string
  readonly ledger: SimulatedLedger
  readonly statements: readonly SimulatedStatement[]
  /** The truth behind the ledger: from this day on nothing was paid; null while it pays. */
  readonly defaultedOn: Day | null
}

/** A party history with what lies around it: it can be given wherever a history is asked for. */
export type SimulatedLedger = {
  readonly partyId: string
  readonly since: Day | null
  readonly orders: readonly SimulatedOrder[]
  readonly deliveries: readonly SimulatedDelivery[]
  readonly invoices: readonly SimulatedInvoice[]
  readonly credits: readonly SimulatedCredit[]
  readonly allocations: readonly Allocation[]
  readonly disputes: readonly Dispute[]
  readonly promises: readonly PaymentPromise[]
  readonly limits: readonly LimitPeriod[]
}

export type SimulatedOrder = Order & {
  readonly number: string
  /** The day the customer wants the goods; may lie after the simulation. */
  readonly requestedOn: Day
}

export type SimulatedDelivery = {
  readonly id: string
  readonly orderId: string
  readonly amountMinor: bigint
  readonly deliveredOn: Day
  /** Null while the delivery is not invoiced. */
  readonly invoiceId: string | null
}

export type SimulatedInvoice = Invoice & {
  /** The order behind the invoice; null where a month's deliveries were invoiced together. */
  readonly orderId: string | null
}

export type SimulatedCredit = Credit & {
  readonly number: string
  /** What the payer wrote on the transfer; empty for credit notes. */
  readonly remark: string
}

export type SimulatedSupplier = SimulatedIdentity & {
  readonly terms: string
  readonly purchaseOrders: readonly SimulatedPurchaseOrder[]
}

export type SimulatedPurchaseOrder = {
  readonly id: string
  readonly number: string
  readonly item: string
  readonly quantity: number
  /** In fen, tax included. */
  readonly unitPriceMinor: bigint
  readonly amountMinor: bigint
  readonly orderedOn: Day
  readonly promisedOn: Day
  /** Null while the goods have not come. */
  readonly deliveredOn: Day | null
  readonly receivedQuantity: number
  /** Part of the received quantity that failed inspection and went back. */
  readonly rejectedQuantity: number
}

/** A yearly statement (财会〔2019〕6号) and the day in April on which it was handed in. */
export type SimulatedStatement = Statement & { readonly recordedOn: Day }
