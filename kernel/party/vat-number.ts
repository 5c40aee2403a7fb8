import {
  type CodeCheck,
  digits,
  invalidCode,
  letters,
  shapeFault,
  validCode,
} from '#kernel/party/code-check.ts'

// European Commission, VIES: how many characters follow the country, and whether letters may.
const formatsText =
  'AT:9a BE:10 BG:9,10 CY:9a CZ:8,9,10 DE:9 DK:8 EE:9 EL:9 ES:9a FI:8 FR:11a HR:11 HU:8 IE:8a,9a ' +
  'IT:11 LT:9,12 LU:8 LV:11 MT:8 NL:12a PL:10 PT:9 RO:2,3,4,5,6,7,8,9,10 SE:12 SI:8 SK:10 ' +
  'XI:5a,9,12 GB:5a,9,12 NO:9,12a CHE:9a,12a,13a'

type Format = { readonly lengths: readonly number[]; readonly alphabet: string }

const formats: ReadonlyMap<string, Format> = new Map(formatsText.split(' ').map(formatOf))

/**
 * Checks the form of a value added tax number with its country prefix (`DE123456789`) in upper case
 * without separators: the states of the European Union, Northern Ireland, Great Britain, Norway and
 * Switzerland. Its check digits differ by state and are left to the VIES service.
 */
export function checkVatNumber(value: string): CodeCheck {
  if (value === '') return invalidCode({ reason: 'empty' })
  const country = value.startsWith('CHE') ? 'CHE' : value.slice(0, 2)
  const format = formats.get(country)
  if (!format) return invalidCode({ reason: 'unknown-country', country })
  const allowed = format.lengths.map((length) => length + country.length)
  const fault = shapeFault(value, allowed, (position) =>
    position <= country.length ? letters : format.alphabet,
  )
  return fault ? invalidCode(fault) : validCode(value)
}

function formatOf(entry: string): [string, Format] {
  const [country = '', list = ''] = entry.split(':')
  const lengths = list.split(',').map((length) => Number.parseInt(length, 10))
  return [country, { lengths, alphabet: list.includes('a') ? digits + letters : digits }]
}
