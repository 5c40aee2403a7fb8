import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  checkIdentifier,
  type IdentifierScheme,
  identifierSchemes,
} from '#kernel/party/check-identifier.ts'
import { mod97CheckDigits } from '#kernel/party/mod-97.ts'
import { socialCreditCheckCharacter } from '#kernel/party/unified-social-credit-code.ts'

/** The normalised value, or what is wrong in a few words. */
function verdict(scheme: IdentifierScheme, value: string): string {
  const check = checkIdentifier(scheme, value)
  if (check.kind === 'valid') return check.value
  switch (check.reason) {
    case 'empty':
      return 'empty'
    case 'unknown-country':
      return `unknown country ${check.country}`
    case 'wrong-length':
      return `length ${check.found}, not ${check.allowed.join(' or ')}`
    case 'wrong-character':
      return `${check.character} at ${check.position}`
    case 'wrong-check-character':
      return `expected ${check.expected}, found ${check.found}`
  }
}

const table: readonly (readonly [scheme: IdentifierScheme, value: string, verdict: string])[] = [
  // GB 32100-2015; the first is the example of the standard.
  ['uscc', '91350100M000100Y43', '91350100M000100Y43'],
  ['uscc', '91330100799655058B', '91330100799655058B'],
  ['uscc', '9144030071526726XG', '9144030071526726XG'],
  ['uscc', '914403001922038216', '914403001922038216'],
  ['uscc', ' ９１３５０１００m000100y43 ', '91350100M000100Y43'],
  ['uscc', '91350100 M000100Y 43', '91350100M000100Y43'],
  ['uscc', '', 'empty'],
  ['uscc', '91350100M000100Y4', 'length 17, not 18'],
  ['uscc', '320404000009558', 'length 15, not 18'],
  ['uscc', '91350100M000100Y4Z', 'Z at 18'],
  ['uscc', '91350100I000100Y43', 'I at 9'],
  ['uscc', '9135A100M000100Y43', 'A at 5'],
  ['uscc', '91350100M000100Y44', 'expected 3, found 4'],
  ['uscc', '91350100M000010Y43', 'expected J, found 3'],
  // GB 11714.
  ['organisation-code', 'M000100Y-4', 'M000100Y4'],
  ['organisation-code', '71526726-x', '71526726X'],
  ['organisation-code', '71526704-0', '715267040'],
  ['organisation-code', '79965505-9', 'expected 8, found 9'],
  ['organisation-code', '7996550', 'length 7, not 9'],
  ['organisation-code', '79965505A', 'A at 9'],
  // ISO 17442.
  ['lei', '5493001KJTIIGC8Y1R12', '5493001KJTIIGC8Y1R12'],
  ['lei', '213800WSGIIZCXF1P572', '213800WSGIIZCXF1P572'],
  ['lei', '529900t8bm49aursdo55', '529900T8BM49AURSDO55'],
  ['lei', '5493001KJTIIGC8Y1R13', 'expected 12, found 13'],
  ['lei', '5493001KJTIIGC8Y1RAA', 'A at 19'],
  ['lei', '5493001KJTIIGC8Y1R1', 'length 19, not 20'],
  // ISO 13616, examples of the registry.
  ['iban', 'GB29 NWBK 6016 1331 9268 19', 'GB29NWBK60161331926819'],
  ['iban', 'IBAN DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
  ['iban', 'FR1420041010050500013M02606', 'FR1420041010050500013M02606'],
  ['iban', 'DE88370400440532013000', 'expected 89, found 88'],
  ['iban', 'DE8937040044053201300', 'length 21, not 22'],
  ['iban', 'CN89370400440532013000', 'unknown country CN'],
  ['iban', 'DE8937040044053201300中', '中 at 22'],
  ['iban', '', 'empty'],
  ['duns', '15-048-3782', '150483782'],
  ['duns', '15048378A', 'A at 9'],
  ['duns', '15048378', 'length 8, not 9'],
  // A company's credit code, a resident's number (GB 11643), a number from before 2015.
  ['tax-number', '91350100M000100Y43', '91350100M000100Y43'],
  ['tax-number', '11010519491231002X', '11010519491231002X'],
  ['tax-number', '91350100M000100Y44', 'expected 3, found 4'],
  ['tax-number', '110105194912310021', 'expected B, found 1'],
  ['tax-number', '350100M000100Y4', '350100M000100Y4'],
  ['tax-number', '1234', 'length 4, not 15 or 17 or 18 or 20'],
  ['vat', 'de 123456789', 'DE123456789'],
  ['vat', 'ATU12345678', 'ATU12345678'],
  ['vat', 'NL123456789B01', 'NL123456789B01'],
  ['vat', 'CHE-123.456.789 MWST', 'CHE123456789MWST'],
  ['vat', 'DE12345678', 'length 10, not 11'],
  ['vat', 'DE12345678X', 'X at 11'],
  ['vat', 'US123456789', 'unknown country US'],
  ['customer-code', ' c-001　a ', 'c-001 a'],
  ['customer-code', ' ', 'empty'],
  ['other', 'x'.repeat(65), 'length 65, not 64'],
]

for (const [scheme, value, expected] of table) {
  test(`${scheme} ${JSON.stringify(value.slice(0, 40))}: ${expected.slice(0, 60)}`, () => {
    assert.equal(verdict(scheme, value), expected)
  })
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditBody = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...creditAlphabet), minLength: 2, maxLength: 2 }),
    fc.stringMatching(/^\d{6}$/),
    fc.string({ unit: fc.constantFrom(...creditAlphabet), minLength: 9, maxLength: 9 }),
  )
  .map((parts) => parts.join(''))

test('a credit code built with its check character is valid, and no single slip of it is', () => {
  const slip = fc.tuple(fc.integer({ min: 0, max: 17 }), fc.constantFrom(...creditAlphabet))
  fc.assert(
    fc.property(creditBody, slip, (body, [at, character]) => {
      const code = body + socialCreditCheckCharacter(body)
      assert.equal(verdict('uscc', code), code)
      const slipped = code.slice(0, at) + character + code.slice(at + 1)
      assert.equal(checkIdentifier('uscc', slipped).kind, slipped === code ? 'valid' : 'invalid')
    }),
    { numRuns: 500 },
  )
})

test('an LEI built with its check digits is valid, and no single slip of a digit is', () => {
  const body = fc.stringMatching(/^[0-9A-Z]{18}$/)
  fc.assert(
    fc.property(body, fc.integer({ min: 0, max: 17 }), fc.nat(9), (text, at, digit) => {
      const lei = text + mod97CheckDigits(text)
      assert.equal(verdict('lei', lei), lei)
      const slipped = lei.slice(0, at) + String(digit) + lei.slice(at + 1)
      if (!/\d/.test(lei[at] ?? '') || slipped === lei) return
      assert.equal(checkIdentifier('lei', slipped).kind, 'invalid')
    }),
  )
})

test('no text whatever throws, and a valid value normalises to itself', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), creditBody)
  fc.assert(
    fc.property(fc.constantFrom(...identifierSchemes), text, (scheme, value) => {
      const check = checkIdentifier(scheme, value)
      if (check.kind === 'valid') assert.equal(verdict(scheme, check.value), check.value)
    }),
    { numRuns: 2000 },
  )
})
