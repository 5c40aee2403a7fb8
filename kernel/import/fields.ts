import { bankLineFields } from '#kernel/import/bank-line-fields.ts'
import type { ImportField, ImportKind } from '#kernel/import/field.ts'
import { invoiceFields } from '#kernel/import/invoice-fields.ts'
import { partyFields } from '#kernel/import/party-fields.ts'
import { receiptFields } from '#kernel/import/receipt-fields.ts'
import { statementFields } from '#kernel/import/statement-fields.ts'

const fields: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  parties: partyFields,
  invoices: invoiceFields,
  receipts: receiptFields,
  statements: statementFields,
  'bank-lines': bankLineFields,
}

/** Every field that a file of one kind may bring, in the order shown to people. */
export function fieldsOf(kind: ImportKind): readonly ImportField[] {
  return fields[kind]
}

/**
 * Fields of which at least one must have a column, because none of them is required alone: an
 * invoice names its customer by code, name or credit code; a bank line tells its amount once or by
 * direction.
 */
export function oneOf(kind: ImportKind): readonly string[] {
  if (kind === 'invoices') return ['customerCode', 'customerName', 'creditCode']
  if (kind === 'receipts') return ['customerCode', 'customerName', 'creditCode', 'payerName']
  if (kind === 'statements') return ['customerCode', 'customerName', 'creditCode']
  if (kind === 'bank-lines') return ['amount', 'credit', 'debit']
  return []
}
