import { fromEpochDay } from '#kernel/calendar/day.ts'

/** How a number of a sheet is shown: as a day, as a time of day, or as it is. */
export type NumberStyle = 'plain' | 'date' | 'time'

/**
 * The style of a number format (ECMA-376 part 1, 18.8.30): 14 to 22 are dates everywhere, 27 to 36
 * and 50 to 58 in Chinese, Japanese and Korean books; other formats are told by their code.
 */
export function numberStyleOf(formatId: number, formatCode: string | undefined): NumberStyle {
  if (formatCode === undefined) {
    if ((formatId >= 18 && formatId <= 21) || (formatId >= 45 && formatId <= 47)) return 'time'
    if (formatId >= 32 && formatId <= 35) return 'time'
    const isDate = formatId >= 14 && formatId <= 22
    const isEastAsian = (formatId >= 27 && formatId <= 36) || (formatId >= 50 && formatId <= 58)
    return isDate || isEastAsian ? 'date' : 'plain'
  }
  const bare = formatCode
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase()
  if (/[yd年月日]|mmm|(?<![hs:时]\s*)m(?!\s*[:s分])/.test(bare.replace(/general/g, '')))
    return 'date'
  return /[hs]/.test(bare.replace(/general/g, '')) ? 'time' : 'plain'
}

/**
 * A serial day as `YYYY-MM-DD`, with ` HH:MM:SS` where it has a time. Serials are days without a
 * zone, so none is applied. In the 1900 system 60 is a 29 February that never was and earlier days
 * are one off; the 1904 system begins 1,462 days later.
 */
export function serialToText(serial: number, style: NumberStyle, is1904: boolean): string {
  const seconds = Math.round(serial * 86_400)
  const days = Math.floor(seconds / 86_400)
  const time = timeText(seconds - days * 86_400)
  if (style === 'time' && days === 0) return time
  const since1970 = (is1904 ? days + 1_462 : days < 60 ? days + 1 : days) - 25_569
  const day = fromEpochDay(since1970)
  return seconds % 86_400 === 0 ? day : `${day} ${time}`
}

function timeText(seconds: number): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/**
 * A number as a plain decimal with the 15 digits that spreadsheets hold, so that a stored
 * 0.30000000000000004 is 0.3 again. Whole numbers beyond 15 digits keep their exponent, because
 * their last digits are lost and must not look like zeros.
 */
export function numberToText(stored: string): string {
  if (/^-?\d{1,15}(\.\d{1,4})?$/.test(stored) && stored.length <= 15) return stored
  const value = Number(stored)
  if (!Number.isFinite(value)) return stored
  const rounded = value.toPrecision(15)
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(Number(rounded).toExponential())
  if (!match) return stored
  const [, sign = '', head = '', tail = '', power = '0'] = match
  const exponent = Number(power)
  if (exponent >= 15) return `${sign}${head}${tail === '' ? '' : `.${tail}`}E+${exponent}`
  const digits = head + tail
  if (value === 0 || exponent < -30) return '0'
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  const fraction = digits.slice(exponent + 1)
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

/** Text of a cell with the escapes of ECMA-376 22.9.2.19 undone: `_x000D_` is a carriage return. */
export function unescapeCell(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}
