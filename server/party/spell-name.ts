import { pinyin } from 'pinyin-pro'
import { parseCompanyName } from '#kernel/party/company-name.ts'
import { foldName } from '#server/party/name-keys.ts'

export type SearchKey = { readonly kind: 'name' | 'initials' | 'pinyin'; readonly key: string }

const longestKey = 60

/**
 * What people may begin to type for a company: its name, its pinyin (huadongjixie) and its initials
 * (hdjx), each with the region in front and without. A first character that is a surname is spelled
 * both ways: 单 is shan in a name and dan elsewhere.
 */
export function searchKeysOf(names: readonly string[]): SearchKey[] {
  const texts = new Set(names.flatMap((name) => [foldName(name), parseCompanyName(name).core]))
  const keys = new Map<string, SearchKey>()
  const add = (kind: SearchKey['kind'], text: string) => {
    const key = text.slice(0, longestKey)
    if (key !== '') keys.set(`${kind} ${key}`, { kind, key })
  }
  for (const text of texts) {
    add('name', text)
    if (!hasChinese.test(text)) continue
    for (const surname of ['off', 'head'] as const) {
      add('pinyin', syllablesOf(text, surname).join(''))
      add('initials', initialsOf(text, surname))
    }
  }
  return [...keys.values()]
}

/** A name as it stands in a list: by pinyin, as Chinese people look it up. */
export function sortNameOf(name: string): string {
  const folded = foldName(name)
  return (hasChinese.test(folded) ? syllablesOf(folded, 'head').join(' ') : folded).slice(0, 200)
}

const hasChinese = /\p{Script=Han}/u

function syllablesOf(text: string, surname: 'off' | 'head'): string[] {
  const options = { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true } as const
  return pinyin(text, { ...options, surname }).map((syllable) => syllable.toLowerCase())
}

/** Of a Chinese character its first letter; a piece in letters and digits stands whole. */
function initialsOf(text: string, surname: 'off' | 'head'): string {
  const pieces = text.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? []
  const syllables = syllablesOf(text, surname)
  if (syllables.length !== pieces.length) return syllables.map((each) => each[0]).join('')
  return pieces.map((piece, at) => (hasChinese.test(piece) ? syllables[at]?.[0] : piece)).join('')
}
