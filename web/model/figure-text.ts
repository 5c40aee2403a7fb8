/** A share of one as a percentage with one decimal. */
export function percentText(share: number, sign = '%'): string {
  return `${(100 * share).toFixed(1)}${sign}`
}

/** The interval of a figure. */
export function rangeText({ high, low }: { readonly high: number; readonly low: number }): string {
  return `[${low.toFixed(3)}, ${high.toFixed(3)}]`
}

/** A difference with its sign. */
export function changeText(before: number, after: number): string {
  const change = after - before
  const text = change.toFixed(3)
  return change > 0 && Number(text) !== 0 ? `+${text}` : text.replace(/^-(0\.0+)$/, '$1')
}
