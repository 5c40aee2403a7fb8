import Type from 'typebox'
import {
  AgedItemPage,
  AgedItemQuery,
  Ageing,
  AgeingExport,
  AgeingQuery,
  PartyReceivables,
  ReceivableMetrics,
} from '#contract/ageing.ts'
import { DayText } from '#contract/common.ts'
import {
  CreditFile,
  DocumentParams,
  InvoiceFile,
  PartyParams,
  PaymentPromise,
} from '#contract/receivable.ts'
import {
  CreditExport,
  CreditPage,
  CreditQuery,
  InvoiceExport,
  InvoicePage,
  InvoiceQuery,
} from '#contract/receivable-list.ts'
import { familyIdsOf } from '#server/party/public.ts'
import { type Route, route } from '#server/platform/route.ts'
import { changeRoutes } from '#server/receivable/change-routes.ts'
import { promiseReply } from '#server/receivable/document-replies.ts'
import { exportCredits, exportInvoices } from '#server/receivable/document-sheets.ts'
import { exportAgeing } from '#server/receivable/export-ageing.ts'
import { listAgedItems } from '#server/receivable/list-aged-items.ts'
import { listCredits } from '#server/receivable/list-credits.ts'
import { listInvoices } from '#server/receivable/list-invoices.ts'
import { measureReceivables } from '#server/receivable/measure-receivables.ts'
import { promisesOf } from '#server/receivable/promise.store.ts'
import { showAgeing } from '#server/receivable/show-ageing.ts'
import { showCredit, showInvoice } from '#server/receivable/show-document.ts'
import { showPartyReceivables } from '#server/receivable/show-party-receivables.ts'

const reading = {
  method: 'GET',
  tag: 'receivable',
  access: 'receivable:read',
  commands: [],
} as const

const sheets: Route[] = [
  route({
    ...reading,
    path: '/api/invoices.xlsx',
    reach: 'filtered',
    summary: 'The list of invoices as an Excel file',
    query: InvoiceExport,
    handle: ({ context, http, query: { language, ...query } }) =>
      exportInvoices(context, query, language ?? http.language),
  }),
  route({
    ...reading,
    path: '/api/credits.xlsx',
    reach: 'filtered',
    summary: 'The list of receipts and credits as an Excel file',
    query: CreditExport,
    handle: ({ context, http, query: { language, ...query } }) =>
      exportCredits(context, query, language ?? http.language),
  }),
  route({
    ...reading,
    path: '/api/ageing.xlsx',
    reach: 'filtered',
    summary: 'Ageing as an Excel file: customers, their documents folded below, sums as formulas',
    query: AgeingExport,
    handle: ({ context, http, query: { language, ...query } }) =>
      exportAgeing(context, query, language ?? http.language),
  }),
]

const documents: Route[] = [
  route({
    ...reading,
    path: '/api/invoices',
    reach: 'filtered',
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
    reach: 'filtered',
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
    reach: 'filtered',
    summary: 'Ageing as of any day: totals per currency and customers, largest first',
    query: AgeingQuery,
    reply: Ageing,
    handle: ({ context, query }) => showAgeing(context, query),
  }),
  route({
    ...reading,
    path: '/api/ageing/items',
    reach: 'filtered',
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
    reach: 'filtered',
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

export const receivableRoutes: Route[] = [...documents, ...sheets, ...book, ...changeRoutes]
