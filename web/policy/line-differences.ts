export type LineDifference = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

/** The lines of two texts in one list, by their longest common subsequence; removed before added. */
export function lineDifferences(before: string, after: string): LineDifference[] {
  const old = before.split('\n')
  const now = after.split('\n')
  const common = commonLengths(old, now)
  const lines: LineDifference[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    const [oldLine, newLine] = [old[i], now[j]]
    if (oldLine !== undefined && oldLine === newLine) {
      lines.push({ kind: 'same', text: oldLine })
      i++
      j++
    } else if (oldLine !== undefined && lengthAt(common, i + 1, j) >= lengthAt(common, i, j + 1)) {
      lines.push({ kind: 'removed', text: oldLine })
      i++
    } else {
      lines.push({ kind: 'added', text: newLine ?? '' })
      j++
    }
  }
  return lines
}

const around = 4

/** What changed with a few lines around; the number of those left out stands for the others. */
export function nearChanges(lines: readonly LineDifference[]): (LineDifference | number)[] {
  const parts: (LineDifference | number)[] = []
  for (const [index, line] of lines.entries()) {
    const near = lines.slice(Math.max(0, index - around), index + around + 1)
    const last = parts.at(-1)
    if (near.some(({ kind }) => kind !== 'same')) parts.push(line)
    else if (typeof last === 'number') parts[parts.length - 1] = last + 1
    else parts.push(1)
  }
  return parts
}

/** How many lines the rests of both texts have in common, for every pair of places to begin. */
function commonLengths(old: readonly string[], now: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array(now.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? []
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] =
        old[i] === now[j]
          ? 1 + lengthAt(lengths, i + 1, j + 1)
          : Math.max(lengthAt(lengths, i + 1, j), lengthAt(lengths, i, j + 1))
    }
  }
  return lengths
}

/** Beyond the end of the new text nothing is left to add, so what is old is removed. */
function lengthAt(lengths: readonly number[][], i: number, j: number): number {
  return lengths[i]?.[j] ?? -1
}
