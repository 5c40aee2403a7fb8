import { invariant } from '#kernel/invariant.ts'
import {
  type CodeCheck,
  digits,
  invalidCode,
  shapeFault,
  validCode,
} from '#kernel/party/code-check.ts'

// GB 32100-2015, table 2: no I, O, S, V, Z, so that nobody mistakes them for digits.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
// 3^(i-1) mod 31 for the places 1 to 17.
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * Checks a unified social credit code (统一社会信用代码, GB 32100-2015) in upper case without
 * spaces: 18 characters of its alphabet, digits only in the places 3 to 8 (the administrative
 * division), and the check character of place 18, which covers the organisation code as well.
 */
export function checkUnifiedSocialCreditCode(value: string): CodeCheck {
  const fault = shapeFault(value, [18], (position) =>
    position >= 3 && position <= 8 ? digits : alphabet,
  )
  if (fault) return invalidCode(fault)
  const expected = socialCreditCheckCharacter(value.slice(0, 17))
  const found = value.slice(17)
  if (expected === found) return validCode(value)
  return invalidCode({ reason: 'wrong-check-character', expected, found })
}

/** The 18th character that belongs to the first 17: 31 less the weighted sum modulo 31. */
export function socialCreditCheckCharacter(first17: string): string {
  const values = [...first17].map((character) => alphabet.indexOf(character))
  invariant(values.length === 17 && !values.includes(-1), '17 characters of the alphabet')
  const sum = values.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0)
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

/** The organisation code (GB 11714) inside a valid unified social credit code: places 9 to 17. */
export function organisationCodeWithin(socialCreditCode: string): string {
  return socialCreditCode.slice(8, 17)
}
