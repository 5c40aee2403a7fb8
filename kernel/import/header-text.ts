import { type Currency, parseCurrency } from '#kernel/money/currency.ts'

/** What a column's header says besides its name. */
export type HeaderText = {
  /** Letters, digits and ideographs alone, in lower case: `Invoice No.` is `invoiceno`. */
  readonly key: string
  /** Figures are kept in 10^power of the main unit: 4 for 万元; null where nothing is said. */
  readonly power: number | null
  /** The currency named; null where none is. A bare 元 names none. */
  readonly currency: Currency | null
}

/**
 * Reads a header: `金额(万元)`, `converted_usd`, `Amount (USD)`, `金额（美元）`, `*客户名称`. Marks of
 * required columns, units and currencies are taken off the name.
 */
export function readHeader(text: string): HeaderText {
  let name = text.normalize('NFKC').replace(/\(?(必填项?|选填|required|optional)\)?/gi, '')
  let unit: UnitText | null = null
  name = name.replace(/[([{【]([^)\]}】]*)[)\]}】]/g, (whole, inside: string) => {
    const found = readUnit(inside)
    unit ??= found
    return found ? ' ' : whole
  })
  name = name.replace(/[:,/]([^:,/]*)$/, (whole, tail: string) => {
    const found = readUnit(tail)
    unit ??= found
    return found ? ' ' : whole
  })
  const words = wordsOf(name)
  const edge = unit === null ? takeCurrency(words) : null
  const found: UnitText | null = unit ?? edge
  return {
    key: words.join(''),
    power: found?.power ?? null,
    currency: found?.currency ?? null,
  }
}

/** The unit and currency of a line above a table: `单位：万元`, `金额单位:人民币元`, `Currency: USD`. */
export function readUnitLine(cell: string): UnitText | null {
  const text = cell.normalize('NFKC')
  const match =
    /(?:单\s*位|币\s*[种别]|货\s*币|currency|unit|amounts? in|figures in)\s*[::]?\s*([^\s,;)]+)/i.exec(
      text,
    )
  return match?.[1] === undefined ? null : readUnit(match[1])
}

export type UnitText = { readonly power: number | null; readonly currency: Currency | null }

const powers: readonly (readonly [pattern: RegExp, power: number])[] = [
  [/千万/, 7],
  [/百万|millions?|mln/, 6],
  [/[万萬]|10,?000/, 4],
  [/[亿億]/, 8],
  [/千|thousands?|'?000s?|^k(?=[a-z]{3}$)/, 3],
]

function readUnit(text: string): UnitText | null {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s|单位|金额|币种|[:+]|^in|^-/g, '')
  if (plain === '') return null
  const unit = powers.find(([pattern]) => pattern.test(plain))
  const rest = unit ? plain.replace(unit[0], '') : plain
  if (rest === '' && unit) return { power: unit[1], currency: null }
  if (rest === '元' || rest === '圆') return { power: unit?.[1] ?? 0, currency: null }
  const currency = parseCurrency(rest) ?? parseCurrency(rest.replace(/元$/, ''))
  return currency ? { power: unit?.[1] ?? null, currency } : null
}

function wordsOf(name: string): string[] {
  return name
    .replace(/[#№]/g, ' no ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

// Not every ISO code: ALL, TRY, TOP and CUP are English words before they are currencies.
const usualCurrency =
  /^(cny|rmb|usd|eur|gbp|hkd|jpy|krw|cad|aud|nzd|sgd|twd|chf|inr|美元|美金|欧元|英镑|港币|港元|日元|人民币)$/

function takeCurrency(words: string[]): UnitText | null {
  if (words.length === 1) return takeAffix(words)
  const last = words.at(-1) ?? ''
  const first = words[0] ?? ''
  const word = usualCurrency.test(last) ? last : usualCurrency.test(first) ? first : null
  if (word === null) return null
  words.splice(word === last ? words.length - 1 : 0, 1)
  if (words.at(-1) === 'in') words.pop()
  return { power: null, currency: parseCurrency(word) }
}

function takeAffix(words: string[]): UnitText | null {
  const word = words[0] ?? ''
  const match =
    /^(人民币|美元|美金|欧元|英镑|港币|港元|日元)(.+)$|^(.+?)(人民币|美元|美金|欧元|英镑|港币|港元|日元)$/.exec(
      word,
    )
  if (!match) return null
  words[0] = match[2] ?? match[3] ?? word
  return { power: null, currency: parseCurrency(match[1] ?? match[4] ?? '') }
}
