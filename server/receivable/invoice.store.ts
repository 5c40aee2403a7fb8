import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type InvoiceRow = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly openMinor: bigint
  readonly issuedOn: Day
  readonly dueOn: Day
  readonly terms: string | null
  readonly orderNumber: string | null
  readonly department: string | null
  readonly salesperson: string | null
  readonly note: string | null
  readonly voidedOn: Day | null
  /** The credit segment whose account it counts to; null for none. */
  readonly segment: string | null
  readonly recordedAt: string
}

type InvoiceInsert = Omit<InvoiceRow, 'openMinor' | 'recordedAt' | 'segment'> & {
  readonly segment?: string | null
  readonly importBatchId?: string | null
}

export const invoiceColumns = sql`
  i.party_id as "partyId", i.id, i.number, i.currency, i.amount_minor as "amountMinor",
  i.open_minor as "openMinor", i.issued_on as "issuedOn", i.due_on as "dueOn", i.terms,
  i.order_number as "orderNumber", i.department, i.salesperson, i.note,
  i.voided_on as "voidedOn", i.segment, i.recorded_at as "recordedAt"`

/**
 * Adds invoices and tells how many; a number that the party has already is passed over. What is
 * open is computed from the allocations that are there, so that a whole ledger is written fastest
 * with its allocations first.
 */
export function insertInvoices(tx: Transaction, rows: readonly InvoiceInsert[]): Promise<number> {
  const column = <Value>(of: (row: InvoiceInsert) => Value) => list(rows.map(of))
  return tx.run(sql`
    insert into receivable.invoice (party_id, id, number, currency, amount_minor, open_minor,
      issued_on, due_on, terms, order_number, department, salesperson, note, voided_on,
      import_batch_id, segment)
    select r.party_id, r.id, r.number, r.currency, r.amount_minor,
      case when r.voided_on is null then r.amount_minor - coalesce(a.allocated_minor, 0) else 0 end,
      r.issued_on, r.due_on, r.terms, r.order_number, r.department, r.salesperson, r.note,
      r.voided_on, r.import_batch_id, r.segment
    from unnest(${column((row) => row.partyId)}::uuid[], ${column((row) => row.id)}::uuid[],
      ${column((row) => row.number)}::text[], ${column((row) => row.currency)}::text[],
      ${column((row) => row.amountMinor)}::bigint[], ${column((row) => row.issuedOn)}::date[],
      ${column((row) => row.dueOn)}::date[], ${column((row) => row.terms)}::text[],
      ${column((row) => row.orderNumber)}::text[], ${column((row) => row.department)}::text[],
      ${column((row) => row.salesperson)}::text[], ${column((row) => row.note)}::text[],
      ${column((row) => row.voidedOn)}::date[],
      ${column((row) => row.importBatchId ?? null)}::uuid[],
      ${column((row) => row.segment ?? null)}::text[]) as r (party_id, id, number, currency,
      amount_minor, issued_on, due_on, terms, order_number, department, salesperson, note,
      voided_on, import_batch_id, segment)
    left join lateral (
      select sum(amount_minor)::bigint as allocated_minor from receivable.allocation a
      where a.party_id = r.party_id and a.invoice_id = r.id and a.reversed_on is null
    ) a on true
    on conflict on constraint invoice_number_once do nothing`)
}

export function findInvoice(
  db: Reader,
  partyId: string,
  id: string,
): Promise<InvoiceRow | undefined> {
  return db.row(sql<InvoiceRow>`
    select ${invoiceColumns} from receivable.invoice i where i.party_id = ${partyId} and i.id = ${id}`)
}

export function findInvoiceByNumber(
  db: Reader,
  partyIds: readonly string[],
  number: string,
): Promise<InvoiceRow | undefined> {
  return db.row(sql<InvoiceRow>`
    select ${invoiceColumns} from receivable.invoice i
    where i.party_id = any(${list(partyIds)}::uuid[]) and i.number = ${number}
    order by i.voided_on nulls first limit 1`)
}

/** The party's invoices that money can go to, locked in the order of their ids. */
export function lockOpenInvoices(
  tx: Transaction,
  partyId: string,
  currency: string,
): Promise<InvoiceRow[]> {
  return tx.rows(sql<InvoiceRow>`
    select ${invoiceColumns} from receivable.invoice i
    where i.party_id = ${partyId} and i.currency = ${currency} and i.open_minor > 0
    order by i.id for update`)
}

/** The invoices that are named, whatever their state, locked in the order of their ids. */
export function lockInvoices(
  tx: Transaction,
  partyId: string,
  named: { readonly ids: readonly string[]; readonly numbers: readonly string[] },
): Promise<InvoiceRow[]> {
  return tx.rows(sql<InvoiceRow>`
    select ${invoiceColumns} from receivable.invoice i
    where i.party_id = ${partyId} and (i.id = any(${list(named.ids)}::uuid[])
      or i.number = any(${list(named.numbers)}::text[]))
    order by i.id for update`)
}

export async function voidInvoiceRow(
  tx: Transaction,
  invoice: { readonly partyId: string; readonly id: string },
  voidedOn: Day,
): Promise<void> {
  await tx.run(sql`
    update receivable.invoice set voided_on = ${voidedOn}, open_minor = 0
    where party_id = ${invoice.partyId} and id = ${invoice.id}`)
}
