import Type, { type Static } from 'typebox'
import {
  CurrencyText,
  DayText,
  NextPage,
  PageQuery,
  SheetLanguage,
  totalsByCurrency,
  WithTotals,
} from '#contract/common.ts'
import { Credit, Invoice, PartyLabel } from '#contract/receivable.ts'

const closed = { additionalProperties: false } as const
const text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description ? { description } : {}) })
const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })
const On = Type.Optional(DayText)
const PartyKey = text(200, 'Id, code, credit code or exact name')

const invoiceSorts = ['dueOn', 'open', 'number'] as const

const invoiceFilters = {
  party: Type.Optional(PartyKey),
  state: Type.Optional(oneOf(['open', 'overdue', 'disputed', 'paid', 'voided', 'all'])),
  currency: Type.Optional(CurrencyText),
  dueFrom: On,
  dueTo: On,
  issuedFrom: On,
  issuedTo: On,
  department: Type.Optional(text(100)),
  salesperson: Type.Optional(text(100)),
  number: Type.Optional(text(100, 'How the number begins')),
}

export const InvoiceQuery = Type.Object(
  {
    ...invoiceFilters,
    sort: Type.Optional(oneOf(invoiceSorts)),
    order: Type.Optional(oneOf(['asc', 'desc'])),
    totals: WithTotals,
    limit: PageQuery.limit,
    after: PageQuery.after,
  },
  closed,
)
export type InvoiceQuery = Static<typeof InvoiceQuery>

export const InvoiceExport = Type.Object(
  { ...Type.Omit(InvoiceQuery, ['limit', 'after', 'totals']).properties, ...SheetLanguage },
  closed,
)

export const InvoicePage = Type.Object({
  items: Type.Array(
    Type.Object({ ...Invoice.properties, party: PartyLabel, daysPastDue: Type.Integer() }),
  ),
  totals: totalsByCurrency({ amount: Type.String(), open: Type.String() }),
  next: NextPage,
})
export type InvoicePage = Static<typeof InvoicePage>

export const CreditQuery = Type.Object(
  {
    party: Type.Optional(PartyKey),
    kind: Type.Optional(oneOf(['receipt', 'credit-note', 'write-off', 'bill'])),
    state: Type.Optional(oneOf(['unapplied', 'all'])),
    currency: Type.Optional(CurrencyText),
    from: On,
    to: On,
    number: Type.Optional(text(100, 'How the number begins')),
    totals: WithTotals,
    limit: PageQuery.limit,
    after: PageQuery.after,
  },
  closed,
)
export type CreditQuery = Static<typeof CreditQuery>

export const CreditExport = Type.Object(
  { ...Type.Omit(CreditQuery, ['limit', 'after', 'totals']).properties, ...SheetLanguage },
  closed,
)

export const CreditPage = Type.Object({
  items: Type.Array(Type.Object({ ...Credit.properties, party: PartyLabel })),
  totals: totalsByCurrency({ amount: Type.String(), unapplied: Type.String() }),
  next: NextPage,
})
export type CreditPage = Static<typeof CreditPage>
