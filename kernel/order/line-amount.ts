import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { divide, scaledToDecimal } from '#kernel/money/money.ts'

/** What a quantity of a line is charged at. */
export type LinePrice = {
  /** In ten-thousandths of one unit of the currency. */
  readonly unitPriceE4: bigint
  readonly discountBps: number
  readonly currency: Currency
}

/**
 * The amount of a quantity (in thousandths of its unit), in minor units: quantity × price less the
 * discount, rounded half-up once, as invoices of the trade are (四舍五入).
 */
export function lineAmount(thousandths: bigint, price: LinePrice): bigint {
  const kept = BigInt(10_000 - price.discountBps)
  const scale = 10n ** BigInt(exponentOf(price.currency))
  return divide(thousandths * price.unitPriceE4 * kept * scale, 10n ** 11n, 'half-up')
}

/**
 * The price under which a quantity of thousand thousandths is one minor unit: an order without
 * lines is one line of that many minor units.
 */
export function priceOfMinorUnit(currency: Currency): LinePrice {
  return { unitPriceE4: 10n ** BigInt(4 - exponentOf(currency)), discountBps: 0, currency }
}

/** A quantity for reading: 12500 thousandths are 12.5. */
export function quantityText(thousandths: bigint): string {
  return scaledToDecimal(thousandths, 3).replace(/\.?0+$/, '')
}
