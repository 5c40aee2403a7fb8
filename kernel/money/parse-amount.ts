import { type Currency, exponentOf, parseCurrency } from '#kernel/money/currency.ts'
import { divide, type Money } from '#kernel/money/money.ts'

/** The unit a column of figures is kept in: 元, 万元 or 亿元. */
export type AmountUnit = 'one' | 'ten-thousand' | 'hundred-million'

/**
 * What a cell of an imported file says. `rounded` tells that the text had more decimals than the
 * currency and was settled half-even to the minor unit.
 */
export type AmountReading =
  | { readonly kind: 'amount'; readonly money: Money; readonly rounded: boolean }
  | { readonly kind: 'not-an-amount'; readonly why: 'empty' | 'not-a-number' | 'too-large' }
  | { readonly kind: 'not-an-amount'; readonly why: 'ambiguous-separators' }
  | { readonly kind: 'not-an-amount'; readonly why: 'other-currency'; readonly found: Currency }

/** How to read a cell; a unit written in the cell itself (`12.5万`) wins over `unit`. */
export type AmountReader = { readonly currency: Currency; readonly unit?: AmountUnit }

/**
 * Reads an amount as people and programs write it: grouping by comma, space or apostrophe, a sign
 * before or after, brackets for negative, full-width characters, a currency before or after, 万 and
 * 亿, scientific notation, and the wrappers of spreadsheets (`="12"`, `'12`). A lone comma before
 * three digits groups and a lone point divides, as in China; the European reverse is read where it
 * is the only reading. Amounts have at most 18 digits of minor units.
 */
export function parseAmount(text: string, reader: AmountReader): AmountReading {
  if (reader.unit === undefined || reader.unit === 'one') {
    const plain = parsePlain(text, reader.currency)
    if (plain) return plain
  }
  const cell = unwrap(toHalfWidth(text))
  if (cell === '' || /^[-–—]+$/.test(cell)) return { kind: 'not-an-amount', why: 'empty' }
  if (cell.length > longestCell) {
    const why = /^[-+]?[\d.,' ]+$/.test(cell) ? 'too-large' : 'not-a-number'
    return { kind: 'not-an-amount', why }
  }
  const parts = splitCell(cell)
  if (!parts) return { kind: 'not-an-amount', why: 'not-a-number' }
  const affix = readAffix(parts, reader.currency)
  if (affix.kind === 'not-an-amount') return affix
  const decimal = readSeparators(parts.digits)
  if (decimal.kind === 'not-an-amount') return decimal
  const unitPower = affix.unitPower ?? unitPowers[reader.unit ?? 'one']
  const power = parts.exponent + unitPower + exponentOf(reader.currency)
  return scale(decimal, power, parts.negative, reader.currency)
}

const longestCell = 200
const mostDigits = 18
const unitPowers: Readonly<Record<AmountUnit, number>> = {
  one: 0,
  'ten-thousand': 4,
  'hundred-million': 8,
}

const charCode = { minus: 45, point: 46, zero: 48, nine: 57 }

// Nearly every cell of a ledger looks like 1234.50; scanning it costs a third of a regular
// expression. Anything unusual gives null and takes the long way.
function parsePlain(text: string, currency: Currency): AmountReading | null {
  const length = text.length
  if (length === 0 || length > mostDigits) return null
  const start = text.charCodeAt(0) === charCode.minus ? 1 : 0
  let point = -1
  for (let index = start; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code >= charCode.zero && code <= charCode.nine) continue
    if (code !== charCode.point || point >= 0) return null
    point = index
  }
  const whole = point < 0 ? length : point
  const decimals = point < 0 ? 0 : length - point - 1
  const missing = exponentOf(currency) - decimals
  const tooLong = whole - start + decimals + missing > mostDigits
  if (missing < 0 || tooLong || whole === start || (point >= 0 && decimals === 0)) return null
  const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1)
  const minor = BigInt(digits + '0000'.slice(0, missing))
  return { kind: 'amount', money: { minor, currency }, rounded: false }
}

