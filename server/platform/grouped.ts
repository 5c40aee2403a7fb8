/** A decimal text with its thousands apart, for people: `1234567.50` as `1,234,567.50`. */
export function grouped(text: string): string {
  const [whole = '', decimals] = text.split('.')
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return decimals === undefined ? thousands : `${thousands}.${decimals}`
}
