import { divide } from '#kernel/money/money.ts'
import { type LinePrice, lineAmount } from '#kernel/order/line-amount.ts'

/** How far a line has come, in thousandths of its unit. */
export type LineProgress = {
  readonly ordered: bigint
  /** Delivered, less what came back and is to be delivered once more. */
  readonly served: bigint
  readonly price: LinePrice
}

/** What of a line is still to be delivered. */
export function restOf(line: LineProgress): bigint {
  return line.served < line.ordered ? line.ordered - line.served : 0n
}

export type LineDelivery =
  | { readonly kind: 'delivered'; readonly fromRest: bigint; readonly beyond: bigint }
  /** More than the tolerance for over-delivery lets through; `most` could be delivered. */
  | { readonly kind: 'too-much'; readonly most: bigint }

/**
 * The value of delivering a quantity of a line: what it takes off the rest, and what goes beyond
 * the order. Deliveries at one price add up to the amount of the line exactly, however many they
 * are: each is the difference that it makes to the value of the rest.
 */
export function deliverLine(
  line: LineProgress,
  thousandths: bigint,
  overDeliveryBps: number,
): LineDelivery {
  const rest = restOf(line)
  const tolerated = divide(line.ordered * BigInt(overDeliveryBps), 10_000n, 'floor')
  const most = line.ordered + tolerated - line.served
  if (thousandths > most) return { kind: 'too-much', most: most > 0n ? most : 0n }
  const taken = thousandths < rest ? thousandths : rest
  return {
    kind: 'delivered',
    fromRest: lineAmount(rest, line.price) - lineAmount(rest - taken, line.price),
    beyond: lineAmount(thousandths - taken, line.price),
  }
}

/** What of a delivered line's value leaves with a part of its quantity, rounded half-up. */
export function shareReturned(of: {
  readonly amountMinor: bigint
  readonly quantity: bigint
  readonly returned: bigint
}): bigint {
  const left = divide(of.amountMinor * (of.quantity - of.returned), of.quantity, 'half-up')
  return of.amountMinor - left
}
