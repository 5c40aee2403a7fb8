import { type Day, dayOf, fromEpochDay } from '#kernel/calendar/day.ts'

/**
 * How a column writes its days. Every shape also reads what can be read one way only: the year
 * first, or the month in words. It settles what `1/2/2024` and a bare `45322` mean.
 */
export type DateShape = 'year-first' | 'day-first' | 'month-first' | 'short-year-first' | 'serial'

/**
 * The day a cell tells under its column's shape, or null. A time of day after the date is dropped,
 * and so is a zone: the day is taken as written. Years of two digits follow POSIX: 00 to 68 are
 * 2000 to 2068, 69 to 99 are 1969 to 1999. Serials count as Excel does on Windows, where 60 stands
 * for a 29 February 1900 that never was.
 */
export function readDate(shape: DateShape, text: string): Day | null {
  const iso = readIso(text)
  if (iso !== null) return iso
  const notation = readNotation(text)
  return notation === null ? null : dayIn(shape, notation)
}

/** What the characters of a cell say before anyone decides on an order. */
export type Notation =
  | { readonly kind: 'day'; readonly day: Day }
  | {
      readonly kind: 'numeric'
      readonly first: number
      readonly second: number
      readonly third: number
      readonly thirdDigits: number
      readonly mark: string
    }
  | { readonly kind: 'serial'; readonly serial: number }

export function readNotation(text: string): Notation | null {
  const iso = readIso(text)
  if (iso !== null) return { kind: 'day', day: iso }
  const cell = cleaned(text)
  const numeric = numericPattern.exec(cell)
  if (numeric) {
    const [, first = '', mark = '', second = '', third = ''] = numeric
    return {
      kind: 'numeric',
      first: Number(first),
      second: Number(second),
      third: Number(third),
      thirdDigits: third.length,
      mark,
    }
  }
  if (serialPattern.test(cell)) return { kind: 'serial', serial: Math.floor(Number(cell)) }
  const day = readPlain(cell) ?? readNamed(cell)
  return day === null ? null : { kind: 'day', day }
}

/** The day a notation means under a shape; null where the shape cannot read it. */
export function dayIn(shape: DateShape, notation: Notation): Day | null {
  if (notation.kind === 'day') return notation.day
  if (notation.kind === 'serial') return shape === 'serial' ? dayOfSerial(notation.serial) : null
  const { first, second, third } = notation
  switch (shape) {
    case 'day-first':
      return dayOf(fullYear(third, notation.thirdDigits), second, first)
    case 'month-first':
      return dayOf(fullYear(third, notation.thirdDigits), first, second)
    case 'short-year-first':
      return notation.thirdDigits === 2 ? dayOf(fullYear(first, 2), second, third) : null
    case 'year-first':
    case 'serial':
      return null
  }
}

const code = { space: 32, dash: 45, slash: 47, zero: 48, colon: 58, t: 84 }

// YYYY-MM-DD and YYYY/MM/DD alone or before a space or T: nearly every cell of every ledger.
function readIso(text: string): Day | null {
  if (text.length < 10) return null
  const mark = text.charCodeAt(4)
  if ((mark !== code.dash && mark !== code.slash) || text.charCodeAt(7) !== mark) return null
  if (text.length > 10 && !isTimeAfter(text)) return null
  const year = digits(text, 0, 2) * 100 + digits(text, 2, 4)
  const month = digits(text, 5, 7)
  const dayOfMonth = digits(text, 8, 10)
  if (year < 1 || month < 1 || month > 12 || dayOfMonth < 1) return null
  const plain = mark === code.dash && dayOfMonth <= 28
  if (plain) return (text.length === 10 ? text : text.slice(0, 10)) as Day
  return dayOf(year, month, dayOfMonth)
}

// Not a number gives -1e6, so that any sum with it stays negative.
function digits(text: string, from: number, to: number): number {
  const tens = text.charCodeAt(from) - code.zero
  const ones = text.charCodeAt(to - 1) - code.zero
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return -1e6
  return tens * 10 + ones
}

function isTimeAfter(text: string): boolean {
  const mark = text.charCodeAt(10)
  return (mark === code.space || mark === code.t) && text.charCodeAt(13) === code.colon
}

const numericPattern = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/
const serialPattern = /^[2-8]\d{4}(\.\d+)?$/
const time =
  /[T ]\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[-+]\d{2}:?\d{2})?$/i
const plainPattern = /^(\d{4})\s*([-/.年])\s*(\d{1,2})\s*([-/.月])\s*(\d{1,2})\s*日?$/
const compactPattern = /^((?:19|20|21)\d{2})(\d{2})(\d{2})(\d{6})?(?:\.0)?$/

function cleaned(text: string): string {
  let cell = text.normalize('NFKC').trim()
  if (cell.startsWith('="') && cell.endsWith('"')) cell = cell.slice(2, -1)
  cell = cell.replace(/^['`]/, '').trim()
  return cell.includes(':')
    ? cell
        .replace(/^(\d{8})\s+/, '$1T')
        .replace(time, '')
        .trim()
    : cell
}

function readPlain(cell: string): Day | null {
  const plain = plainPattern.exec(cell) ?? compactPattern.exec(cell)
  if (!plain) return null
  const compact = plain.length === 5
  if (compact) return dayOf(Number(plain[1]), Number(plain[2]), Number(plain[3]))
  if ((plain[2] === '年') !== (plain[4] === '月') || (plain[2] !== '年' && plain[2] !== plain[4])) {
    return null
  }
  return dayOf(Number(plain[1]), Number(plain[3]), Number(plain[5]))
}

const monthNames = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
]
const monthWord = '([a-z]{3,9})\\.?'
const dayFirstNamed = new RegExp(
  `^(\\d{1,2})(?:st|nd|rd|th)?[-/ .]*${monthWord}[-/ ,.]*(\\d{4}|\\d{2})$`,
)
const monthFirstNamed = new RegExp(
  `^${monthWord}[-/ ]*(\\d{1,2})(?:st|nd|rd|th)?[-/ ,]+(\\d{4}|\\d{2})$`,
)
const yearFirstNamed = new RegExp(`^(\\d{4})[-/ ]${monthWord}[-/ ](\\d{1,2})$`)

function readNamed(cell: string): Day | null {
  const text = cell.toLowerCase().replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[, ]+/, '')
  const dayFirst = dayFirstNamed.exec(text)
  if (dayFirst) return named(dayFirst[3], dayFirst[2], dayFirst[1])
  const monthFirst = monthFirstNamed.exec(text)
  if (monthFirst) return named(monthFirst[3], monthFirst[1], monthFirst[2])
  const yearFirst = yearFirstNamed.exec(text)
  return yearFirst ? named(yearFirst[1], yearFirst[2], yearFirst[3]) : null
}

const fullMonthNames = new RegExp(
  '^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|' +
    'oct(ober)?|nov(ember)?|dec(ember)?)$',
)

function named(year = '', month = '', dayOfMonth = ''): Day | null {
  if (!fullMonthNames.test(month)) return null
  const index = monthNames.indexOf(month.slice(0, 3))
  return dayOf(fullYear(Number(year), year.length), index + 1, Number(dayOfMonth))
}

function fullYear(year: number, digitsWritten: number): number {
  if (digitsWritten !== 2) return year
  return year <= 68 ? 2000 + year : 1900 + year
}

function dayOfSerial(serial: number): Day {
  return fromEpochDay(serial - 25_569)
}
