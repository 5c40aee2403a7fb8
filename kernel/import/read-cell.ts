/**
 * An identifier as people mean it, out of what spreadsheets and wallets make of it: `="6222…"`,
 * a leading apostrophe or backtick, full-width digits, tabs, and the `.0` of a number column
 * (`1930659387.0`). Leading zeros stay.
 */
export function readCode(cell: string): string {
  const text = plainText(cell)
  return /^\d{1,20}\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : text
}

/** `6.22E+18`: a long number that a spreadsheet has shortened; its last digits are gone. */
export function hasLostDigits(code: string): boolean {
  return /^\d(\.\d+)?[eE]\+?\d{2,3}$/.test(code)
}

/**
 * Text without the marks that protect it from spreadsheets and without stray white space; empty for
 * what stands for nothing (`-`, `/`).
 */
export function plainText(cell: string): string {
  if (isPlain(cell)) return cell
  let text = cell
  if (/^\s*="/.test(text) && /"\s*$/.test(text)) text = text.trim().slice(2, -1)
  text = text
    .replace(/[\uff01-\uff5e]/g, (c) => halfWidth(c))
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  if (/^['`]/.test(text)) text = text.slice(1).trim()
  if (/^"[^"]*"$/.test(text)) text = text.slice(1, -1).trim()
  return /^(-{1,40}|\/|—+)$/.test(text) ? '' : text
}

const yes = new Set('yes|y|true|t|1|是|有|对|√|✓|✔|已|x'.split('|'))
const no = new Set('no|n|false|f|0|否|无|没有|未|×|✗'.split('|'))

/** Yes, no, or null where a cell is neither. */
export function parseYesNo(cell: string): boolean | null {
  const text = plainText(cell).toLowerCase()
  if (yes.has(text)) return true
  return no.has(text) ? false : null
}

/** The choice whose words include the cell; null where none does. */
export function readChoice(
  choices: Readonly<Record<string, readonly string[]>>,
  cell: string,
): string | null {
  const text = plainText(cell).toLowerCase()
  for (const [value, words] of Object.entries(choices)) {
    if (value === text || words.some((list) => list.split('|').includes(text))) return value
  }
  return null
}

// Printable ASCII or ideographs without a protecting mark in front or white space at the ends.
const plain = /^(?:[!#-&(-,.0-<>-_a-~\u3400-\u9fff][ -~\u3400-\u9fff]*)?$/

function isPlain(cell: string): boolean {
  return plain.test(cell) && !cell.endsWith(' ') && !cell.includes('  ')
}

// Brackets and commas stay as written: a Chinese company name has full-width brackets by right.
function halfWidth(character: string): string {
  if ('（），：；！？'.includes(character)) return character
  return String.fromCharCode(character.charCodeAt(0) - 0xfee0)
}
