import { invariant } from '#kernel/invariant.ts'

/**
 * The remainder of 97 of a text of digits and letters (A = 10 … Z = 35), the arithmetic of ISO 7064
 * MOD 97-10 under LEI and IBAN: a text with its check digits leaves 1.
 */
export function mod97(text: string): number {
  let rest = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    invariant(!Number.isNaN(value), 'digits and letters only')
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

/** The two check digits that belong to a text: 98 less the remainder of the text followed by 00. */
export function mod97CheckDigits(text: string): string {
  return String(98 - mod97(`${text}00`)).padStart(2, '0')
}
