import { parseScaled } from '#kernel/document/decimal.ts'
import { parseCurrency } from '#kernel/money/currency.ts'
import { scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { lineAmount } from '#kernel/order/line-amount.ts'

/** A line while it is typed; lines that an order has keep their number and what is not shown. */
export type TypedLine = {
  readonly line?: number
  readonly item?: string
  readonly description?: string
  readonly quantity?: string
  readonly unit?: string
  readonly unitPrice?: string
  readonly requestedOn?: string
}

/** A decimal as it is typed, in full-width digits or with commas; undefined where it is none. */
export function readDecimal(typed: string | undefined, decimals: number): string | undefined {
  const text = (typed ?? '').normalize('NFKC').replace(/[\s,]/g, '')
  const reading = parseScaled(text, decimals)
  return reading.kind === 'scaled' && reading.value >= 0n ? text : undefined
}

/** What the order will say that a line amounts to; undefined until it is whole. */
export function amountOfLine(line: TypedLine | undefined, currency: string): string | undefined {
  const minor = minorOfLine(line, currency)
  return minor === undefined ? undefined : decimal(minor, currency)
}

export function amountOfLines(
  lines: readonly (TypedLine | undefined)[],
  currency: string,
): string | undefined {
  const minors = lines.map((line) => minorOfLine(line, currency))
  const known = minors.flatMap((minor) => minor ?? [])
  if (known.length < minors.length || known.length === 0) return undefined
  return decimal(
    known.reduce((sum, minor) => sum + minor, 0n),
    currency,
  )
}

/** How much more one amount is than another; zero where it is not. */
export function increaseOf(amount: string, before: string): string {
  const [is, was] = [parseScaled(amount, 4), parseScaled(before, 4)]
  if (is.kind !== 'scaled' || was.kind !== 'scaled' || is.value <= was.value) return '0'
  return scaledToDecimal(is.value - was.value, 4).replace(/\.?0+$/, '')
}

function minorOfLine(line: TypedLine | undefined, code: string): bigint | undefined {
  const currency = parseCurrency(code)
  const quantity = parseScaled(readDecimal(line?.quantity, 3) ?? '', 3)
  const price = parseScaled(readDecimal(line?.unitPrice, 4) ?? '', 4)
  if (!currency || quantity.kind !== 'scaled' || price.kind !== 'scaled') return undefined
  return lineAmount(quantity.value, { unitPriceE4: price.value, discountBps: 0, currency })
}

function decimal(minor: bigint, code: string): string {
  const currency = parseCurrency(code)
  return currency ? toDecimal({ minor, currency }) : ''
}
