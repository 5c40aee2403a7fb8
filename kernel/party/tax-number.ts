import {
  type CodeCheck,
  digits,
  invalidCode,
  letters,
  shapeFault,
  validCode,
} from '#kernel/party/code-check.ts'
import { checkUnifiedSocialCreditCode } from '#kernel/party/unified-social-credit-code.ts'

/**
 * Checks a taxpayer number of mainland China (纳税人识别号) in upper case: 18 characters are a unified
 * social credit code or, for a person in business, a resident identity number (GB 11643); numbers
 * of 15, 17 and 20 characters from before 2015 have no check character.
 */
export function checkTaxNumber(value: string): CodeCheck {
  const fault = shapeFault(value, [15, 17, 18, 20], () => digits + letters)
  if (fault) return invalidCode(fault)
  if (value.length !== 18 || isResidentNumber(value)) return validCode(value)
  return checkUnifiedSocialCreditCode(value)
}

// GB 11643-1999: weights 2^(18-i) mod 11, the check character after ISO 7064 MOD 11-2.
const residentWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

function isResidentNumber(value: string): boolean {
  if (!/^\d{6}(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3}[\dX]$/.test(value)) return false
  const sum = residentWeights.reduce((total, weight, i) => total + weight * Number(value[i]), 0)
  return '10X98765432'.charAt(sum % 11) === value.slice(17)
}
