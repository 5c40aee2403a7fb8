import type { Party } from '#contract/party.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Day, parseDay } from '#kernel/calendar/day.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'

/** Reads an amount above zero with no more decimals than its currency has. */
export function readMoney(amount: string, code: string, field = 'amount'): Money | Refusal {
  const currency = parseCurrency(code)
  if (!currency) return refuse('invalid-input', `currency: ${code} is not an ISO 4217 code.`)
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

const largestMinor = 10n ** 17n

/** A day that has come: today unless told, and never a later one. */
export function readPastDay(
  context: Context,
  text: string | undefined,
  field: string,
): Day | Refusal {
  const on = text === undefined ? context.today : readDay(text, field)
  if (isRefusal(on) || on <= context.today) return on
  const detail = `${field}: ${on} has not come yet; today is ${context.today}.`
  return refuse('invalid-input', detail, { field, today: context.today })
}

export function readDay(text: string, field: string): Day | Refusal {
  return parseDay(text) ?? refuse('invalid-input', `${field}: "${text}" is not a day.`, { field })
}

/** The party that is written to: the very one that is named, be it a merged duplicate. */
export function readParty(db: Reader, key: string): Promise<Party | Refusal> {
  return findPartyByKey(db, key)
}
