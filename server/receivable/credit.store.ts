import { sql } from 'kysely'
import type { CreditReason } from '#contract/receivable.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type CreditKind = 'receipt' | 'credit-note' | 'write-off' | 'bill'

/** Why a credit was voided: entered wrongly, or a payment bounced, a bill was dishonoured. */
export type VoidCause = 'mistake' | 'returned'

export type CreditRow = {
  readonly partyId: string
  readonly id: string
  readonly kind: CreditKind
  readonly number: string
  readonly reason: CreditReason | null
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly unappliedMinor: bigint
  readonly effectiveOn: Day
  readonly note: string | null
  readonly voidedOn: Day | null
  /** Bills only: the day on which it falls due, and on which it was paid. */
  readonly dueOn: Day | null
  readonly collectedOn: Day | null
  readonly voidCause: VoidCause | null
  readonly recordedAt: string
}

type CreditInsert = Omit<
  CreditRow,
  'unappliedMinor' | 'recordedAt' | 'dueOn' | 'collectedOn' | 'voidCause'
> & {
  readonly dueOn?: Day | null
  readonly importBatchId?: string | null
}

export const creditColumns = sql`
  c.party_id as "partyId", c.id, c.kind, c.number, c.reason, c.currency,
  c.amount_minor as "amountMinor", c.unapplied_minor as "unappliedMinor",
  c.effective_on as "effectiveOn", c.note, c.voided_on as "voidedOn", c.due_on as "dueOn",
  c.collected_on as "collectedOn", c.void_cause as "voidCause",
  c.recorded_at as "recordedAt"`

/**
 * Adds credits and tells how many; a number that the party has already is passed over. What is
 * unapplied is computed from the allocations that are there.
 */
export function insertCredits(tx: Transaction, rows: readonly CreditInsert[]): Promise<number> {
  const column = <Value>(of: (row: CreditInsert) => Value) => list(rows.map(of))
  return tx.run(sql`
    insert into receivable.credit (party_id, id, kind, number, reason, currency, amount_minor,
      unapplied_minor, effective_on, note, voided_on, import_batch_id, due_on)
    select r.party_id, r.id, r.kind, r.number, r.reason, r.currency, r.amount_minor,
      case when r.voided_on is null then r.amount_minor - coalesce(a.allocated_minor, 0) else 0 end,
      r.effective_on, r.note, r.voided_on, r.import_batch_id, r.due_on
    from unnest(${column((row) => row.partyId)}::uuid[], ${column((row) => row.id)}::uuid[],
      ${column((row) => row.kind)}::text[], ${column((row) => row.number)}::text[],
      ${column((row) => row.reason)}::text[], ${column((row) => row.currency)}::text[],
      ${column((row) => row.amountMinor)}::bigint[], ${column((row) => row.effectiveOn)}::date[],
      ${column((row) => row.note)}::text[], ${column((row) => row.voidedOn)}::date[],
      ${column((row) => row.importBatchId ?? null)}::uuid[],
      ${column((row) => row.dueOn ?? null)}::date[]) as r (party_id, id, kind, number,
      reason, currency, amount_minor, effective_on, note, voided_on, import_batch_id, due_on)
    left join lateral (
      select sum(amount_minor)::bigint as allocated_minor from receivable.allocation a
      where a.party_id = r.party_id and a.credit_id = r.id and a.reversed_on is null
    ) a on true
    on conflict on constraint credit_number_once do nothing`)
}

export function findCredit(
  db: Reader,
  partyId: string,
  id: string,
): Promise<CreditRow | undefined> {
  return db.row(sql<CreditRow>`
    select ${creditColumns} from receivable.credit c where c.party_id = ${partyId} and c.id = ${id}`)
}

/** A credit that a person means by its number; of several kinds the latest that still stands. */
export function findCreditByNumber(
  db: Reader,
  partyIds: readonly string[],
  number: string,
): Promise<CreditRow | undefined> {
  return db.row(sql<CreditRow>`
    select ${creditColumns} from receivable.credit c
    where c.party_id = any(${list(partyIds)}::uuid[]) and c.number = ${number}
    order by c.voided_on nulls first, c.id desc limit 1`)
}

export function lockCredit(
  tx: Transaction,
  partyId: string,
  id: string,
): Promise<CreditRow | undefined> {
  return tx.row(sql<CreditRow>`
    select ${creditColumns} from receivable.credit c
    where c.party_id = ${partyId} and c.id = ${id} for update`)
}

export async function voidCreditRow(
  tx: Transaction,
  credit: { readonly partyId: string; readonly id: string },
  of: { readonly on: Day; readonly cause: VoidCause },
): Promise<void> {
  await tx.run(sql`
    update receivable.credit set voided_on = ${of.on}, void_cause = ${of.cause},
      unapplied_minor = 0
    where party_id = ${credit.partyId} and id = ${credit.id}`)
}

export async function markCollected(
  tx: Transaction,
  credit: { readonly partyId: string; readonly id: string },
  on: Day,
): Promise<void> {
  await tx.run(sql`
    update receivable.credit set collected_on = ${on}
    where party_id = ${credit.partyId} and id = ${credit.id}`)
}
