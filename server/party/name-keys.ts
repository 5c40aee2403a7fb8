import { parseCompanyName } from '#kernel/party/company-name.ts'
import { toSimplified } from '#kernel/party/simplified-chinese.ts'
import { blockingKeys } from '#kernel/party/suggest-duplicates.ts'

export type NameKeys = { readonly grams: number[]; readonly blocks: number[] }

/** What a party is filed under by its names; a short name is for finding only. */
export function nameKeysOf(names: readonly string[], shortName: string | null): NameKeys {
  const searched = shortName === null ? names : [...names, shortName]
  const blocks = names.flatMap((name) => blockingKeys(parseCompanyName(name)))
  return { grams: hashes(searched.flatMap(gramsOf)), blocks: hashes(blocks) }
}

/** Hashes that every name has which contains this text; none where the text is too short. */
export function searchGrams(text: string): number[] {
  return hashes(gramsOf(text).filter((gram) => gram.length > 1))
}

/**
 * A name without differences of spelling: width, case, brackets and punctuation, traditional
 * characters, white space. Unlike the kernel's key it keeps the legal form.
 */
export function foldName(name: string): string {
  return toSimplified(name.normalize('NFKC').toLowerCase()).replace(/[^\p{L}\p{N}]/gu, '')
}

/** Text of one line from a person or a file, without control characters and double spaces. */
export function tidyText(text: string): string {
  return text.replace(/[\p{Cc}\s]+/gu, ' ').trim()
}

/** Pairs of Chinese characters, triples of others; a shorter piece stands for itself. */
function gramsOf(text: string): string[] {
  const folded = toSimplified(text.normalize('NFKC').toLowerCase())
  const plain = folded.normalize('NFKD').replace(/\p{M}/gu, '')
  const pieces = plain.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? []
  return pieces.flatMap((piece) => {
    const length = /\p{Script=Han}/u.test(piece) ? 2 : 3
    const characters = [...piece]
    if (characters.length <= length) return [piece]
    return characters.slice(length - 1).map((_, at) => characters.slice(at, at + length).join(''))
  })
}

function hashes(keys: readonly string[]): number[] {
  return [...new Set(keys.map(hash))]
}

/** FNV-1a over UTF-16 code units, as PostgreSQL's signed integer. */
function hash(key: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < key.length; at++) {
    value = Math.imul(value ^ key.charCodeAt(at), 0x01000193)
  }
  return value | 0
}
