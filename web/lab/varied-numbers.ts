/** A number of a policy that may be varied, and where it stands. */
export type VariedNumber = {
  readonly pointer: string
  /** `逾期超过30天 · overDays`: what it belongs to by name, then its own name. */
  readonly label: string
  readonly value: string
}

const number = /^\d+(\.\d+)?%?$/

/** The numbers of a document in their order; those of its lists stand under the names of their items. */
export function variedNumbers(document: unknown, language: 'zh' | 'en'): VariedNumber[] {
  return numbersIn(document, '', [], language)
}

function numbersIn(
  value: unknown,
  pointer: string,
  names: readonly string[],
  language: 'zh' | 'en',
): VariedNumber[] {
  if (typeof value === 'number' || (typeof value === 'string' && number.test(value))) {
    return [{ pointer, label: names.join(' · '), value: String(value) }]
  }
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, part]) => {
    // What a pointer cannot name without an escape is no number that one would vary.
    if (/[/~]/.test(key)) return []
    const name = Array.isArray(value) ? (nameOf(part, language) ?? `${Number(key) + 1}`) : key
    return numbersIn(part, `${pointer}/${key}`, [...names, name], language)
  })
}

function nameOf(item: unknown, language: 'zh' | 'en'): string | undefined {
  if (item === null || typeof item !== 'object') return undefined
  const { id, label } = item as { id?: unknown; label?: Partial<Record<'zh' | 'en', unknown>> }
  const told = label?.[language]
  if (typeof told === 'string' && told !== '') return told
  return typeof id === 'string' ? id : undefined
}

/** What somebody wrote as a list of values; null where one of them is no number. */
export function readValues(text: string): string[] | null {
  const values = text.split(/[\s,，、;；]+/).filter((each) => each !== '')
  return values.every((each) => number.test(each)) ? [...new Set(values)] : null
}
