import Type from 'typebox'
import {
  AgedItemPage,
  AgedItemQuery,
  Ageing,
  AgeingQuery,
  PartyReceivables,
  ReceivableMetrics,
} from '#contract/ageing.ts'
import { DayText, WriteQuery } from '#contract/common.ts'
import {
  Allocation,
  BillCollection,
  CreditFile,
  CreditPage,
  CreditQuery,
  CreditUse,
  CreditVoiding,
  Dispute,
  DisputeEnd,
  DocumentParams,
  Invoice,
  InvoiceFile,
  InvoicePage,
  InvoiceQuery,
  NewBill,
  NewCreditNote,
  NewDispute,
  NewInvoice,
  NewPromise,
  NewReceipt,
  PartyParams,
  PaymentPromise,
  Voiding,
  WriteOff,
} from '#contract/receivable.ts'
import { familyIdsOf } from '#server/party/public.ts'
import { type Route, route } from '#server/platform/route.ts'
import { allocateCredit } from '#server/receivable/allocate-credit.ts'
import { closeDispute } from '#server/receivable/close-dispute.ts'
import { collectBill } from '#server/receivable/collect-bill.ts'
import { promiseReply } from '#server/receivable/document-replies.ts'
import { listAgedItems } from '#server/receivable/list-aged-items.ts'
import { listCredits } from '#server/receivable/list-credits.ts'
import { listInvoices } from '#server/receivable/list-invoices.ts'
import { measureReceivables } from '#server/receivable/measure-receivables.ts'
import { openDispute } from '#server/receivable/open-dispute.ts'
import { promisesOf } from '#server/receivable/promise.store.ts'
import { recordBill } from '#server/receivable/record-bill.ts'
import { recordCreditNote } from '#server/receivable/record-credit-note.ts'
import { recordInvoice } from '#server/receivable/record-invoice.ts'
import { recordPromise } from '#server/receivable/record-promise.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { reverseAllocation } from '#server/receivable/reverse-allocation.ts'
import { showAgeing } from '#server/receivable/show-ageing.ts'
import { showCredit, showInvoice } from '#server/receivable/show-document.ts'
import { showPartyReceivables } from '#server/receivable/show-party-receivables.ts'
import { requestLedgerVerification } from '#server/receivable/verify-ledger.ts'
import { voidCredit } from '#server/receivable/void-credit.ts'
import { voidInvoice } from '#server/receivable/void-invoice.ts'
import { writeOffInvoice } from '#server/receivable/write-off-invoice.ts'

const reading = {
  method: 'GET',
  tag: 'receivable',
  access: 'receivable:read',
  commands: [],
} as const
const writing = {
  method: 'POST',
  tag: 'receivable',
  access: 'receivable:write',
  query: WriteQuery,
} as const

const documents: Route[] = [
  route({
    ...reading,
    path: '/api/invoices',
    summary: 'Invoices: open ones unless asked otherwise, what is due longest first',
    query: InvoiceQuery,
    reply: InvoicePage,
    handle: ({ context, query }) => listInvoices(context, query),
  }),
  route({
    ...reading,
    path: '/api/invoices/:partyId/:id',
    summary: 'An invoice with its allocations and disputes',
    params: DocumentParams,
    reply: InvoiceFile,
    handle: ({ context, params }) => showInvoice(context.db, params),
  }),
  route({
    ...reading,
    path: '/api/credits',
    summary: 'Receipts, credit notes and write-offs, latest first',
    query: CreditQuery,
    reply: CreditPage,
    handle: ({ context, query }) => listCredits(context, query),
  }),
  route({
    ...reading,
    path: '/api/credits/:partyId/:id',
    summary: 'A credit with its allocations',
    params: DocumentParams,
    reply: CreditFile,
    handle: ({ context, params }) => showCredit(context.db, params),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/promises',
    summary: 'Promises to pay of a party, latest first',
    params: PartyParams,
    reply: Type.Object({ items: Type.Array(PaymentPromise) }),
    handle: async ({ context, params }) => {
      const promises = await promisesOf(context.db, await familyIdsOf(context.db, params.partyId))
      return { items: promises.map(promiseReply) }
    },
  }),
]

