import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type AllocationInsert = {
  readonly partyId: string
  readonly id: string
  readonly creditId: string
  readonly invoiceId: string
  readonly amountMinor: bigint
  /** Never before the invoice's or the credit's own day. */
  readonly effectiveOn: Day
  readonly reversedOn?: Day | null
  readonly importBatchId?: string | null
}

export type AllocationRow = {
  readonly partyId: string
  readonly id: string
  readonly creditId: string
  readonly creditKind: string
  readonly creditNumber: string
  readonly invoiceId: string
  readonly invoiceNumber: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly effectiveOn: Day
  readonly reversedOn: Day | null
  readonly reversalReason: string | null
}

/**
 * Has the writers of one party's ledger take turns until the end of the transaction. It is taken
 * before any row: first the party, then invoices in the order of their ids, then the credit.
 */
export async function lockLedger(tx: Transaction, partyId: string): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`receivable ${partyId}`}, 0))`)
}

/** Sets credits against invoices and takes the amounts off what is open and unapplied of both. */
export async function insertAllocations(
  tx: Transaction,
  rows: readonly AllocationInsert[],
): Promise<void> {
  if (rows.length === 0) return
  const column = <Value>(of: (row: AllocationInsert) => Value) => list(rows.map(of))
  await tx.run(sql`
    insert into receivable.allocation (party_id, id, credit_id, invoice_id, amount_minor,
      effective_on, reversed_on, import_batch_id)
    select * from unnest(${column((row) => row.partyId)}::uuid[],
      ${column((row) => row.id)}::uuid[], ${column((row) => row.creditId)}::uuid[],
      ${column((row) => row.invoiceId)}::uuid[], ${column((row) => row.amountMinor)}::bigint[],
      ${column((row) => row.effectiveOn)}::date[],
      ${column((row) => row.reversedOn ?? null)}::date[],
      ${column((row) => row.importBatchId ?? null)}::uuid[])`)
  await moveBalances(tx, inForce(rows), -1)
}

/** Ends allocations and gives the amounts back. Those are in force, and the ledger is locked. */
export async function reverseAllocationRows(
  tx: Transaction,
  rows: readonly AllocationRow[],
  reversal: { readonly on: Day; readonly reason: string },
): Promise<void> {
  const [first] = rows
  if (!first) return
  await tx.run(sql`
    update receivable.allocation set reversed_on = greatest(${reversal.on}::date, effective_on),
      reversal_reason = ${reversal.reason}
    where party_id = ${first.partyId} and id = any(${list(rows.map((row) => row.id))}::uuid[])`)
  await moveBalances(tx, rows, 1)
}

type Part = Pick<AllocationInsert, 'partyId' | 'creditId' | 'invoiceId' | 'amountMinor'>

function inForce(rows: readonly AllocationInsert[]): AllocationInsert[] {
  return rows.filter(({ reversedOn }) => reversedOn === null || reversedOn === undefined)
}

async function moveBalances(
  tx: Transaction,
  parts: readonly Part[],
  direction: 1 | -1,
): Promise<void> {
  if (parts.length === 0) return
  await tx.run(sql`
    update receivable.invoice i set open_minor = i.open_minor + ${direction} * m.minor
    from ${totalsBy(parts, (part) => part.invoiceId)} m
    where i.party_id = m.party_id and i.id = m.id`)
  await tx.run(sql`
    update receivable.credit c set unapplied_minor = c.unapplied_minor + ${direction} * m.minor
    from ${totalsBy(parts, (part) => part.creditId)} m
    where c.party_id = m.party_id and c.id = m.id`)
}

function totalsBy(parts: readonly Part[], document: (part: Part) => string): RawBuilder<unknown> {
  return sql`(select party_id, id, sum(minor)::bigint as minor
    from unnest(${list(parts.map((part) => part.partyId))}::uuid[],
      ${list(parts.map(document))}::uuid[],
      ${list(parts.map((part) => part.amountMinor))}::bigint[]) as p (party_id, id, minor)
    group by party_id, id)`
}

const columns = sql`
  a.party_id as "partyId", a.id, a.credit_id as "creditId", c.kind as "creditKind",
  c.number as "creditNumber", a.invoice_id as "invoiceId", i.number as "invoiceNumber",
  i.currency, a.amount_minor as "amountMinor", a.effective_on as "effectiveOn",
  a.reversed_on as "reversedOn", a.reversal_reason as "reversalReason"`

const joined = sql`receivable.allocation a
  join receivable.invoice i on i.party_id = a.party_id and i.id = a.invoice_id
  join receivable.credit c on c.party_id = a.party_id and c.id = a.credit_id`

export function allocationsOfInvoice(
  db: Reader,
  partyId: string,
  invoiceId: string,
): Promise<AllocationRow[]> {
  return db.rows(sql<AllocationRow>`
    select ${columns} from ${joined}
    where a.party_id = ${partyId} and a.invoice_id = ${invoiceId}
    order by a.effective_on, a.id`)
}

export function allocationsOfCredit(
  db: Reader,
  partyId: string,
  creditId: string,
): Promise<AllocationRow[]> {
  return db.rows(sql<AllocationRow>`
    select ${columns} from ${joined}
    where a.party_id = ${partyId} and a.credit_id = ${creditId}
    order by a.effective_on, a.id`)
}

export function findAllocation(
  db: Reader,
  partyId: string,
  id: string,
): Promise<AllocationRow | undefined> {
  return db.row(sql<AllocationRow>`
    select ${columns} from ${joined} where a.party_id = ${partyId} and a.id = ${id}`)
}
