import {
  type CodeCheck,
  digits,
  invalidCode,
  letters,
  shapeFault,
  validCode,
} from '#kernel/party/code-check.ts'
import { mod97, mod97CheckDigits } from '#kernel/party/mod-97.ts'

/**
 * Checks a legal entity identifier (ISO 17442) in upper case: 18 digits or letters and two check
 * digits by ISO 7064 MOD 97-10.
 */
export function checkLei(value: string): CodeCheck {
  const fault = shapeFault(value, [20], (position) => (position > 18 ? digits : digits + letters))
  if (fault) return invalidCode(fault)
  if (mod97(value) === 1) return validCode(value)
  const expected = mod97CheckDigits(value.slice(0, 18))
  return invalidCode({ reason: 'wrong-check-character', expected, found: value.slice(18) })
}
