import { formatTerms } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'

/** Payment terms in the words of a language; what is no terms stays as it was written. */
export function termsText(written: string, language: 'zh' | 'en'): string {
  const reading = parseTerms(written)
  return reading.kind === 'terms' ? formatTerms(reading.terms, language) : written
}
