import Type, { type Static } from 'typebox'
import { AmountText, CurrencyText, DayText, Id, nullable } from '#contract/common.ts'

const closed = { additionalProperties: false } as const
const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })
const textOrNull = nullable(Type.String())
const PartyKey = text(200, 'Id, code, credit code or exact name')
const DocumentNumber = text(100)
const Note = Type.Optional(text(2000))
const On = Type.Optional(DayText)

const creditReasons = ['return', 'price', 'discount', 'other'] as const
export type CreditReason = (typeof creditReasons)[number]

export const NewInvoice = Type.Object(
  {
    party: PartyKey,
    number: DocumentNumber,
    currency: CurrencyText,
    amount: AmountText,
    issuedOn: DayText,
    dueOn: On,
    terms: Type.Optional(text(200, 'Instead of dueOn: net-30, 月结30天; else those of the party')),
    orderNumber: Type.Optional(text(100)),
    segment: Type.Optional(text(40, 'Credit segment; left out: that of its order')),
    department: Type.Optional(text(100)),
    salesperson: Type.Optional(text(100)),
    note: Note,
  },
  closed,
)
export type NewInvoice = Static<typeof NewInvoice>

export const AllocationLine = Type.Object(
  {
    invoiceId: Type.Optional(Id),
    number: Type.Optional(DocumentNumber),
    amount: Type.Optional(AmountText),
  },
  { ...closed, description: 'An invoice by id or number; without an amount it takes what is open' },
)
export type AllocationLine = Static<typeof AllocationLine>

const Lines = Type.Array(AllocationLine, { minItems: 1, maxItems: 1000 })

export const AllocationChoice = Type.Union([oneOf(['oldest-first', 'none']), Lines], {
  description: 'Oldest due first, nothing yet, or the invoices that are named',
})
export type AllocationChoice = Static<typeof AllocationChoice>

export const NewReceipt = Type.Object(
  {
    party: PartyKey,
    number: Type.Optional(DocumentNumber),
    currency: CurrencyText,
    amount: AmountText,
    receivedOn: On,
    allocate: Type.Optional(AllocationChoice),
    note: Note,
  },
  closed,
)
export type NewReceipt = Static<typeof NewReceipt>

export const NewCreditNote = Type.Object(
  {
    party: PartyKey,
    number: DocumentNumber,
    currency: CurrencyText,
    amount: AmountText,
    reason: oneOf(creditReasons),
    effectiveOn: On,
    allocate: Type.Optional(AllocationChoice),
    note: Note,
  },
  closed,
)
export type NewCreditNote = Static<typeof NewCreditNote>

export const WriteOff = Type.Object(
  { amount: Type.Optional(AmountText), on: On, note: text(2000) },
  closed,
)
export type WriteOff = Static<typeof WriteOff>

export const Voiding = Type.Object({ on: On, reason: text(500) }, closed)
export type Voiding = Static<typeof Voiding>

export const CreditVoiding = Type.Object(
  {
    ...Voiding.properties,
    returned: Type.Optional(
      Type.Boolean({ description: 'The payment bounced, the bill was dishonoured: no mistake' }),
    ),
  },
  closed,
)
export type CreditVoiding = Static<typeof CreditVoiding>

/** A bill of exchange (承兑汇票) that settles invoices and is still to be paid itself. */
export const NewBill = Type.Object(
  {
    party: PartyKey,
    number: DocumentNumber,
    currency: CurrencyText,
    amount: AmountText,
    receivedOn: On,
    dueOn: DayText,
    allocate: Type.Optional(AllocationChoice),
    note: Note,
  },
  closed,
)
export type NewBill = Static<typeof NewBill>

export const BillCollection = Type.Object({ on: On }, closed)
export type BillCollection = Static<typeof BillCollection>

export const CreditUse = Type.Object({ allocate: AllocationChoice, on: On }, closed)
export type CreditUse = Static<typeof CreditUse>

export const NewDispute = Type.Object({ reason: text(500), openedOn: On }, closed)
export type NewDispute = Static<typeof NewDispute>

export const DisputeEnd = Type.Object({ closedOn: On }, closed)
export type DisputeEnd = Static<typeof DisputeEnd>

export const NewPromise = Type.Object(
  {
    currency: CurrencyText,
    amount: AmountText,
    madeOn: On,
    promisedOn: DayText,
    note: Note,
  },
  closed,
)
export type NewPromise = Static<typeof NewPromise>

export const Invoice = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  number: Type.String(),
  currency: Type.String(),
  amount: Type.String(),
  open: Type.String(),
  issuedOn: Type.String(),
  dueOn: Type.String(),
  terms: textOrNull,
  orderNumber: textOrNull,
  segment: textOrNull,
  department: textOrNull,
  salesperson: textOrNull,
  note: textOrNull,
  voidedOn: textOrNull,
  recordedAt: Type.String(),
})
export type Invoice = Static<typeof Invoice>

export const Credit = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  kind: oneOf(['receipt', 'credit-note', 'write-off', 'bill']),
  number: Type.String(),
  reason: nullable(oneOf(creditReasons)),
  currency: Type.String(),
  amount: Type.String(),
  unapplied: Type.String(),
  effectiveOn: Type.String(),
  note: textOrNull,
  voidedOn: textOrNull,
  dueOn: textOrNull,
  collectedOn: textOrNull,
  voidCause: nullable(oneOf(['mistake', 'returned'])),
  recordedAt: Type.String(),
})
export type Credit = Static<typeof Credit>

export const Allocation = Type.Object({
  id: Type.String(),
  creditId: Type.String(),
  creditKind: Type.String(),
  creditNumber: Type.String(),
  invoiceId: Type.String(),
  invoiceNumber: Type.String(),
  amount: Type.String(),
  effectiveOn: Type.String(),
  reversedOn: textOrNull,
  reversalReason: textOrNull,
})
export type Allocation = Static<typeof Allocation>

export const Dispute = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  invoiceId: Type.String(),
  reason: textOrNull,
  openedOn: Type.String(),
  closedOn: textOrNull,
})
export type Dispute = Static<typeof Dispute>

export const PaymentPromise = Type.Object({
  partyId: Type.String(),
  id: Type.String(),
  currency: Type.String(),
  amount: Type.String(),
  madeOn: Type.String(),
  promisedOn: Type.String(),
  note: textOrNull,
})
export type PaymentPromise = Static<typeof PaymentPromise>

export const PartyLabel = Type.Object({
  id: Type.String(),
  code: Type.String(),
  name: Type.String(),
})
export type PartyLabel = Static<typeof PartyLabel>

export const InvoiceFile = Type.Object({
  ...Invoice.properties,
  party: PartyLabel,
  allocations: Type.Array(Allocation),
  disputes: Type.Array(Dispute),
})
export type InvoiceFile = Static<typeof InvoiceFile>

export const CreditFile = Type.Object({
  ...Credit.properties,
  party: PartyLabel,
  allocations: Type.Array(Allocation),
})
export type CreditFile = Static<typeof CreditFile>

export const PartyParams = Type.Object({ partyId: Id }, closed)
export const DocumentParams = Type.Object({ partyId: Id, id: Id }, closed)
