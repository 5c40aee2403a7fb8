/** ISO 4217 alphabetic code. */
export type Currency = string & { readonly __brand: 'Currency' }

// ISO 4217 (2024 amendment 177): codes whose exponent is not 2.
// biome-ignore format: a table
const exponents: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0,
  UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
}

const twoDecimals =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD ' +
  'CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ ' +
  'GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL ' +
  'MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR ' +
  'PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT ' +
  'TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG'

const known: ReadonlyMap<string, number> = new Map([
  ...twoDecimals.split(' ').map((code): [string, number] => [code, 2]),
  ...Object.entries(exponents),
])

// What people write instead of the code; 元 alone is the yuan in a Chinese ledger.
// biome-ignore format: a table
const aliases: Readonly<Record<string, string>> = {
  RMB: 'CNY', CNH: 'CNY', 人民币: 'CNY', 元: 'CNY', 人民币元: 'CNY', '¥': 'CNY', '￥': 'CNY',
  美元: 'USD', 美金: 'USD', $: 'USD', US$: 'USD', 欧元: 'EUR', '€': 'EUR', 英镑: 'GBP', '£': 'GBP',
  港币: 'HKD', 港元: 'HKD', HK$: 'HKD', 日元: 'JPY', 日圆: 'JPY', 韩元: 'KRW', 加元: 'CAD',
  澳元: 'AUD', 新台币: 'TWD', 瑞士法郎: 'CHF', 新加坡元: 'SGD', 卢布: 'RUB',
}

/** Reads an ISO 4217 code or a usual name or sign (RMB, 美元, ￥); null where it is none. */
export function parseCurrency(text: string): Currency | null {
  const trimmed = text.normalize('NFKC').trim()
  const code = aliases[trimmed] ?? aliases[trimmed.toUpperCase()] ?? trimmed.toUpperCase()
  return known.has(code) ? (code as Currency) : null
}

/** Decimal places of a currency's minor unit: 2 for CNY, 0 for JPY, 3 for KWD. */
export function exponentOf(currency: Currency): number {
  return known.get(currency) ?? 2
}

/** Every currency the system knows, in alphabetical order. */
export function allCurrencies(): Currency[] {
  return [...known.keys()].sort() as Currency[]
}
