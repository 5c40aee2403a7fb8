import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { OrderState } from '#kernel/order/order-state.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type OrderRow = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly orderedOn: Day
  readonly requestedOn: Day | null
  readonly cancelledOn: Day | null
  readonly state: OrderState
  readonly terms: string | null
  readonly discountBps: number
  readonly segment: string | null
  readonly salesperson: string | null
  readonly department: string | null
  readonly priority: number
  readonly contractId: string | null
  readonly overDeliveryBps: number
  readonly note: string | null
  readonly confirmedOn: Day | null
  readonly completedOn: Day | null
  /** Null of orders that were kept before the exposure ledger was: all of the rest. */
  readonly countedMinor: bigint | null
  /** Paid in cash when it was last let pass, so that it counts with nothing. */
  readonly cash: boolean
  readonly payerId: string | null
  /** Who pays instead of who buys: charged and invoiced. */
  readonly billToId: string | null
  /** An amendment that waits for the release of its hold, as it was asked for. */
  readonly pending: unknown
  readonly recordedAt: string
}

export const orderColumns = sql`
  o.party_id as "partyId", o.id, o.number, o.currency, o.amount_minor as "amountMinor",
  o.ordered_on as "orderedOn", o.requested_on as "requestedOn", o.cancelled_on as "cancelledOn",
  coalesce(o.state, case when o.cancelled_on is null then 'closed' else 'cancelled' end) as state,
  o.terms, coalesce(o.discount_bps, 0) as "discountBps", o.segment, o.salesperson, o.department,
  coalesce(o.priority, 5) as priority, o.contract_id as "contractId",
  coalesce(o.over_delivery_bps, 0) as "overDeliveryBps", o.note, o.confirmed_on as "confirmedOn",
  o.completed_on as "completedOn", o.counted_minor as "countedMinor",
  coalesce(o.cash, false) as cash,
  o.payer_id as "payerId", o.bill_to_id as "billToId", o.pending, o.recorded_at as "recordedAt"`

/** What the order of an import or of the demonstration company tells. */
export type PlacedOrder = Pick<
  OrderRow,
  | 'partyId'
  | 'id'
  | 'number'
  | 'currency'
  | 'amountMinor'
  | 'orderedOn'
  | 'requestedOn'
  | 'cancelledOn'
> & {
  /** Null: history, that never counted against a limit. */
  readonly state?: OrderState | null
  readonly completedOn?: Day | null
}

/** Adds orders and tells how many; a number that the payer is charged with already is passed over. */
export function insertOrders(tx: Transaction, rows: readonly PlacedOrder[]): Promise<number> {
  const column = <Value>(of: (row: PlacedOrder) => Value) => list(rows.map(of))
  const confirmedOn = (row: PlacedOrder) => (row.state ? row.orderedOn : null)
  return tx.run(sql`
    insert into "order".sales_order (party_id, id, number, currency, amount_minor, ordered_on,
      requested_on, cancelled_on, state, completed_on, confirmed_on)
    select * from unnest(${column((row) => row.partyId)}::uuid[],
      ${column((row) => row.id)}::uuid[], ${column((row) => row.number)}::text[],
      ${column((row) => row.currency)}::text[], ${column((row) => row.amountMinor)}::bigint[],
      ${column((row) => row.orderedOn)}::date[], ${column((row) => row.requestedOn)}::date[],
      ${column((row) => row.cancelledOn)}::date[], ${column((row) => row.state ?? null)}::text[],
      ${column((row) => row.completedOn ?? null)}::date[], ${column(confirmedOn)}::date[])
    on conflict do nothing`)
}

/** Every order of these parties that was ever agreed to, for whoever computes over them. */
export function findOrders(db: Reader, partyIds: readonly string[]): Promise<PlacedOrder[]> {
  return db.rows(sql<PlacedOrder>`
    select party_id as "partyId", id, number, currency, amount_minor as "amountMinor",
      ordered_on as "orderedOn", requested_on as "requestedOn", cancelled_on as "cancelledOn"
    from "order".sales_order
    where party_id = any(${list(partyIds)}::uuid[])
      and (state is null or confirmed_on is not null)`)
}

