import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Transaction } from '#server/platform/database.ts'

type DeliveryRow = {
  readonly partyId: string
  readonly id: string
  readonly orderId: string
  readonly amountMinor: bigint
  readonly deliveredOn: Day
}

export function insertDeliveries(tx: Transaction, rows: readonly DeliveryRow[]): Promise<number> {
  const column = <Value>(of: (row: DeliveryRow) => Value) => list(rows.map(of))
  return tx.run(sql`
    insert into "order".delivery (party_id, id, order_id, amount_minor, delivered_on)
    select * from unnest(${column((row) => row.partyId)}::uuid[],
      ${column((row) => row.id)}::uuid[], ${column((row) => row.orderId)}::uuid[],
      ${column((row) => row.amountMinor)}::bigint[], ${column((row) => row.deliveredOn)}::date[])`)
}
