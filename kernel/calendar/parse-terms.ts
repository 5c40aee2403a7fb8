import { areTerms, type InstalmentPart, type PaymentTerms } from '#kernel/calendar/terms.ts'

/**
 * What a text says about terms of payment. `ambiguous` names what it may mean: 月结 alone is due at
 * the end of the month for some and 30 days later for others.
 */
export type TermsReading =
  | { readonly kind: 'terms'; readonly terms: PaymentTerms }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly PaymentTerms[] }
  | { readonly kind: 'not-terms' }

/**
 * Reads terms of payment as people write them in Chinese or English, and the stored code. Terms
 * with a cash discount (2/10 net 30) are not read, rather than read without their discount.
 */
export function parseTerms(text: string): TermsReading {
  const cleaned = clean(text)
  if (cleaned === '') return { kind: 'not-terms' }
  if (/^(月结|按月结算|monthly)$/.test(cleaned)) {
    return { kind: 'ambiguous', candidates: [endOfMonth('0'), endOfMonth('30')] }
  }
  const terms = parseCode(cleaned) ?? parseSingle(cleaned) ?? parseInstalments(cleaned)
  return terms && areTerms(terms) ? { kind: 'terms', terms } : { kind: 'not-terms' }
}

// Spaces carry no meaning in terms, so "net 30" and "月结 30 天" lose theirs.
function clean(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+(?=余款|尾款|剩余|其余|余额|\d+(?:\.\d+)?%)/g, ',')
    .replace(/[\s_。"'“”]+/g, '')
    .replace(/[〇零]天/g, '0天')
    .replace(/^(付款(条件|方式)|结算方式|[账帐]期|(payment)?terms?):?(?=.)/, '')
}

const net = (days: string): PaymentTerms => ({ kind: 'net', days: Number(days) })
const endOfMonth = (days: string): PaymentTerms => ({ kind: 'end-of-month', days: Number(days) })
const dayOf = (dayOfMonth: string, months: number): PaymentTerms => ({
  kind: 'day-of-month',
  dayOfMonth: Number(dayOfMonth),
  months,
})

function parseCode(text: string): PaymentTerms | null {
  const [, days] = /^net-(\d{1,4})$/.exec(text) ?? []
  if (days) return net(days)
  const [, afterMonth] = /^eom-(\d{1,4})$/.exec(text) ?? []
  if (afterMonth) return endOfMonth(afterMonth)
  const [, dayOfMonth, months] = /^day-(\d{1,2})-month-(\d{1,2})$/.exec(text) ?? []
  if (dayOfMonth && months) return dayOf(dayOfMonth, Number(months))
  if (!/^instalments(-\d{1,5}@\d{1,4})+$/.test(text)) return null
  const parts = text.matchAll(/(\d+)@(\d+)/g)
  return {
    kind: 'instalments',
    parts: [...parts].map(([, share, offset]) => ({
      shareBps: Number(share),
      days: Number(offset),
    })),
  }
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

const prepaid = words(
  '预付 预付款 预付全款 全额预付 先款后货 先款 款到发货 prepaid prepayment cashinadvance cia ' +
    'advance inadvance payinadvance paymentinadvance t/tinadvance',
)
const onDelivery = words(
  '货到付款 货到即付 货到现付 到付 现结 现款现货 一手交钱一手交货 现金交易 cod c.o.d c.o.d. ' +
    'cashondelivery collectondelivery',
)
const atOnce = words(
  '立即付款 见票即付 即期 即付 票到付款 net dueonreceipt uponreceipt immediate atonce',
)
const monthEnd = words('当月结 当月月底 当月底 当月末 本月底 eom endofmonth monthend')

const unitOfDays = '(?:天|日|days?|d)?'
const afterMonthEnd = new RegExp(
  '^(?:月结|月底|月末|当月结|eom|endofmonth|monthend)后?' +
    `(?:\\+|-|加|plus)?(\\d{1,4})${unitOfDays}$`,
)
const beforeMonthEnd = new RegExp(`^(?:net)?(\\d{1,4})${unitOfDays}(?:月结|eom|endofmonth)$`)
const afterInvoice = new RegExp(
  '^(?:net|n/?|within|信用期|(?:开票|票|票到|发票|发票日|收票|见票|货到|货到票到|到货|发货|交货|验收)后?)?' +
    `(\\d{1,4})${unitOfDays}(?:内|后)?(?:付款|付清|付|账期|帐期|net)?$`,
)

function parseSingle(text: string): PaymentTerms | null {
  if (prepaid.has(text.replace('100%', ''))) return { kind: 'prepaid' }
  if (onDelivery.has(text)) return { kind: 'cash-on-delivery' }
  if (atOnce.has(text)) return net('0')
  if (monthEnd.has(text)) return endOfMonth('0')
  const [, days] = afterMonthEnd.exec(text) ?? beforeMonthEnd.exec(text) ?? []
  if (days) return endOfMonth(days)
  const ofMonth = parseDayOfMonth(text)
  if (ofMonth) return ofMonth
  const [, afterDays] = afterInvoice.exec(text) ?? []
  return afterDays ? net(afterDays) : null
}

const namedMonths: ReadonlyMap<string, number> = new Map([
  ...['当月', '本月', 'same'].map((name): [string, number] => [name, 0]),
  ...['次月', '下月', '下个月', ''].map((name): [string, number] => [name, 1]),
  ...['隔月', '下下月', '下下个月'].map((name): [string, number] => [name, 2]),
])

const followingMonth = '(?<month>[当本次隔]月|下下?个?月|第?后?(?<count>\\d{1,2})个?月后?)的?'
const chineseDay = new RegExp(
  `^${followingMonth}(?:(?<day>\\d{1,2})[日号]|月?[底末])前?(?:付款|结清|付清|付|结)?$`,
)
const englishDay = new RegExp(
  '^day(?<day>\\d{1,2})of(?:the)?(?<month>same)?' +
    '(?:(?<count>\\d{1,2})(?:st|nd|rd|th))?(?:following|next)?month$',
)

function parseDayOfMonth(text: string): PaymentTerms | null {
  const groups = (chineseDay.exec(text) ?? englishDay.exec(text))?.groups
  if (!groups) return null
  const { month = '', count, day = '31' } = groups
  const months = count === undefined ? namedMonths.get(month) : Number(count)
  return months === undefined ? null : dayOf(day, months)
}

function parseInstalments(text: string): PaymentTerms | null {
  return parseEqualParts(text) ?? parseShares(text)
}

// 30/60/90 are equal parts; a first number below 5 is the rate of a cash discount (2/10).
function parseEqualParts(text: string): PaymentTerms | null {
  if (!/^(?:net)?\d{1,3}(\/\d{1,3}){1,11}(天|日|days)?$/.test(text)) return null
  const days = [...text.matchAll(/\d+/g)].map(Number)
  const rising = days.every((day, index) => index === 0 || day > (days[index - 1] ?? 0))
  const first = days[0] ?? 0
  if (!rising || (first > 0 && first < 5)) return null
  const share = Math.floor(10_000 / days.length)
  const extra = 10_000 - share * days.length
  const parts = days.map((day, index) => ({ shareBps: share + (index < extra ? 1 : 0), days: day }))
  return { kind: 'instalments', parts }
}

const advancePart = words(
  '预付 预付款 定金 订金 首付 首付款 发货前 款到发货 现款 即付 到付 货到付款 货到 atonce advance ' +
    'inadvance prepaid cod',
)
const restPart = /^(?:余款|尾款|剩余|其余|余额|balance|rest)(?<days>.*)$/

function parseShares(text: string): PaymentTerms | null {
  const parts: InstalmentPart[] = []
  let left = 10_000
  for (const piece of text.split(/[,;、+&]|(?<=%(?:预付款?|定金|订金|首付款?|到付|即付))/)) {
    if (piece === '') continue
    const part = parseShare(piece, left)
    if (!part) return null
    parts.push(part)
    left -= part.shareBps
  }
  return parts.length > 1 && left === 0 ? { kind: 'instalments', parts } : null
}

function parseShare(piece: string, left: number): InstalmentPart | null {
  const [, before = '', whole, cents = '', after = ''] =
    /^([^\d%]*)(\d{1,3})(?:\.(\d{1,2}))?%(.*)$/.exec(piece) ?? []
  const rest = restPart.exec(whole === undefined ? piece : before)?.groups?.days
  if (whole === undefined && rest === undefined) return null
  const shareBps = whole === undefined ? left : Number(whole + cents.padEnd(2, '0'))
  const offset = `${rest ?? before}${after}`.replace(/^(?:in|after)(?=\d)/, '')
  if (advancePart.has(offset)) return { shareBps, days: 0 }
  const [, days] = afterInvoice.exec(offset) ?? []
  return days ? { shareBps, days: Number(days) } : null
}
