import {
  type CodeCheck,
  digits,
  invalidCode,
  shapeFault,
  validCode,
} from '#kernel/party/code-check.ts'
import { checkIban } from '#kernel/party/iban.ts'
import { checkLei } from '#kernel/party/lei.ts'
import { checkOrganisationCode } from '#kernel/party/organisation-code.ts'
import { checkTaxNumber } from '#kernel/party/tax-number.ts'
import { checkUnifiedSocialCreditCode } from '#kernel/party/unified-social-credit-code.ts'
import { checkVatNumber } from '#kernel/party/vat-number.ts'

/** Every scheme a party's identifiers may belong to; `customer-code` is free and ours. */
export const identifierSchemes = [
  'uscc',
  'organisation-code',
  'lei',
  'iban',
  'duns',
  'tax-number',
  'vat',
  'customer-code',
  'other',
] as const

export type IdentifierScheme = (typeof identifierSchemes)[number]

/**
 * Normalises an identifier (full-width characters, case, spaces and hyphens) and checks it by the
 * rules of its scheme. Codes of our own and others keep their case and hyphens; they are valid
 * from 1 to 64 characters.
 */
export function checkIdentifier(scheme: IdentifierScheme, value: string): CodeCheck {
  switch (scheme) {
    case 'uscc':
      return checkUnifiedSocialCreditCode(compact(value))
    case 'organisation-code':
      return checkOrganisationCode(compact(value))
    case 'lei':
      return checkLei(compact(value))
    case 'iban':
      return checkIban(compact(value).replace(/^IBAN/, ''))
    case 'duns':
      return checkDuns(compact(value))
    case 'tax-number':
      return checkTaxNumber(compact(value))
    case 'vat':
      return checkVatNumber(compact(value))
    case 'customer-code':
    case 'other':
      return checkFreeCode(tidy(value))
  }
}

function tidy(value: string): string {
  return value
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function compact(value: string): string {
  return tidy(value)
    .replace(/[\s.\p{Pd}]/gu, '')
    .toUpperCase()
}

// A D-U-N-S number has had no public check digit since 2006.
function checkDuns(value: string): CodeCheck {
  const fault = shapeFault(value, [9], () => digits)
  return fault ? invalidCode(fault) : validCode(value)
}

const longestFreeCode = 64

function checkFreeCode(value: string): CodeCheck {
  if (value === '') return invalidCode({ reason: 'empty' })
  const found = [...value].length
  if (found <= longestFreeCode) return validCode(value)
  return invalidCode({ reason: 'wrong-length', allowed: [longestFreeCode], found })
}
