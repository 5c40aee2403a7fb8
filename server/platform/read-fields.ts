import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { type Day, parseDay } from '#kernel/calendar/day.ts'
import { formatTerms, termsCode } from '#kernel/calendar/format-terms.ts'
import type { TermsReading } from '#kernel/calendar/parse-terms.ts'
import { parseScaled } from '#kernel/document/decimal.ts'
import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import type { Money } from '#kernel/money/money.ts'
import { fieldLabel } from '#server/platform/field-label.ts'

/** Amounts in minor units are below this, so that sums of them stay a bigint of the database. */
export const largestMinor = 10n ** 17n

export function readDay(text: string, field: string): Day | Refusal {
  const day = parseDay(text)
  if (day) return day
  const zh = `${fieldLabel(field)}：“${text}”不是有效的日期。`
  return refuse('invalid-input', `${field}: "${text}" is not a day.`, { field, zh })
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
  const zh = `${fieldLabel(field)}：${on} 还没有到，今天是 ${today}。`
  return refuse('invalid-input', detail, { field, today, zh })
}

export function readCurrency(code: string, field = 'currency'): Currency | Refusal {
  const currency = parseCurrency(code)
  if (currency) return currency
  const zh = `${fieldLabel(field)}：${code} 不是 ISO 4217 币种代码。`
  return refuse('invalid-input', `${field}: ${code} is not an ISO 4217 code.`, { field, zh })
}

/** Reads an amount above zero with no more decimals than its currency has. */
export function readMoney(amount: string, code: string, field = 'amount'): Money | Refusal {
  const currency = readCurrency(code)
  if (isRefusal(currency)) return currency
  const decimals = exponentOf(currency)
  const reading = parseScaled(amount, decimals)
  if (reading.kind === 'too-precise') {
    const detail = `${field}: ${currency} has ${decimals} decimals, ${amount} has more.`
    const zh = `${fieldLabel(field)}：${currency} 最多 ${decimals} 位小数，${amount} 的小数位太多。`
    return refuse('invalid-input', detail, { field, decimals, zh })
  }
  if (reading.kind === 'not-a-decimal' || reading.value <= 0n || reading.value >= largestMinor) {
    const detail = `${field}: write an amount above zero such as 1234.50, not "${amount}".`
    const zh = `${fieldLabel(field)}：应为大于零的金额，例如 1234.50，而不是“${amount}”。`
    return refuse('invalid-input', detail, { field, zh })
  }
  return { minor: reading.value, currency }
}

/** What is said in Chinese of terms that are not understood or may mean two things. */
export function unclearTermsZh(
  text: string,
  reading: Exclude<TermsReading, { kind: 'terms' }>,
): string {
  if (reading.kind === 'not-terms') {
    return `账期：读不懂“${text}”，可写成 net-30、月结30天或 eom-30。`
  }
  const meant = reading.candidates.map(
    (terms) => `${formatTerms(terms, 'zh')}（${termsCode(terms)}）`,
  )
  return `账期：“${text}”的意思不止一种，应写明是${meant.join('还是')}。`
}
