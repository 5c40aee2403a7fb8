import { sql } from 'kysely'
import { money } from '#kernel/money/money.ts'
import type { TriedCheck } from '#server/check/public.ts'
import { chargedWith, type OrderRow, orderColumns } from '#server/order/order.store.ts'
import { ofPartiesInSum } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

/** Held or checked, and so waiting to be confirmed; or confirmed, with goods still to come. */
export type OpenOrder = Pick<OrderRow, 'id' | 'number' | 'partyId' | 'state'> & {
  readonly check: TriedCheck
}

/** The open orders that somebody sees in the order of their ids, as they are put to the gate. */
export async function nextOpenOrders(
  db: Reader,
  of: { readonly actor: Actor; readonly after: string | null; readonly limit: number },
): Promise<OpenOrder[]> {
  const seen = ofPartiesInSum({ actor: of.actor }, sql`o.party_id`).map((each) => sql`and ${each}`)
  const rows = await db.rows(sql<OrderRow>`
    select ${orderColumns} from "order".sales_order o
    where o.state in ('checked', 'held', 'confirmed') and o.completed_on is null
      and (${of.after}::uuid is null or o.id > ${of.after}) ${sql.join(seen, sql` `)}
    order by o.id limit ${of.limit}`)
  return rows.map((order) => ({
    ...{ id: order.id, number: order.number, partyId: order.partyId, state: order.state },
    check: {
      buyer: { id: chargedWith(order) },
      segment: order.segment ?? '',
      document: { kind: 'order', id: order.id, number: order.number },
      // What counts already meets the rules again when it ships.
      checkpoint: order.state === 'confirmed' ? 'delivery' : 'order',
      isCounting: order.state === 'confirmed',
      amount: money(order.amountMinor, order.currency),
      requestedOn: order.requestedOn,
      terms: order.terms,
      discountBps: order.discountBps > 0 ? order.discountBps : null,
      quantity: null,
      priority: order.priority,
      salesperson: order.salesperson,
    },
  }))
}
