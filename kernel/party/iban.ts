import {
  type CodeCheck,
  digits,
  invalidCode,
  letters,
  shapeFault,
  validCode,
} from '#kernel/party/code-check.ts'
import { mod97, mod97CheckDigits } from '#kernel/party/mod-97.ts'

// SWIFT IBAN Registry: the length of every country that has one.
const lengthsText =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 ' +
  'DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 ' +
  'IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 ' +
  'MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 ' +
  'SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
const lengths: ReadonlyMap<string, number> = new Map(
  lengthsText.split(' ').map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

/**
 * Checks an international bank account number (ISO 13616) in upper case without spaces: a country
 * of the registry, its length, and the two check digits by ISO 7064 MOD 97-10.
 */
export function checkIban(value: string): CodeCheck {
  if (value === '') return invalidCode({ reason: 'empty' })
  const country = value.slice(0, 2)
  const length = lengths.get(country)
  if (length === undefined) return invalidCode({ reason: 'unknown-country', country })
  const fault = shapeFault(value, [length], (position) => {
    if (position <= 2) return letters
    return position <= 4 ? digits : digits + letters
  })
  if (fault) return invalidCode(fault)
  const account = value.slice(4) + country
  if (mod97(account + value.slice(2, 4)) === 1) return validCode(value)
  const expected = mod97CheckDigits(account)
  return invalidCode({ reason: 'wrong-check-character', expected, found: value.slice(2, 4) })
}
