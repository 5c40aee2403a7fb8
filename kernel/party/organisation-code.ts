import { invariant } from '#kernel/invariant.ts'
import {
  type CodeCheck,
  digits,
  invalidCode,
  letters,
  shapeFault,
  validCode,
} from '#kernel/party/code-check.ts'

const weights = [3, 7, 9, 10, 5, 8, 4, 2]

/**
 * Checks an organisation code (组织机构代码, GB 11714) in upper case without hyphen: eight digits
 * or letters and a check character.
 */
export function checkOrganisationCode(value: string): CodeCheck {
  const fault = shapeFault(value, [9], (position) =>
    position === 9 ? `${digits}X` : digits + letters,
  )
  if (fault) return invalidCode(fault)
  const expected = organisationCheckCharacter(value.slice(0, 8))
  const found = value.slice(8)
  if (expected === found) return validCode(value)
  return invalidCode({ reason: 'wrong-check-character', expected, found })
}

/** The 9th character that belongs to the first 8: 11 less the sum modulo 11; 10 is X, 11 is 0. */
function organisationCheckCharacter(first8: string): string {
  const values = [...first8].map((character) => (digits + letters).indexOf(character))
  invariant(values.length === 8 && !values.includes(-1), '8 digits or letters')
  const sum = values.reduce((total, value, index) => total + value * (weights[index] ?? 0), 0)
  return `${digits}X`.charAt((11 - (sum % 11)) % 11)
}
