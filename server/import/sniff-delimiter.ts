const candidates = [',', ';', '\t', '|'] as const
const mostRecords = 60

/**
 * The delimiter under which the first records of a text agree best on their number of columns;
 * delimiters and line ends inside quotes do not count. A first line `sep=;`, as Excel writes it,
 * decides. A text of one column is told to use commas.
 */
export function sniffDelimiter(text: string, complete: boolean): string {
  const declared = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1]
  if (declared !== undefined) return declared
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of candidates) {
    const score = agreement(columnCounts(text, delimiter, complete))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function columnCounts(text: string, delimiter: string, complete: boolean): number[] {
  const counts: number[] = []
  let columns = 1
  let quoted = false
  let cellStart = 0
  for (let at = 0; at < text.length && counts.length < mostRecords; at++) {
    const character = text[at]
    if (quoted) {
      if (character !== '"') continue
      if (text[at + 1] === '"') at++
      else quoted = false
    } else if (character === '"' && at === cellStart) {
      quoted = true
    } else if (character === delimiter) {
      columns++
      cellStart = at + 1
    } else if (character === '\n' || (character === '\r' && text[at + 1] !== '\n')) {
      if (at > cellStart || columns > 1) counts.push(columns)
      columns = 1
      cellStart = at + 1
    }
  }
  if (complete && (text.length > cellStart || columns > 1)) counts.push(columns)
  return counts
}

// Records that have the commonest number of columns, weighted a little by that number: a stray
// comma in every other line must not win against tabs in all of them.
function agreement(counts: readonly number[]): number {
  const frequency = new Map<number, number>()
  for (const columns of counts) {
    if (columns > 1) frequency.set(columns, (frequency.get(columns) ?? 0) + 1)
  }
  let best = 0
  for (const [columns, records] of frequency) {
    best = Math.max(best, (records / counts.length) * (1 + Math.min(columns, 20) / 20))
  }
  return best
}
