import { OrderPage, OrderQuery } from '#contract/order.ts'
import { isRefusal, refuse } from '#contract/problem.ts'
import { PartyParams } from '#contract/receivable.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { listOrders } from '#server/order/order.store.ts'
import { familyIdsOf } from '#server/party/public.ts'
import { cursorText, dayPart, idPart, readCursor } from '#server/platform/page-cursor.ts'
import { type Route, route } from '#server/platform/route.ts'

export const orderRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/api/parties/:partyId/orders',
    tag: 'order',
    summary: 'Orders of a party and its duplicates with what was delivered, latest first',
    access: 'party:read',
    commands: [],
    params: PartyParams,
    query: OrderQuery,
    reply: OrderPage,
    handle: async ({ context, params, query }) => {
      const cursor = readCursor(query.after, [dayPart, idPart])
      if (isRefusal(cursor)) return cursor
      const partyIds = await familyIdsOf(context.db, params.partyId)
      if (partyIds.length === 0) return refuse('not-found', 'There is no such party.')
      const limit = query.limit ?? 50
      const [day, id] = cursor ?? []
      const after = day === undefined || id === undefined ? null : { day, id }
      const rows = await listOrders(context.db, { partyIds, limit, after })
      const last = rows.length === limit ? rows.at(-1) : undefined
      return {
        items: rows.map(({ amountMinor, deliveredMinor, ...order }) => ({
          ...order,
          amount: toDecimal({ minor: amountMinor, currency: order.currency }),
          delivered: toDecimal({ minor: deliveredMinor, currency: order.currency }),
        })),
        next: last ? cursorText(last.orderedOn, last.id) : null,
      }
    },
  }),
]
