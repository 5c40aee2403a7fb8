import { fieldsOf } from '#kernel/import/fields.ts'
import type { ReceiptRecord } from '#kernel/import/records.ts'
import { problemOf } from '#kernel/import/row-problems.ts'
import { copyField } from '#server/import/copy-text.ts'
import type { Told } from '#server/import/read-and-stage.ts'
import { headColumns, type RowStager } from '#server/import/stage-rows.ts'
import { numberNames } from '#server/import/staged-names.ts'

const receiptColumns = [
  ...headColumns,
  'number',
  'currency',
  'amount_minor',
  'received_on',
  'invoice_numbers',
  'note',
] as const

/** Makes staged lines of receipts. Money that is still to come has not been received. */
export function receiptStager({ today }: Told): RowStager<'receipts'> {
  const rest = '\t\\N'.repeat(receiptColumns.length - headColumns.length)
  const names = numberNames((row, ref, said) => `${row}\t${ref}\t${said}\t\\N\t\\N${rest}\n`)
  return {
    columns: receiptColumns,
    lineOf(record, row) {
      if (record.receivedOn > today) {
        return problemOf('settled-in-future', receivedField, record.receivedOn, { today })
      }
      const { customerCode, creditCode } = record
      const customerName = record.customerName ?? record.payerName
      const ref = names.refOf({ customerCode, customerName, creditCode }, row)
      const head = `${row}\t${ref}\t\\N\t\\N\t\\N\t\\N\t\\N\t`
      return names.takeLines() + head + receiptLine(record)
    },
  }
}

const receivedField = fieldsOf('receipts').find((field) => field.id === 'receivedOn') ?? null

function receiptLine(record: ReceiptRecord): string {
  const { amount, invoiceNumbers } = record
  const numbers = invoiceNumbers.map((number) => `"${number.replaceAll(/["\\]/g, '\\$&')}"`)
  const note = [record.method, record.payerAccount, record.remark].filter((text) => text !== null)
  return (
    `${copyField(record.number ?? record.bankReference)}\t${amount.currency}\t${amount.minor}\t` +
    `${record.receivedOn}\t${copyField(`{${numbers.join(',')}}`)}\t` +
    `${copyField(note.length === 0 ? null : note.join(' · '))}\n`
  )
}