// NFKC is not used here: it would read 10² as 102 and ① as 1.
function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\s]+/g, ' ')
    .replace(/\uffe5/g, '¥')
    .replace(/[\u2212\u2010-\u2013\ufe63]/g, '-')
    .replace(/[\u2018\u2019\u02bc`´]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .trim()
}

function unwrap(cell: string): string {
  let inner = cell.startsWith('=') ? cell.slice(1).trim() : cell
  if (inner.length > 1 && inner.startsWith('"') && inner.endsWith('"')) inner = inner.slice(1, -1)
  if (inner.startsWith("'")) inner = inner.slice(1)
  return inner.trim()
}

type CellParts = {
  readonly negative: boolean
  readonly prefix: string
  readonly digits: string
  readonly exponent: number
  readonly suffix: string
}

const affix = '[^\\d.,()+-]*'
const cellPattern = new RegExp(
  `^(?<before>${affix})(?<open>[-+(]?) ?(?<prefix>${affix})` +
    "(?<digits>(?:\\d|[.,]\\d)[\\d .,']*)(?:[eE](?<exponent>[-+]?\\d+))?" +
    `(?<suffix>${affix})(?<close>[-)]?)(?<after>${affix})$`,
)

function splitCell(cell: string): CellParts | null {
  const groups = cellPattern.exec(cell)?.groups
  if (!groups) return null
  const { before = '', open = '', prefix = '', digits = '', close = '', after = '' } = groups
  if ((open === '(') !== (close === ')') || (open === '+' && close === '-')) return null
  if (open === '-' && close === '-') return null
  return {
    negative: open === '-' || open === '(' || close === '-',
    prefix: (before + prefix).trim(),
    digits: digits.trim(),
    exponent: Number(groups.exponent ?? '0'),
    suffix: `${groups.suffix}${after}`.trim(),
  }
}

type Refusal = Extract<AmountReading, { kind: 'not-an-amount' }>
type Affix = { readonly kind: 'affix'; readonly unitPower: number | null }

const unitPattern = /^(?<unit>w(?![a-z])|[十百千]?[万萬]?[亿億]?) *(?<name>.*)$/i
// biome-ignore format: a table
const characterPowers: Readonly<Record<string, number>> = {
  十: 1, 百: 2, 千: 3, 万: 4, 萬: 4, w: 4, W: 4, 亿: 8, 億: 8,
}

// A bare sign says little: $ is any dollar, ¥ yuan or yen, 元 the main unit of the column.
const sharedSigns: ReadonlyMap<string, RegExp> = new Map([
  ['$', /D$/],
  ['¥', /^(CNY|JPY)$/],
  ['元', /^/],
  ['元整', /^/],
  ['圆', /^/],
])

function readAffix(parts: CellParts, currency: Currency): Affix | Refusal {
  const { unit = '', name = '' } = unitPattern.exec(parts.suffix)?.groups ?? {}
  const names = [parts.prefix, name].filter((text) => text !== '')
  for (const text of names) {
    if (sharedSigns.get(text)?.test(currency)) continue
    const found = parseCurrency(text)
    if (!found) return { kind: 'not-an-amount', why: 'not-a-number' }
    if (found !== currency) return { kind: 'not-an-amount', why: 'other-currency', found }
  }
  if (unit === '') return { kind: 'affix', unitPower: null }
  return { kind: 'affix', unitPower: [...unit].reduce((p, c) => p + (characterPowers[c] ?? 0), 0) }
}

type Decimal = { readonly kind: 'decimal'; readonly whole: string; readonly fraction: string }

function readSeparators(digits: string): Decimal | Refusal {
  const groups = /^(?<body>.*?)(?<mark>[.,])(?<tail>\d*)$/.exec(digits)
  if (!groups?.groups) return decimalOf(digits, '', ',')
  const { body = '', mark = '', tail = '' } = groups.groups
  const other = mark === '.' ? ',' : '.'
  if (body.includes(mark)) {
    return body.includes(other) ? notANumber : decimalOf(digits, '', mark)
  }
  if (mark === '.' || body.includes(other)) return decimalOf(body, tail, other)
  const groupsOfThree = /^[1-9][\d' ]{0,2}$/.test(body) && tail.length === 3
  if (groupsOfThree) return decimalOf(digits, '', ',')
  // Four digits after a comma are a fraction in Europe and a group of 万 in China.
  if (tail.length > 3) return { kind: 'not-an-amount', why: 'ambiguous-separators' }
  return tail === '' ? notANumber : decimalOf(body, tail, '.')
}

const notANumber: Refusal = { kind: 'not-an-amount', why: 'not-a-number' }

function decimalOf(grouped: string, fraction: string, mark: string): Decimal | Refusal {
  if (/^\d*$/.test(grouped)) return { kind: 'decimal', whole: grouped, fraction }
  const separators = new Set(grouped.replace(/\d/g, ''))
  const [separator = ''] = separators
  if (separators.size !== 1 || !`${mark}' `.includes(separator)) return notANumber
  const [head = '', ...rest] = grouped.split(separator)
  const last = rest.at(-1) ?? ''
  const threes = rest.every((group) => group.length === 3)
  const indian = separator === ',' && rest.slice(0, -1).every((group) => group.length === 2)
  const sound = head.length >= 1 && head.length <= 3 && last.length === 3 && (threes || indian)
  return sound ? { kind: 'decimal', whole: head + rest.join(''), fraction } : notANumber
}

function scale(of: Decimal, power: number, negative: boolean, currency: Currency): AmountReading {
  const digits = (of.whole + of.fraction).replace(/^0+/, '')
  const shift = power - of.fraction.length
  if (digits === '') return { kind: 'amount', money: { minor: 0n, currency }, rounded: false }
  if (digits.length + shift > mostDigits) return { kind: 'not-an-amount', why: 'too-large' }
  // Below a tenth of the minor unit nothing is left, however small the exponent says it is.
  if (digits.length + shift < 0) {
    return { kind: 'amount', money: { minor: 0n, currency }, rounded: true }
  }
  const value = negative ? -BigInt(digits) : BigInt(digits)
  if (shift >= 0) {
    return {
      kind: 'amount',
      money: { minor: value * 10n ** BigInt(shift), currency },
      rounded: false,
    }
  }
  const divisor = 10n ** BigInt(-shift)
  const minor = divide(value, divisor, 'half-even')
  const tooLarge = minor >= 10n ** BigInt(mostDigits) || minor <= -(10n ** BigInt(mostDigits))
  if (tooLarge) return { kind: 'not-an-amount', why: 'too-large' }
  return { kind: 'amount', money: { minor, currency }, rounded: minor * divisor !== value }
}
