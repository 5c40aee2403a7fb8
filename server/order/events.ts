import { sql } from 'kysely'
import { eventSource, type TimelineSource } from '#server/platform/timeline.ts'

/** What a party ordered and what was delivered to it. */
export const orderEvents: readonly TimelineSource[] = [
  eventSource({
    ...{ topic: 'order', ref: 'order', kind: sql`'order.placed'` },
    from: sql`"order".sales_order e`,
    ...{ on: sql`e.ordered_on`, at: sql`e.recorded_at`, number: sql`e.number` },
    ...{ minor: sql`e.amount_minor`, currency: sql`e.currency` },
    facts: sql`jsonb_build_object('state', e.state, 'requestedOn', e.requested_on,
      'confirmedOn', e.confirmed_on, 'cancelledOn', e.cancelled_on)`,
  }),
  eventSource({
    ...{ topic: 'delivery', ref: 'delivery', kind: sql`'order.delivered'` },
    from: sql`(select d.*, o.currency, o.number as order_number from "order".delivery d
      join "order".sales_order o on o.party_id = d.party_id and o.id = d.order_id) e`,
    ...{ on: sql`e.delivered_on`, at: sql`e.recorded_at` },
    number: sql`coalesce(e.number, e.order_number)`,
    ...{ minor: sql`e.amount_minor`, currency: sql`e.currency` },
    facts: sql`jsonb_build_object('orderNumber', e.order_number, 'orderId', e.order_id)`,
  }),
]
