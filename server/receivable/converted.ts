import { type RawBuilder, sql } from 'kysely'
import type { ExchangeRate } from '#kernel/money/convert.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { list } from '#server/platform/database.ts'

/** What minor units of one currency are multiplied by to be minor units of another. */
export type Factor = {
  readonly source: Currency
  readonly target: Currency
  readonly numerator: bigint
  readonly denominator: bigint
}

export function factorOf({ denominator, from, numerator, to }: ExchangeRate): Factor {
  const shift = exponentOf(to) - exponentOf(from)
  return {
    source: from,
    target: to,
    numerator: numerator * (shift > 0 ? 10n ** BigInt(shift) : 1n),
    denominator: denominator * (shift < 0 ? 10n ** BigInt(-shift) : 1n),
  }
}

/** The factors as a table `f`. */
export function factorTable(factors: readonly Factor[]): RawBuilder<unknown> {
  const column = (of: (factor: Factor) => string) => list(factors.map(of))
  return sql`unnest(${column((f) => f.source)}::text[], ${column((f) => f.target)}::text[],
    ${column((f) => String(f.numerator))}::numeric[],
    ${column((f) => String(f.denominator))}::numeric[]) as f (source, target, numerator, denominator)`
}

/** An amount in minor units times the factor of its row, halves away from zero; else as it is. */
export function converted(minor: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when f.source is null then ${minor} else sign(${minor}) *
    div(2 * abs(${minor}) * f.numerator + f.denominator, 2 * f.denominator) end`
}