const book: Route[] = [
  route({
    ...reading,
    path: '/api/ageing',
    summary: 'Ageing as of any day: totals per currency and customers, largest first',
    query: AgeingQuery,
    reply: Ageing,
    handle: ({ context, query }) => showAgeing(context, query),
  }),
  route({
    ...reading,
    path: '/api/ageing/items',
    summary: 'The open items behind an ageing, of one column or all',
    query: AgedItemQuery,
    reply: AgedItemPage,
    handle: ({ context, query }) => listAgedItems(context, query),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/open-items',
    summary: 'Open invoices and unapplied credits of a party as of any day',
    params: PartyParams,
    query: Type.Omit(AgedItemQuery, ['party']),
    reply: AgedItemPage,
    handle: ({ context, params, query }) =>
      listAgedItems(context, { ...query, party: params.partyId }),
  }),
  route({
    ...reading,
    path: '/api/parties/:partyId/receivables',
    summary: 'What a party owes as of a day and how it paid in the 12 months before',
    params: PartyParams,
    query: Type.Object({ asOf: Type.Optional(DayText) }, { additionalProperties: false }),
    reply: PartyReceivables,
    handle: ({ context, params, query }) =>
      showPartyReceivables(context, params.partyId, query.asOf),
  }),
  route({
    ...reading,
    path: '/api/receivable-metrics',
    summary: 'DSO, count-back and best possible DSO, days delinquent, collection, by currency',
    query: Type.Object(
      {
        asOf: Type.Optional(DayText),
        months: Type.Optional(Type.Integer({ minimum: 1, maximum: 24, default: 3 })),
      },
      { additionalProperties: false },
    ),
    reply: ReceivableMetrics,
    handle: ({ context, query }) => measureReceivables(context, query),
  }),
]

const changes: Route[] = [
  route({
    ...writing,
    path: '/api/invoices',
    summary: 'Record an invoice',
    commands: ['invoice.record'],
    body: NewInvoice,
    reply: Invoice,
    handle: ({ context, body }) => recordInvoice(context, body),
  }),
  route({
    ...writing,
    path: '/api/invoices/:partyId/:id/void',
    summary: 'Void an invoice that nothing was set against',
    commands: ['invoice.void'],
    params: DocumentParams,
    body: Voiding,
    reply: Invoice,
    handle: ({ context, params, body }) => voidInvoice(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/invoices/:partyId/:id/write-off',
    summary: 'Write off what is open of an invoice, or a part of it',
    commands: ['invoice.write-off'],
    params: DocumentParams,
    body: WriteOff,
    reply: CreditFile,
    handle: ({ context, params, body }) => writeOffInvoice(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/invoices/:partyId/:id/disputes',
    summary: 'Note that an invoice is contested',
    commands: ['dispute.open'],
    params: DocumentParams,
    body: NewDispute,
    reply: Dispute,
    handle: ({ context, params, body }) => openDispute(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/disputes/:partyId/:id/close',
    summary: 'End a dispute',
    commands: ['dispute.close'],
    params: DocumentParams,
    body: DisputeEnd,
    reply: Dispute,
    handle: ({ context, params, body }) => closeDispute(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/receipts',
    summary: 'Record a receipt: oldest due first, named invoices, or unapplied',
    commands: ['receipt.record'],
    body: NewReceipt,
    reply: CreditFile,
    handle: ({ context, body }) => recordReceipt(context, body),
  }),
  route({
    ...writing,
    path: '/api/credits',
    summary: 'Record a credit note',
    commands: ['credit-note.record'],
    body: NewCreditNote,
    reply: CreditFile,
    handle: ({ context, body }) => recordCreditNote(context, body),
  }),
  route({
    ...writing,
    path: '/api/bills',
    summary: 'Record a bill of exchange: it settles invoices and is at risk until it is paid',
    commands: ['bill.record'],
    body: NewBill,
    reply: CreditFile,
    handle: ({ context, body }) => recordBill(context, body),
  }),
  route({
    ...writing,
    path: '/api/credits/:partyId/:id/collection',
    summary: 'Note that a bill was paid',
    commands: ['bill.collect'],
    params: DocumentParams,
    body: BillCollection,
    reply: CreditFile,
    handle: ({ context, params, body }) => collectBill(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/credits/:partyId/:id/allocations',
    summary: 'Set what is unapplied of a credit against invoices',
    commands: ['credit.allocate'],
    params: DocumentParams,
    body: CreditUse,
    reply: CreditFile,
    handle: ({ context, params, body }) => allocateCredit(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/credits/:partyId/:id/void',
    summary: 'Void a credit: what it paid is open again',
    commands: ['credit.void'],
    params: DocumentParams,
    body: CreditVoiding,
    reply: CreditFile,
    handle: ({ context, params, body }) => voidCredit(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/allocations/:partyId/:id/reverse',
    summary: 'Take an allocation back',
    commands: ['allocation.reverse'],
    params: DocumentParams,
    body: Voiding,
    reply: Allocation,
    handle: ({ context, params, body }) => reverseAllocation(context, params, body),
  }),
  route({
    ...writing,
    path: '/api/parties/:partyId/promises',
    summary: 'Note a promise to pay',
    commands: ['promise.record'],
    params: PartyParams,
    body: NewPromise,
    reply: PaymentPromise,
    handle: ({ context, params, body }) => recordPromise(context, params.partyId, body),
  }),
  route({
    ...writing,
    access: 'receivable:read',
    path: '/api/receivable-verifications',
    summary: 'Prove the whole ledger as a job',
    commands: ['receivable.verify'],
    handle: ({ context }) => requestLedgerVerification(context),
  }),
]

export const receivableRoutes: Route[] = [...documents, ...book, ...changes]
