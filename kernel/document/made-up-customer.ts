import type { Label } from '#kernel/document/label.ts'

/**
 * A customer made up to show what is wrong with a document: what would be known of it, as a person
 * writes it in the document (`25%`, `yes`), and what the document gives it. A problem that needs
 * two customers, such as a worse grade that gets more, brings both.
 */
export type MadeUpCustomer = {
  readonly knows: readonly MadeUpFact[]
  readonly gets: Label
}

export type MadeUpFact = {
  /** An indicator's id, `grade`, `score`, or the field of a document that is checked. */
  readonly id: string
  readonly label: Label
  readonly value: string
}

export function ofGrade(code: string): MadeUpFact {
  return { id: 'grade', label: { zh: '等级', en: 'Grade' }, value: code }
}

/** The same words in both languages: amounts, codes. */
export function gets(zh: string, en = zh): Label {
  return { zh, en }
}

/** `逾期天数 6 → 没有分值`, for places without a layout of their own. */
export function madeUpText({ knows, gets: given }: MadeUpCustomer): Label {
  const known = (language: 'zh' | 'en') =>
    knows.map(({ label, value }) => `${label[language]} ${value}`).join(', ')
  return { zh: `${known('zh')} → ${given.zh}`, en: `${known('en')} → ${given.en}` }
}
