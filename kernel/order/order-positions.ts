/**
 * What an order counts with in the exposure ledger: its undelivered rest at the stage `order`, and
 * each delivery that is not invoiced at the stage `delivered`. Minor units, never negative.
 */
export type OrderPositions = {
  /**
   * What the order was last set to count with: its rest, or less of it where only a part was
   * released. Nothing of one that ended or was never confirmed.
   */
  readonly counted: bigint
  /** What is invoiced beyond what was delivered: its delivery counts with nothing. */
  readonly ahead: bigint
  /** `counted` without what is invoiced ahead. */
  readonly order: bigint
  readonly deliveries: readonly DeliveryPosition[]
}

export type DeliveryPosition = { readonly id: string; readonly minor: bigint }

export type OrderEvent =
  /** Confirmed or reopened: the rest counts, or less of it where only a part was released. */
  | { readonly kind: 'confirmed'; readonly rest: bigint }
  /** Of the delivery's value, what comes from the rest and what goes beyond it (over-delivery). */
  | {
      readonly kind: 'delivered'
      readonly id: string
      readonly fromRest: bigint
      readonly beyond: bigint
    }
  /** Quantity or price of what is still to be delivered: from a rest to a rest. */
  | { readonly kind: 'rest-changed'; readonly from: bigint; readonly to: bigint }
  /** A new price for a delivery of which nothing is invoiced. */
  | { readonly kind: 'repriced'; readonly id: string; readonly to: bigint }
  /** Goods came back before their invoice; `again`: what of them is to be delivered once more. */
  | {
      readonly kind: 'returned'
      readonly id: string
      readonly minor: bigint
      readonly again: bigint
    }
  /** Nothing more will be delivered: completed, closed or cancelled. */
  | { readonly kind: 'rest-ended' }
  /** What is delivered will never be invoiced: samples, crumbs of rounding. */
  | { readonly kind: 'settled' }

/** What the order counts with after an event: one rule for each, pure and total. */
export function positionsAfter(now: OrderPositions, event: OrderEvent): OrderPositions {
  const counted = now.counted > now.order ? now.counted : now.order
  const { ahead } = now
  switch (event.kind) {
    case 'confirmed':
      return { ...now, counted: event.rest, order: atLeastZero(event.rest - ahead) }
    case 'delivered': {
      const value = event.fromRest + event.beyond
      const used = ahead < value ? ahead : value
      const left = atLeastZero(counted - event.fromRest)
      return {
        counted: left,
        ahead: ahead - used,
        order: atLeastZero(left - (ahead - used)),
        deliveries: withDelivery(now, event.id, value - used),
      }
    }
    case 'rest-changed': {
      const raised = event.to > event.from
      const wanted = raised ? counted + event.to - event.from : event.to
      const next = raised || wanted < counted ? wanted : counted
      const order = atLeastZero(next - ahead)
      return { ...now, counted: next, order: raised || order < now.order ? order : now.order }
    }
    case 'repriced':
      return { ...now, deliveries: withDelivery(now, event.id, event.to) }
    case 'returned': {
      const left = positionOf(now, event.id) - event.minor
      return {
        ...now,
        counted: counted + event.again,
        order: now.order + event.again,
        deliveries: withDelivery(now, event.id, atLeastZero(left)),
      }
    }
    case 'rest-ended':
      return { ...now, counted: 0n, order: 0n }
    case 'settled':
      return { ...now, deliveries: now.deliveries.map(({ id }) => ({ id, minor: 0n })) }
  }
}

/** What the whole order counts with. */
export function totalOf(positions: OrderPositions): bigint {
  return positions.deliveries.reduce((sum, { minor }) => sum + minor, positions.order)
}

export function positionOf(positions: OrderPositions, deliveryId: string): bigint {
  return positions.deliveries.find(({ id }) => id === deliveryId)?.minor ?? 0n
}

function withDelivery(now: OrderPositions, id: string, minor: bigint): DeliveryPosition[] {
  return [...now.deliveries.filter((delivery) => delivery.id !== id), { id, minor }]
}

/** An amount that may not be below nothing. */
export function atLeastZero(minor: bigint): bigint {
  return minor > 0n ? minor : 0n
}
