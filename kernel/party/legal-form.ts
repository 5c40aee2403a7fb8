/**
 * A legal form in one spelling: Chinese forms by their usual English names, foreign ones by their
 * own abbreviation.
 */
export type LegalForm =
  | 'limited-company'
  | 'joint-stock-company'
  | 'company'
  | 'group'
  | 'partnership'
  | 'sole-proprietor'
  | 'cooperative'
  | 'factory'
  | 'kabushiki-kaisha'
  | (typeof latinForms)[number]

const latinForms = [
  ...['ltd', 'llc', 'inc', 'corp', 'co', 'plc', 'llp', 'lp', 'gmbh', 'ag', 'kg', 'ohg', 'ug'],
  ...['sa', 'sas', 'sarl', 'srl', 'spa', 'sl', 'lda', 'ltda', 'bv', 'nv', 'ab', 'as', 'asa', 'aps'],
  ...[
    'oy',
    'oyj',
    'doo',
    'sro',
    'kft',
    'zrt',
    'jsc',
    'ooo',
    'kk',
    'pte',
    'pty',
    'bhd',
    'sdn',
    'cv',
  ],
] as const

const latinSpellings: ReadonlyMap<string, LegalForm> = new Map<string, LegalForm>([
  ...latinForms.map((form): [string, LegalForm] => [form, form]),
  ['limited', 'ltd'],
  ['incorporated', 'inc'],
  ['corporation', 'corp'],
  ['company', 'co'],
])

// Words that belong to the form they stand before: Private Limited, S.A. de C.V., GmbH & Co. KG.
const linkingWords: ReadonlySet<string> = new Set(['private', 'pvt', 'de', 'and'])

/** A name without its legal form; `form` is null where it has none that is known. */
export type FormSplit = { readonly form: LegalForm | null; readonly rest: string }

/** Takes the forms off the end of words in lower case; never takes the last word. */
export function splitLatinForm(words: readonly string[]): {
  readonly form: LegalForm | null
  readonly rest: readonly string[]
} {
  let end = words.length
  let form: LegalForm | null = null
  while (end > 1) {
    const word = words[end - 1] ?? ''
    const found = latinSpellings.get(word)
    if (!found && !(form && linkingWords.has(word))) break
    form ??= found ?? null
    end -= 1
  }
  return { form, rest: words.slice(0, end) }
}

/** Where the legal form ends in words in lower case, and a branch's name begins; -1 where none. */
export function latinFormEnd(words: readonly string[]): number {
  return words.findLastIndex((word, index) => index > 0 && latinSpellings.has(word)) + 1 || -1
}

type ChineseForm = { readonly suffix: string; readonly form: LegalForm; readonly kept: boolean }

// Longest first. What tells two firms of one name apart (集团, 厂, 合作社) is kept in the name.
const chineseForms: readonly ChineseForm[] = [
  { suffix: '股份有限公司', form: 'joint-stock-company', kept: false },
  { suffix: '有限责任公司', form: 'limited-company', kept: false },
  { suffix: '个人独资企业', form: 'sole-proprietor', kept: false },
  { suffix: '有限合伙企业', form: 'partnership', kept: false },
  { suffix: '普通合伙企业', form: 'partnership', kept: false },
  { suffix: '股份公司', form: 'joint-stock-company', kept: false },
  { suffix: '有限公司', form: 'limited-company', kept: false },
  { suffix: '株式会社', form: 'kabushiki-kaisha', kept: false },
  { suffix: '合伙企业', form: 'partnership', kept: false },
  { suffix: '总公司', form: 'company', kept: false },
  { suffix: '公司', form: 'company', kept: false },
  { suffix: '集团', form: 'group', kept: true },
  { suffix: '合作社', form: 'cooperative', kept: true },
  { suffix: '供销社', form: 'cooperative', kept: true },
  { suffix: '厂', form: 'factory', kept: true },
]

/** Takes the legal form off the end of a Chinese name in simplified characters. */
export function splitChineseForm(name: string): FormSplit {
  for (const { suffix, form, kept } of chineseForms) {
    if (!name.endsWith(suffix) || name === suffix) continue
    return { form, rest: kept ? name : name.slice(0, -suffix.length) }
  }
  const leading = '株式会社'
  if (name.startsWith(leading) && name.length > leading.length) {
    return { form: 'kabushiki-kaisha', rest: name.slice(leading.length) }
  }
  return { form: null, rest: name }
}

const notes = /\((?:(?:有限|普通|特殊普通)合伙|个体工商户|个人独资|自然人[^()]*|国有独资)\)$/

/** Takes a note of the legal form in brackets off the end: （有限合伙）, （个体工商户）. */
export function splitFormNote(name: string): FormSplit {
  const [note] = notes.exec(name) ?? []
  if (note === undefined || note.length === name.length) return { form: null, rest: name }
  const rest = name.slice(0, -note.length).trim()
  if (note.includes('合伙')) return { form: 'partnership', rest }
  if (note.includes('个')) return { form: 'sole-proprietor', rest }
  return { form: null, rest }
}
