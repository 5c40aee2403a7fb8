import type { ReactNode } from 'react'
import { termsText } from '#kernel/calendar/terms-text.ts'
import { useWords } from './use-words.ts'

/** Payment terms in words: net-30 is 开票后30天. */
export function TermsText({ terms }: { terms: string | null }): ReactNode {
  const { language } = useWords()
  if (terms === null) return <span className="quiet">-</span>
  const text = termsText(terms, language === 'en' ? 'en' : 'zh')
  return <span {...(text !== terms && { title: terms })}>{text}</span>
}
