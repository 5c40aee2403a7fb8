import type { FormulaProblem, Span } from '#kernel/formula/formula-type.ts'
import { parseCurrency } from '#kernel/money/currency.ts'

export type Token = {
  readonly at: Span
} & (
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Digits as written, with what stands right behind them: `%`, `万`, `天`, `元`, a currency. */
  | { readonly kind: 'figure'; readonly digits: string; readonly unit: string }
  | { readonly kind: 'mark'; readonly mark: Mark }
  | { readonly kind: 'end' }
)

export type Mark =
  | '('
  | ')'
  | ','
  | '+'
  | '-'
  | '*'
  | '/'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '且'
  | '或'
  | '非'

/** Longer spellings first. */
const spellings: readonly (readonly [string, Mark])[] = [
  ['<>', '<>'],
  ['!=', '<>'],
  ['≠', '<>'],
  ['<=', '<='],
  ['≤', '<='],
  ['>=', '>='],
  ['≥', '>='],
  ['==', '='],
  ['=', '='],
  ['<', '<'],
  ['>', '>'],
  ['&&', '且'],
  ['||', '或'],
  ['!', '非'],
  ['(', '('],
  [')', ')'],
  [',', ','],
  ['、', ','],
  [';', ','],
  ['+', '+'],
  ['-', '-'],
  ['−', '-'],
  ['*', '*'],
  ['×', '*'],
  ['/', '/'],
  ['÷', '/'],
]

const words: Readonly<Record<string, Mark>> = {
  且: '且',
  并且: '且',
  AND: '且',
  或: '或',
  或者: '或',
  OR: '或',
  非: '非',
  NOT: '非',
}

const units = '亿元|万元|亿|万|元|天|日|%|‰|[A-Z]{3}(?![\\p{L}\\p{N}_])'
const figurePattern = new RegExp(`(\\d[\\d_]*(?:\\.\\d+)?)(?:\\s*(${units}))?`, 'uy')
const namePattern = /[\p{L}_][\p{L}\p{N}_]*/uy
const bracketed = /\[([^\]]*)\]/y
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  "'": "'",
  '‘': '’',
  '「': '」',
}

/**
 * The words of a formula. Full-width signs and digits count as their plain forms; positions are
 * those of the text as it was typed.
 */
export function tokensOf(typed: string): readonly Token[] | FormulaProblem {
  const text = plain(typed)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/u.test(text[at] ?? '')) {
      at += 1
      continue
    }
    const token = tokenAt(text, typed, at)
    if ('message' in token) return token
    tokens.push(token)
    at = token.at[1]
  }
  tokens.push({ kind: 'end', at: [text.length, text.length] })
  return tokens
}

/** Full-width ASCII as plain ASCII, one character for one, so that positions stay. */
function plain(typed: string): string {
  return typed.replace(/[\uff01-\uff5e\u3000]/g, (wide) =>
    wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
  )
}

function tokenAt(text: string, typed: string, at: number): Token | FormulaProblem {
  const close = quotes[text[at] ?? '']
  if (close !== undefined) return quoted(text, typed, at, close)
  const name = match(namePattern, text, at) ?? match(bracketed, text, at)
  if (name) {
    const [whole = '', inside] = name
    const mark = inside === undefined ? words[whole.toUpperCase()] : undefined
    const span: Span = [at, at + whole.length]
    if (mark) return { kind: 'mark', mark, at: span }
    return { kind: 'name', text: (inside ?? whole).trim(), at: span }
  }
  const figure = match(figurePattern, text, at)
  if (figure) {
    const [whole = '', digits = '', unit = ''] = figure
    const isUnit = !/^[A-Z]/.test(unit) || parseCurrency(unit) !== null
    const span: Span = [at, at + (isUnit ? whole : digits).length]
    return { kind: 'figure', digits: digits.replace(/_/g, ''), unit: isUnit ? unit : '', at: span }
  }
  const found = spellings.find(([spelling]) => text.startsWith(spelling, at))
  if (found) return { kind: 'mark', mark: found[1], at: [at, at + found[0].length] }
  const [sign = ''] = typed.slice(at)
  const message = { zh: `这里不能有“${sign}”`, en: `"${sign}" has no meaning here` }
  return { at: [at, at + sign.length], message }
}

function quoted(text: string, typed: string, at: number, close: string): Token | FormulaProblem {
  const end = text.indexOf(close, at + 1)
  if (end >= 0) return { kind: 'text', text: typed.slice(at + 1, end), at: [at, end + 1] }
  const message = { zh: '文字没有收尾的引号', en: 'The text has no closing quote' }
  return { at: [at, text.length], message }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
