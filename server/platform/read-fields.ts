import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Day, parseDay } from '#kernel/calendar/day.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'

/** Amounts in minor units are below this, so that sums of them stay a bigint of the database. */
export const largestMinor = 10n ** 17n

export function readDay(text: string, field: string): Day | Refusal {
  return parseDay(text) ?? refuse('invalid-input', `${field}: "${text}" is not a day.`, { field })
}

/** Days that may be left out, which are null then. */
export function readDays<Field extends string>(
  given: Readonly<Partial<Record<Field, string>>>,
  fields: readonly Field[],
): Readonly<Record<Field, Day | null>> | Refusal {
  const read: Partial<Record<Field, Day | null>> = {}
  for (const field of fields) {
    const text = given[field]
    const day = text === undefined ? null : readDay(text, field)
    if (isRefusal(day)) return day
    read[field] = day
  }
  return read as Record<Field, Day | null>
}

/** A day that has come: today unless told, and never a later one. */
export function readPastDay(today: Day, text: string | undefined, field: string): Day | Refusal {
  const on = text === undefined ? today : readDay(text, field)
  if (isRefusal(on) || on <= today) return on
  const detail = `${field}: ${on} has not come yet; today is ${today}.`
  return refuse('invalid-input', detail, { field, today })
}

export function readCurrency(code: string, field = 'currency'): Currency | Refusal {
  const detail = `${field}: ${code} is not an ISO 4217 code.`
  return parseCurrency(code) ?? refuse('invalid-input', detail, { field })
}

/** Reads an amount above zero with no more decimals than its currency has. */
export function readMoney(amount: string, code: string, field = 'amount'): Money | Refusal {
  const currency = readCurrency(code)
  if (isRefusal(currency)) return currency
  const decimals = exponentOf(currency)
  const reading = parseScaled(amount, decimals)
  if (reading.kind === 'too-precise') {
    const detail = `${field}: ${currency} has ${decimals} decimals, ${amount} has more.`
    return refuse('invalid-input', detail, { field, decimals })
  }
  if (reading.kind === 'not-a-decimal' || reading.value <= 0n || reading.value >= largestMinor) {
    const detail = `${field}: write an amount above zero such as 1234.50, not "${amount}".`
    return refuse('invalid-input', detail, { field })
  }
  return { minor: reading.value, currency }
}
