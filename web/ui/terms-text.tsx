import type { ReactNode } from 'react'
import { formatTerms } from '#kernel/calendar/format-terms.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { useWords } from './use-words.ts'

/** Payment terms in words: net-30 is 开票后30天. */
export function TermsText({ terms }: { terms: string | null }): ReactNode {
  const { language } = useWords()
  if (terms === null) return <span className="quiet">-</span>
  const reading = parseTerms(terms)
  if (reading.kind !== 'terms') return <span>{terms}</span>
  return <span title={terms}>{formatTerms(reading.terms, language === 'en' ? 'en' : 'zh')}</span>
}
