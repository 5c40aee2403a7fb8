import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { OrderState } from '#kernel/order/order-state.ts'
import { documentsOnHold } from '#server/check/public.ts'
import { type OrderRow, orderColumns } from '#server/order/order.store.ts'
import { ofPartiesInSum, pageOfSeen } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

/** An order with what was delivered of it, returns taken off. */
export type DeliveredOrder = OrderRow & {
  readonly deliveredMinor: bigint
  readonly lastDeliveredOn: Day | null
}

export type OrderFilter = {
  readonly actor: Actor
  readonly partyIds?: readonly string[] | null
  readonly state?: OrderState | null
  /** How it begins. */
  readonly number?: string | null
  readonly contractId?: string | null
  readonly currency?: string | null
  readonly salesperson?: string | null
  readonly department?: string | null
  readonly held?: boolean | null
  readonly orderedFrom?: Day | null
  readonly orderedTo?: Day | null
  readonly requestedBefore?: Day | null
  /** Confirmed, requested before this day and not all delivered; then the oldest come first. */
  readonly lateOn?: Day | null
}

type OrderPage = {
  readonly limit: number
  /** Day (requested where the late ones are asked for, otherwise ordered) and id of the last row. */
  readonly after: { readonly day: string; readonly id: string } | null
}

/** A page of orders, latest first; of late ones, what is late longest first. */
export function listOrders(db: Reader, filter: OrderFilter & OrderPage): Promise<DeliveredOrder[]> {
  const { after, lateOn } = filter
  const where = conditionsOf(filter)
  if (after && lateOn) {
    where.push(sql`(o.requested_on, o.id) > (${after.day}::date, ${after.id}::uuid)`)
  } else if (after) {
    where.push(sql`(o.ordered_on, o.id) < (${after.day}::date, ${after.id}::uuid)`)
  }
  const by = lateOn
    ? ({ key: 'requested_on', direction: 'asc' } as const)
    : ({ key: 'ordered_on', direction: 'desc' } as const)
  const orders = { table: sql`"order".sales_order`, row: 'o', where, ...by } as const
  return pageOfSeen(
    db,
    { ...filter, partyIds: filter.partyIds ?? null },
    orders,
    (from, seen, order) =>
      sql<DeliveredOrder>`
      select ${orderColumns}, d.delivered_minor as "deliveredMinor",
        d.last_delivered_on as "lastDeliveredOn"
      from ${from} cross join lateral ${delivered} d
      where ${seen} order by ${order} limit ${filter.limit}`,
  )
}

export type OrderTotal = {
  readonly currency: Currency
  readonly count: number
  readonly amountMinor: bigint
}

export function totalsOfOrders(db: Reader, filter: OrderFilter): Promise<OrderTotal[]> {
  return db.rows(sql<OrderTotal>`
    select o.currency, count(*)::integer as count, sum(o.amount_minor)::bigint as "amountMinor"
    from "order".sales_order o
    where ${sql.join([...conditionsOf(filter), ...ofPartiesInSum(filter, sql`o.party_id`)], sql` and `)}
    group by o.currency order by o.currency`)
}

function conditionsOf(filter: OrderFilter): RawBuilder<unknown>[] {
  const { lateOn, number } = filter
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (filter.state) where.push(stateIs(filter.state))
  if (number) {
    where.push(sql`o.number collate "C" >= ${number}::text collate "C"
      and o.number collate "C" < (${number}::text || chr(1114111)) collate "C"`)
  }
  if (filter.contractId) where.push(sql`o.contract_id = ${filter.contractId}`)
  if (filter.currency) where.push(sql`o.currency = ${filter.currency}`)
  if (filter.salesperson) where.push(sql`o.salesperson = ${filter.salesperson}`)
  if (filter.department) where.push(sql`o.department = ${filter.department}`)
  if (filter.held === true) where.push(sql`o.id in (${documentsOnHold})`)
  if (filter.held === false)
    where.push(sql`not exists (
    select from (${documentsOnHold}) h (id) where h.id = o.id)`)
  if (filter.orderedFrom) where.push(sql`o.ordered_on >= ${filter.orderedFrom}`)
  if (filter.orderedTo) where.push(sql`o.ordered_on <= ${filter.orderedTo}`)
  if (filter.requestedBefore) where.push(sql`o.requested_on < ${filter.requestedBefore}`)
  if (lateOn) where.push(sql`${isToDeliver} and o.requested_on < ${lateOn}`)
  return where
}

/** Confirmed orders wanted by a day of which something is to be delivered, not told of that day. */
export function ordersToRemindOf(
  db: Reader,
  of: { readonly wantedBy: Day; readonly today: Day; readonly limit: number },
): Promise<DeliveredOrder[]> {
  return db.rows(sql<DeliveredOrder>`
    select ${orderColumns}, d.delivered_minor as "deliveredMinor",
      d.last_delivered_on as "lastDeliveredOn"
    from "order".sales_order o cross join lateral ${delivered} d
    where ${isToDeliver} and o.requested_on <= ${of.wantedBy}
      and (o.reminded_on is null or o.reminded_on < ${of.today})
    order by o.requested_on, o.id limit ${of.limit}`)
}

const isToDeliver = sql`o.state = 'confirmed' and o.completed_on is null`

const delivered = sql`(
  select coalesce(s.shipped_minor, 0) - coalesce(r.returned_minor, 0) as delivered_minor,
    s.last_delivered_on
  from (
    select sum(amount_minor)::bigint as shipped_minor, max(delivered_on) as last_delivered_on
    from "order".delivery d where d.party_id = o.party_id and d.order_id = o.id
  ) s cross join (
    select sum(amount_minor)::bigint as returned_minor
    from "order".goods_return r where r.party_id = o.party_id and r.order_id = o.id
  ) r)`

/** Orders of before there were states are cancelled or closed. */
function stateIs(state: OrderState): RawBuilder<unknown> {
  if (state === 'cancelled') {
    return sql`(o.state = 'cancelled' or (o.state is null and o.cancelled_on is not null))`
  }
  if (state === 'closed') {
    return sql`(o.state = 'closed' or (o.state is null and o.cancelled_on is null))`
  }
  return sql`o.state = ${state}`
}
