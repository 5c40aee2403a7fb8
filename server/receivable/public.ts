export { type AllocationInsert, insertAllocations } from '#server/receivable/allocation.store.ts'
export { type CreditInsert, insertCredits } from '#server/receivable/credit.store.ts'
export { type DisputeInsert, insertDisputes } from '#server/receivable/dispute.store.ts'
export {
  insertStagedReceipts,
  matchStagedReceipts,
} from '#server/receivable/imported-receipt.store.ts'
export {
  insertStagedInvoices,
  matchStagedInvoices,
} from '#server/receivable/insert-staged.store.ts'
export { type InvoiceInsert, insertInvoices } from '#server/receivable/invoice.store.ts'
export { loadHistories } from '#server/receivable/load-histories.ts'
export { insertPromises, type PromiseRow } from '#server/receivable/promise.store.ts'
export { findBuiltOn, removeImported } from '#server/receivable/remove-imported.store.ts'
