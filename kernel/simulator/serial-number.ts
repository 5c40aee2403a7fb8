/** A serial number with leading zeros; `padStart` costs more than all else in an invoice. */
export function padded(value: number, width: number): string {
  const text = String(value)
  return text.length >= width ? text : '000000'.slice(0, width - text.length) + text
}
