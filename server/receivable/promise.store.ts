import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type PromiseRow = {
  readonly partyId: string
  readonly id: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly madeOn: Day
  readonly promisedOn: Day
  readonly note: string | null
}

export async function insertPromises(tx: Transaction, rows: readonly PromiseRow[]): Promise<void> {
  const column = <Value>(of: (row: PromiseRow) => Value) => list(rows.map(of))
  await tx.run(sql`
    insert into receivable.promise
      (party_id, id, currency, amount_minor, made_on, promised_on, note)
    select * from unnest(${column((row) => row.partyId)}::uuid[],
      ${column((row) => row.id)}::uuid[], ${column((row) => row.currency)}::text[],
      ${column((row) => row.amountMinor)}::bigint[], ${column((row) => row.madeOn)}::date[],
      ${column((row) => row.promisedOn)}::date[], ${column((row) => row.note)}::text[])`)
}

export function promisesOf(db: Reader, partyIds: readonly string[]): Promise<PromiseRow[]> {
  return db.rows(sql<PromiseRow>`
    select party_id as "partyId", id, currency, amount_minor as "amountMinor",
      made_on as "madeOn", promised_on as "promisedOn", note
    from receivable.promise where party_id = any(${list(partyIds)}::uuid[])
    order by promised_on desc, id limit 500`)
}
