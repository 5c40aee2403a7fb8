export { insertAllocations } from '#server/receivable/allocation.store.ts'
export { bookFigures } from '#server/receivable/book-figures.store.ts'
export {
  type ConductRow,
  conductOf,
  openInvoicesOf,
} from '#server/receivable/conduct.store.ts'
export { insertCredits } from '#server/receivable/credit.store.ts'
export { insertDisputes } from '#server/receivable/dispute.store.ts'
export { receivableEvents } from '#server/receivable/events.ts'
export {
  insertStagedReceipts,
  matchStagedReceipts,
} from '#server/receivable/imported-receipt.store.ts'
export {
  insertStagedInvoices,
  matchStagedInvoices,
} from '#server/receivable/insert-staged.store.ts'
export { insertInvoices } from '#server/receivable/invoice.store.ts'
export { invoicesByNumber } from '#server/receivable/invoices-by-number.store.ts'
export { loadHistories } from '#server/receivable/load-histories.ts'
export { openSumsOf } from '#server/receivable/open-sums.store.ts'
export { invoicesOfOrders, type OrderInvoice } from '#server/receivable/order-invoices.store.ts'
export { ageingOn, paymentOn } from '#server/receivable/party-book.ts'
export { postImport, postStandingBook } from '#server/receivable/post-import.ts'
export { insertPromises } from '#server/receivable/promise.store.ts'
export {
  readInvoice,
  recordInvoiceIn,
} from '#server/receivable/record-invoice.ts'
export { findBuiltOn, removeImported } from '#server/receivable/remove-imported.store.ts'
export { standingBook } from '#server/receivable/standing-book.ts'
export { brokenPromises, overdueSince } from '#server/receivable/trouble.store.ts'
