import { type Day, laterOf } from '#kernel/calendar/day.ts'
import { termsCode } from '#kernel/calendar/format-terms.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import type { InvoiceRecord } from '#kernel/import/records.ts'
import { problemOf } from '#kernel/import/row-problems.ts'
import { copyField } from '#server/import/copy-text.ts'
import type { Told } from '#server/import/read-and-stage.ts'
import { headColumns, type RowStager } from '#server/import/stage-rows.ts'
import { numberNames } from '#server/import/staged-names.ts'

const invoiceColumns = [
  ...headColumns,
  'is_credit_note',
  'number',
  'currency',
  'amount_minor',
  'settled_minor',
  'settled_on',
  'issued_on',
  'due_on',
  'due_from',
  'terms',
  'disputed',
  'order_number',
  'department',
  'salesperson',
  'note',
] as const

/** Makes staged lines of invoices. A settlement that is still to come is none. */
export function invoiceStager({ columns, today }: Told): RowStager<'invoices'> {
  const rest = '\t\\N'.repeat(invoiceColumns.length - headColumns.length)
  const names = numberNames((row, ref, said) => `${row}\t${ref}\t${said}\t\\N\t\\N${rest}\n`)
  const settlement = columns.some(({ field }) => ['settledOn', 'paid', 'open'].includes(field))
  return {
    columns: invoiceColumns,
    lineOf(record, row) {
      if (record.settledOn !== null && record.settledOn > today) {
        return problemOf('settled-in-future', settledField, record.settledOn, { today })
      }
      const ref = names.refOf(record, row)
      const head = `${row}\t${ref}\t\\N\t\\N\t\\N\t\\N\t\\N\t`
      return names.takeLines() + head + invoiceLine(record, { today, settlement })
    },
  }
}

const settledField = fieldsOf('invoices').find((field) => field.id === 'settledOn') ?? null

/** What a file of invoices can say of payments, by the columns it has. */
type Telling = { readonly today: Day; readonly settlement: boolean }

/** A staged invoice as a line of COPY after its number and ref. */
function invoiceLine(record: InvoiceRecord, telling: Telling): string {
  const { settledMinor, settledOn } = settlementOf(record, telling)
  const terms = record.terms === null ? record.termsText : termsCode(record.terms)
  return (
    `${record.documentType === 'credit-note' ? 't' : 'f'}\t${copyField(record.number)}\t` +
    `${record.amount.currency}\t${record.amount.minor}\t${settledMinor ?? '\\N'}\t` +
    `${settledOn ?? '\\N'}\t${record.invoiceOn}\t${record.dueOn ?? '\\N'}\t` +
    `${record.dueFrom ?? '\\N'}\t${copyField(terms)}\t${record.disputed === true ? 't' : 'f'}\t` +
    `${copyField(record.orderNumber)}\t${copyField(record.department)}\t` +
    `${copyField(record.salesperson)}\t${copyField(record.remark)}\n`
  )
}

type Settlement = { readonly settledMinor: bigint | null; readonly settledOn: Day | null }

/**
 * How much the file says is paid. What is owed counts before what was paid, since a credit note may
 * have lowered it; a settlement date alone means all of it. More than the amount cannot be applied
 * to one invoice.
 */
function settlementOf(record: InvoiceRecord, { today, settlement }: Telling): Settlement {
  if (record.documentType === 'credit-note') return { settledMinor: null, settledOn: null }
  const { amount, open, paid, settledOn } = record
  const told = open ? amount.minor - open.minor : paid ? paid.minor : null
  const minor = told ?? (settledOn === null ? 0n : amount.minor)
  const settledMinor = minor < 0n ? 0n : minor > amount.minor ? amount.minor : minor
  if (settledMinor === 0n) return { settledMinor: settlement ? 0n : null, settledOn: null }
  return { settledMinor, settledOn: settledOn ?? unknownDay(record, today) }
}

// The file tells a payment without its day. The due day, or today where that is still to come,
// makes it neither early nor late.
function unknownDay({ invoiceOn, dueOn }: InvoiceRecord, today: Day): Day {
  const due = dueOn ?? invoiceOn
  return due < today ? due : laterOf(today, invoiceOn) === invoiceOn ? invoiceOn : today
}
