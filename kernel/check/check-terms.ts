import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { termDaysOf } from '#kernel/calendar/terms.ts'

/** Whether the goods are paid before or when they are handed over, so that no credit is given. */
export function areCashTerms(terms: string | null): boolean {
  if (terms === null) return false
  const reading = parseTerms(terms)
  if (reading.kind !== 'terms') return false
  return reading.terms.kind === 'prepaid' || reading.terms.kind === 'cash-on-delivery'
}

/** Days of credit that terms stand for on average; null where the text says none clearly. */
function creditDaysOf(terms: string): number | null {
  const reading = parseTerms(terms)
  return reading.kind === 'terms' ? termDaysOf(reading.terms) : null
}

/** Longer than agreed. Terms that cannot be compared count as longer: nobody agreed to them. */
export function areLongerTerms(asked: string | null, agreed: string | null): boolean {
  if (asked === null || agreed === null || asked === agreed) return false
  const askedDays = creditDaysOf(asked)
  const agreedDays = creditDaysOf(agreed)
  if (askedDays === null) return true
  return agreedDays === null ? askedDays > 0 : askedDays > agreedDays
}
