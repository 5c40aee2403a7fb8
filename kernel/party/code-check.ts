/**
 * Whether a code of some standard is well formed. `value` is the normalised spelling; positions
 * count from 1. A valid code need not have been issued: only a register tells that.
 */
export type CodeCheck =
  | { readonly kind: 'valid'; readonly value: string }
  | ({ readonly kind: 'invalid' } & CodeFault)

/** What is wrong with a code, the first that applies in this order. */
export type CodeFault =
  | { readonly reason: 'empty' }
  | { readonly reason: 'unknown-country'; readonly country: string }
  | { readonly reason: 'wrong-length'; readonly allowed: readonly number[]; readonly found: number }
  | { readonly reason: 'wrong-character'; readonly position: number; readonly character: string }
  | { readonly reason: 'wrong-check-character'; readonly expected: string; readonly found: string }

export function validCode(value: string): CodeCheck {
  return { kind: 'valid', value }
}

export function invalidCode(fault: CodeFault): CodeCheck {
  return { kind: 'invalid', ...fault }
}

/**
 * The first fault of length or alphabet, or null. `alphabetAt` gives the characters that may stand
 * at a position, counted from 1.
 */
export function shapeFault(
  value: string,
  allowed: readonly number[],
  alphabetAt: (position: number) => string,
): CodeFault | null {
  const characters = [...value]
  if (characters.length === 0) return { reason: 'empty' }
  if (!allowed.includes(characters.length)) {
    return { reason: 'wrong-length', allowed, found: characters.length }
  }
  const index = characters.findIndex((character, at) => !alphabetAt(at + 1).includes(character))
  if (index < 0) return null
  return { reason: 'wrong-character', position: index + 1, character: characters[index] ?? '' }
}

export const digits = '0123456789'
export const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