/** Whose account an order counts at, and who is invoiced. */
export function chargedWith({ billToId, partyId }: Pick<OrderRow, 'billToId' | 'partyId'>): string {
  return billToId ?? partyId
}

/** Whether somebody is charged with another order of a number. */
export async function numberIsTaken(
  db: Reader,
  of: { readonly id: string; readonly number: string; readonly chargedId: string },
): Promise<boolean> {
  const found = await db.row(sql`
    select from "order".sales_order
    where number = ${of.number} and id <> ${of.id}
      and coalesce(bill_to_id, party_id) = ${of.chargedId} limit 1`)
  return found !== undefined
}

/** The party of an order, which never changes. */
export async function partyOfOrder(db: Reader, id: string): Promise<string | undefined> {
  const found = await db.row(sql<{ partyId: string }>`
    select party_id as "partyId" from "order".sales_order where id = ${id}`)
  return found?.partyId
}

export function findOrder(
  db: Reader,
  key: { readonly partyId: string; readonly id: string },
): Promise<OrderRow | undefined> {
  return db.row(sql<OrderRow>`
    select ${orderColumns} from "order".sales_order o
    where o.party_id = ${key.partyId} and o.id = ${key.id}`)
}

/** As `findOrder`, and nobody else changes it until the end: taken before any credit account. */
export function lockOrder(
  tx: Transaction,
  key: { readonly partyId: string; readonly id: string },
): Promise<OrderRow | undefined> {
  return tx.row(sql<OrderRow>`
    select ${orderColumns} from "order".sales_order o
    where o.party_id = ${key.partyId} and o.id = ${key.id} for update`)
}

export type NewOrderRow = Omit<
  OrderRow,
  | 'cancelledOn'
  | 'state'
  | 'confirmedOn'
  | 'completedOn'
  | 'countedMinor'
  | 'cash'
  | 'payerId'
  | 'pending'
  | 'recordedAt'
>

/** Adds a draft; false where the party, or who pays, has an order of that number. */
export async function insertDraft(tx: Transaction, row: NewOrderRow): Promise<boolean> {
  const inserted = await tx.run(sql`
    insert into "order".sales_order (party_id, id, number, currency, amount_minor, ordered_on,
      requested_on, state, terms, discount_bps, segment, salesperson, department, priority,
      contract_id, over_delivery_bps, note, bill_to_id)
    values (${row.partyId}, ${row.id}, ${row.number}, ${row.currency}, ${row.amountMinor},
      ${row.orderedOn}, ${row.requestedOn}, 'draft', ${row.terms}, ${row.discountBps},
      ${row.segment}, ${row.salesperson}, ${row.department}, ${row.priority}, ${row.contractId},
      ${row.overDeliveryBps}, ${row.note}, ${row.billToId})
    on conflict do nothing`)
  return inserted === 1
}

/** Writes all of an order that can change. */
export async function updateOrder(tx: Transaction, row: OrderRow): Promise<void> {
  const pending = row.pending === null ? null : JSON.stringify(row.pending)
  await tx.run(sql`
    update "order".sales_order set amount_minor = ${row.amountMinor},
      requested_on = ${row.requestedOn}, cancelled_on = ${row.cancelledOn}, state = ${row.state},
      terms = ${row.terms}, discount_bps = ${row.discountBps}, segment = ${row.segment},
      salesperson = ${row.salesperson}, department = ${row.department},
      priority = ${row.priority}, contract_id = ${row.contractId},
      over_delivery_bps = ${row.overDeliveryBps}, note = ${row.note},
      confirmed_on = ${row.confirmedOn}, completed_on = ${row.completedOn},
      counted_minor = ${row.countedMinor}, cash = ${row.cash}, payer_id = ${row.payerId},
      bill_to_id = ${row.billToId}, pending = ${pending}
    where party_id = ${row.partyId} and id = ${row.id}`)
}

export async function markReminded(
  tx: Transaction,
  orders: readonly { readonly partyId: string; readonly id: string }[],
  on: Day,
): Promise<void> {
  await tx.run(sql`
    update "order".sales_order o set reminded_on = ${on}
    from unnest(${list(orders.map(({ partyId }) => partyId))}::uuid[],
      ${list(orders.map(({ id }) => id))}::uuid[]) as k (party_id, id)
    where o.party_id = k.party_id and o.id = k.id`)
}
