import { WriteQuery } from '#contract/common.ts'
import {
  Allocation,
  BillCollection,
  CreditFile,
  CreditUse,
  CreditVoiding,
  Dispute,
  DisputeEnd,
  DocumentParams,
  Invoice,
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
import { QueuedJob } from '#contract/system.ts'
import { type Route, route } from '#server/platform/route.ts'
import { allocateCredit } from '#server/receivable/allocate-credit.ts'
import { closeDispute } from '#server/receivable/close-dispute.ts'
import { collectBill } from '#server/receivable/collect-bill.ts'
import { openDispute } from '#server/receivable/open-dispute.ts'
import { recordBill } from '#server/receivable/record-bill.ts'
import { recordCreditNote } from '#server/receivable/record-credit-note.ts'
import { recordInvoice } from '#server/receivable/record-invoice.ts'
import { recordPromise } from '#server/receivable/record-promise.ts'
import { recordReceipt } from '#server/receivable/record-receipt.ts'
import { reverseAllocation } from '#server/receivable/reverse-allocation.ts'
import { requestLedgerVerification } from '#server/receivable/verify-ledger.ts'
import { voidCredit } from '#server/receivable/void-credit.ts'
import { voidInvoice } from '#server/receivable/void-invoice.ts'
import { writeOffInvoice } from '#server/receivable/write-off-invoice.ts'

const writing = {
  method: 'POST',
  tag: 'receivable',
  access: 'receivable:write',
  query: WriteQuery,
} as const

export const changeRoutes: Route[] = [
  route({
    ...writing,
    path: '/api/invoices',
    reach: 'filtered',
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
    reach: 'filtered',
    summary: 'Record a receipt: oldest due first, named invoices, or unapplied',
    commands: ['receipt.record'],
    body: NewReceipt,
    reply: CreditFile,
    handle: ({ context, body }) => recordReceipt(context, body),
  }),
  route({
    ...writing,
    path: '/api/credits',
    reach: 'filtered',
    summary: 'Record a credit note',
    commands: ['credit-note.record'],
    body: NewCreditNote,
    reply: CreditFile,
    handle: ({ context, body }) => recordCreditNote(context, body),
  }),
  route({
    ...writing,
    path: '/api/bills',
    reach: 'filtered',
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
    reach: 'company',
    summary: 'Prove the whole ledger as a job',
    commands: ['receivable.verify'],
    reply: QueuedJob,
    handle: ({ context }) => requestLedgerVerification(context),
  }),
]
