/**
 * An amount as people type it, as decimal text: `125,000`, `12.5万`, `1.2亿`, full-width digits.
 * Undefined where it is none, or zero or less.
 */
export function readAmount(typed: string): string | undefined {
  const text = typed.normalize('NFKC').replace(/[\s,元¥]/g, '')
  const [, whole = '', fraction = '', unit = ''] =
    /^(\d{0,15})(?:\.(\d{0,8}))?([万亿]?)$/.exec(text) ?? []
  if (whole === '' && fraction === '') return undefined
  const places = unit === '亿' ? 8 : unit === '万' ? 4 : 0
  const digits = fraction.padEnd(places, '0')
  const shifted = `${whole}${digits.slice(0, places)}`.replace(/^0+(?=\d)/, '') || '0'
  const rest = digits.slice(places).replace(/0+$/, '')
  if (/^0*$/.test(shifted + rest)) return undefined
  return rest === '' ? shifted : `${shifted}.${rest}`
}
