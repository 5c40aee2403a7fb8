import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { termsCode } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { parseScaled, parseShare } from '#kernel/document/decimal.ts'
import { type Currency, exponentOf } from '#kernel/money/currency.ts'
import { fieldLabel } from '#server/platform/field-label.ts'
import { largestMinor, readDay, unclearTermsZh } from '#server/platform/read-fields.ts'

/** As `readDay`, where a day may be left out or taken back. */
export function readDayOrNull(
  text: string | null | undefined,
  field: string,
): Day | null | Refusal {
  return text === undefined || text === null ? null : readDay(text, field)
}

/** An amount above zero with no more decimals than its currency has, in minor units. */
export function readMinor(text: string, currency: Currency, field: string): bigint | Refusal {
  const decimals = exponentOf(currency)
  const value = readScaled(text, decimals, field)
  if (isRefusal(value) || value < largestMinor) return value
  const zh = `${fieldLabel(field)}：${text} 太大。`
  return refuse('invalid-input', `${field}: ${text} is larger than any order.`, { field, zh })
}

/** A quantity above zero, in thousandths. */
export function readQuantity(text: string, field: string, label?: string): bigint | Refusal {
  return readScaled(text, 3, field, label)
}

function readScaled(
  text: string,
  decimals: number,
  field: string,
  label = fieldLabel(field),
): bigint | Refusal {
  const reading = parseScaled(text, decimals)
  if (reading.kind === 'scaled' && reading.value > 0n) return reading.value
  const detail =
    reading.kind === 'too-precise'
      ? `${field}: ${text} has more than ${decimals} decimals.`
      : `${field}: write a number above zero such as 12.5, not "${text}".`
  const zh =
    reading.kind === 'too-precise'
      ? `${label}：最多 ${decimals} 位小数，${text} 的小数位太多。`
      : `${label}：应为大于零的数，例如 12.5，而不是“${text}”。`
  return refuse('invalid-input', detail, { field, zh })
}

/** A share in basis points, at most so many; nothing told is none. */
export function readShare(
  text: string | null | undefined,
  mostBps: number,
  field: string,
): number | Refusal {
  if (text === undefined || text === null) return 0
  const reading = parseShare(text)
  if (reading.kind === 'scaled' && reading.value >= 0n && reading.value <= BigInt(mostBps)) {
    return Number(reading.value)
  }
  const most = mostBps / 100
  return refuse('invalid-input', `${field}: write a share up to ${most}%, not "${text}".`, {
    field,
    zh: `${fieldLabel(field)}：应为不超过 ${most}% 的百分数，而不是“${text}”。`,
  })
}

/** Terms as their code; null for those that are agreed with the party. */
export function readTerms(text: string | null | undefined): string | null | Refusal {
  if (text === undefined || text === null) return null
  const reading = parseTerms(text)
  if (reading.kind === 'terms') return termsCode(reading.terms)
  const meant = reading.kind === 'ambiguous' ? reading.candidates.map(termsCode).join(' or ') : ''
  const remedy = meant === '' ? 'write net-30, 月结30天 or eom-30' : `write ${meant}`
  return refuse('invalid-input', `terms: "${text}" is not clear: ${remedy}.`, {
    field: 'terms',
    zh: unclearTermsZh(text, reading),
  })
}
