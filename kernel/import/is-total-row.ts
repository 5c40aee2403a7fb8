const totalWord =
  /^(第?\d*[本当每]?[页月年期日季]?)?(?:合计|总计|小计|累计|共计)(?:金额|数量|数|余额)?([((:].*)?$|^总[额和]$/
const totalPhrase = /(合计|总计|小计)[::]?$/
const totalEnglish = /^(grand |sub|sub-|page |report |overall )?totals?( (amount|for .*|:.*))?:?$/i
const footNote = new RegExp(
  '^(#|-{5,}|={5,}|_{5,}|<end>|end of (report|file)|(制表|制单|审核)人?[::]|复核[::]|' +
    '打印(日期|时间|人)|导出时间|第\\s*\\d+\\s*页|page \\d+( of \\d+)?$|' +
    '共\\s*\\d+\\s*(条|笔|页|行)|(以下|此处)空白|备?注[::])',
  'i',
)

/**
 * True where a row sums up others (合计, 本页小计, Grand total, 客户A 小计) and is none itself.
 * A row that only mentions the word in one of several filled cells is not: a company may well be
 * called 合计科技, and its rows carry a document number.
 *
 * @param identity the cell that a real row cannot lack, such as the invoice number
 */
export function isTotalRow(cells: readonly string[], identity: string | undefined): boolean {
  let first = true
  for (const cell of cells) {
    if (!mayBeTotal(cell)) {
      if (cell !== '') first = false
      continue
    }
    const text = compact(cell)
    const named = totalWord.test(text) || totalEnglish.test(cell.trim())
    const lacksIdentity = identity === undefined || identity.trim() === '' || identity === cell
    if (named && (first || lacksIdentity)) return lacksIdentity || isSparse(cells)
    if (lacksIdentity && identity !== undefined && totalPhrase.test(text)) return true
    first = false
  }
  return false
}

/** True for what programs write below or between the rows: 制表人, page numbers, dashes, `<END>`. */
export function isFootNote(cells: readonly string[]): boolean {
  let filled = 0
  let text = ''
  for (const cell of cells) {
    if (cell === '' || cell.trim() === '') continue
    filled++
    if (text === '') text = cell.normalize('NFKC').trim()
  }
  if (filled === 0 || filled > Math.max(3, Math.floor(cells.length / 2))) return false
  return footNote.test(text) && (filled === 1 || filled < cells.length)
}

// Most cells of a million rows have none of these letters; asking costs less than a pattern.
function mayBeTotal(cell: string): boolean {
  if (cell.length < 2 || cell.length > 60) return false
  return cell.includes('计') || cell.includes('总') || /total/i.test(cell)
}

function compact(cell: string): string {
  return cell.normalize('NFKC').replace(/\s+/g, '')
}

function isSparse(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '').length
  return filled * 2 <= cells.length
}
