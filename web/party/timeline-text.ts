import { documentCategories } from '#contract/document.ts'
import type { TimelineEvent } from '#contract/timeline.ts'
import { termsText } from '#kernel/calendar/terms-text.ts'
import { amountText } from '../ui/amount-text.ts'
import type { useWords } from '../ui/use-words.ts'

type Words = ReturnType<typeof useWords>

const bad = /void|returned|reject|cancel|written-off|dispute\.opened|hold\.opened|end-temporary/
const good = /received|released|collect$|dispute\.close|rating\.first|confirm$/

/** Of what colour an event is. */
export function toneOf({ facts, kind }: TimelineEvent): 'good' | 'bad' | 'plain' {
  if (kind === 'credit-account.set-status') return facts.status === 'open' ? 'good' : 'bad'
  if (bad.test(kind)) return 'bad'
  return good.test(kind) ? 'good' : 'plain'
}

/** Where the document of an event stands, if it has a page. */
export function pathOf({ facts, ref }: TimelineEvent): string | null {
  if (ref === null) return null
  const { id, kind, partyId } = ref
  if (kind === 'order') return `/orders/${id}`
  if (kind === 'delivery') return `/orders/${facts.orderId}`
  if (kind === 'invoice') return `/invoices/${partyId}/${id}`
  if (kind === 'dispute' && typeof facts.invoiceId === 'string')
    return `/invoices/${partyId}/${facts.invoiceId}`
  if (kind === 'credit') return `/receipts/${partyId}/${id}`
  if (kind === 'hold') return `/holds/${partyId}/${id}`
  if (kind === 'release' && typeof facts.holdId === 'string')
    return `/holds/${partyId}/${facts.holdId}`
  return null
}

/** The facts of an event as people read them, one after another. */
export function factsOf(event: TimelineEvent, words: Words): string[] {
  return [changeOf(event, words), ...plainFacts(event, words)].filter((text) => text !== '')
}

/** From what to what, where an event changes something. */
function changeOf({ amount, currency, facts, kind }: TimelineEvent, words: Words): string {
  switch (kind) {
    case 'rating.changed':
    case 'rating.first':
      return facts.from ? `${facts.from} → ${facts.to}` : String(facts.to)
    case 'limit.changed': {
      const from = typeof facts.from === 'string' ? amountText(facts.from) : '-'
      const limits = `${from} → ${amountText(amount ?? '0')} ${currency}`
      const terms = wordsOfTerms(facts.terms, words)
      const before = wordsOfTerms(facts.termsBefore, words)
      return before !== '' && before !== terms ? `${limits}; ${before} → ${terms}` : limits
    }
    case 'limit.first':
      return wordsOfTerms(facts.terms, words)
    case 'credit-account.set-status':
      return words.known(`hold.status.${facts.status}`) ?? ''
    case 'security.register':
      return words.known(`event.security.${facts.kind}`) ?? ''
    default:
      return ''
  }
}

function plainFacts({ facts, kind, number }: TimelineEvent, { known, pick, say }: Words): string[] {
  return Object.entries(facts).flatMap(([name, value]) => {
    if (name === 'fields' && Array.isArray(value)) {
      const fields = value.map((field) => known(`file.${field}`) ?? String(field))
      return fields.length > 0 ? [say('event.fact.fields', { value: fields.join('、') })] : []
    }
    if (name === 'category' && typeof value === 'string' && value in documentCategories) {
      return [pick(documentCategories[value as keyof typeof documentCategories])]
    }
    if (name === 'authority') return [known(`user.role.${value}`) ?? ''].filter(Boolean)
    if (name === 'orderNumber' && value === number) return []
    if (name === 'grade' && kind !== 'rating.override') return []
    if (name === 'reason' && kind === 'credit-note.issued') return []
    if (value === null || value === '') return []
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return [known(`event.fact.${name}`, { value }) ?? ''].filter(Boolean)
  })
}

function wordsOfTerms(terms: unknown, { language }: Words): string {
  return typeof terms === 'string' ? termsText(terms, language === 'en' ? 'en' : 'zh') : ''
}
