import { type Day, monthsBetween } from '#kernel/calendar/day.ts'
import {
  amount2,
  indicatorFrom,
  percent4,
  wholeCount,
  wholeMonths,
} from '#kernel/indicator/define-indicator.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { LedgerReading } from '#kernel/indicator/ledger-reading.ts'
import { openTally, quotient, tallyUp, totalOf } from '#kernel/indicator/tally.ts'
import { divide } from '#kernel/money/money.ts'

const ledger = indicatorFrom('ledger')

/** What the party buys, takes back and costs. */
export const tradeIndicators: readonly Indicator[] = [
  ledger(
    'sales_3m',
    amount2,
    ['近3月销售额', 'Sales, 3 months'],
    ['近3个月开票金额（未扣红字）。', 'Invoiced in the last 3 months, before credit notes.'],
  ),
  ledger(
    'sales_12m',
    amount2,
    ['近12月销售额', 'Sales, 12 months'],
    ['近12个月开票金额（未扣红字）。', 'Invoiced in the last 12 months, before credit notes.'],
  ),
  ledger(
    'sales_trend',
    percent4,
    ['销售趋势', 'Sales trend'],
    [
      '近3个月销售额折成全年，与近12个月销售额相比的增减；往来不足12个月则无值。',
      'Sales of 3 months, annualised, against those of 12; no value in the first 12 months.',
    ],
  ),
  ledger(
    'average_monthly_sales_12m',
    amount2,
    ['近12月月均销售额', 'Average monthly sales'],
    [
      '近12个月销售额的月平均；往来不足12个月按实际月数（不足一月算一月）。',
      'Sales of 12 months per month; per started month since the first invoice where fewer.',
    ],
  ),
  ledger(
    'largest_invoice_12m',
    amount2,
    ['近12月最大发票', 'Largest invoice, 12 months'],
    ['近12个月金额最大的一张发票。', 'The largest single invoice of the last 12 months.'],
  ),
  ledger(
    'concentration_12m',
    percent4,
    ['最大发票占比', 'Share of the largest invoice'],
    [
      '最大一张发票占近12个月销售额的比例；越高，生意越系于一单。',
      'The largest invoice in sales of 12 months: how far the business hangs on a single order.',
    ],
  ),
  ledger(
    'invoice_count_12m',
    wholeCount,
    ['近12月发票数', 'Invoices, 12 months'],
    ['近12个月开出的发票张数。', 'Number of invoices issued in the last 12 months.'],
  ),
  ledger(
    'order_count_12m',
    wholeCount,
    ['近12月订单数', 'Orders, 12 months'],
    ['近12个月下达且未取消的订单数。', 'Orders placed in 12 months and not cancelled.'],
  ),
  ledger(
    'returns_rate_12m',
    percent4,
    ['近12月退货率', 'Returns rate, 12 months'],
    [
      '近12个月因退货开出的贷项金额占销售额的比例。',
      'Credit notes for returned goods in 12 months as a share of sales.',
    ],
  ),
  ledger(
    'credit_notes_share_12m',
    percent4,
    ['近12月红字占比', 'Credit notes share, 12 months'],
    [
      '近12个月全部贷项（退货、折让等）占销售额的比例。',
      'All credit notes of 12 months (returns, prices, discounts) as a share of sales.',
    ],
  ),
  ledger(
    'write_offs_24m',
    amount2,
    ['近24月坏账核销', 'Write-offs, 24 months'],
    ['近24个月核销的坏账金额。', 'Written off as bad debt in the last 24 months.'],
  ),
  ledger(
    'relationship_months',
    wholeMonths,
    ['往来月数', 'Relationship, months'],
    [
      '从建立往来（未知时为首张单据）起的整月数。',
      'Full months since the relationship began, or since the first document where unknown.',
    ],
  ),
  ledger(
    'months_since_last_sale',
    wholeMonths,
    ['距上次销售月数', 'Months since the last sale'],
    ['距最近一张发票的整月数。', 'Full months since the latest invoice.'],
  ),
]

export function tradeOf(reading: LedgerReading): IndicatorValues {
  return { ...salesOf(reading), ...creditsOf(reading), ...relationshipOf(reading) }
}

function salesOf({ invoices, history, windows }: LedgerReading): IndicatorValues {
  const m3 = openTally()
  const m12 = openTally()
  let largest: bigint | null = null
  let count = 0
  let first: Day | null = null
  for (const { invoice, valueMinor } of invoices) {
    if (first === null || invoice.issuedOn < first) first = invoice.issuedOn
    if (invoice.issuedOn <= windows.m12) continue
    count += 1
    tallyUp(m12, valueMinor)
    if (valueMinor !== null && (largest === null || valueMinor > largest)) largest = valueMinor
    if (invoice.issuedOn > windows.m3) tallyUp(m3, valueMinor)
  }
  const sales = totalOf(m12)
  const quarter = totalOf(m3)
  const top = m12.isKnown ? largest : null
  const trend = first !== null && first <= windows.m12 && quarter !== null && sales !== null
  const orders = history.orders.filter(
    ({ orderedOn, cancelledOn }) =>
      orderedOn > windows.m12 &&
      orderedOn <= windows.asOf &&
      (cancelledOn === null || cancelledOn > windows.asOf),
  )
  return {
    sales_3m: quarter,
    sales_12m: sales,
    sales_trend: trend ? quotient(quarter * 4n - sales, sales, 4) : null,
    average_monthly_sales_12m: monthlyOf(sales, first, windows.asOf),
    largest_invoice_12m: top,
    concentration_12m: quotient(top, sales, 4),
    invoice_count_12m: BigInt(count),
    order_count_12m: BigInt(orders.length),
  }
}

function monthlyOf(sales: bigint | null, first: Day | null, asOf: Day): bigint | null {
  if (sales === null || first === null) return null
  const months = Math.min(12, monthsBetween(first, asOf) + 1)
  return divide(sales, BigInt(months), 'half-even')
}

function creditsOf({ credits, invoices, windows }: LedgerReading): IndicatorValues {
  const returns = openTally()
  const notes = openTally()
  const writeOffs = openTally()
  for (const { credit, valueMinor } of credits) {
    if (credit.kind === 'receipt' || credit.effectiveOn <= windows.m24) continue
    if (credit.kind === 'write-off') tallyUp(writeOffs, valueMinor)
    else if (credit.effectiveOn > windows.m12) {
      tallyUp(notes, valueMinor)
      if (credit.reason === 'return') tallyUp(returns, valueMinor)
    }
  }
  const sales = openTally()
  for (const { invoice, valueMinor } of invoices) {
    if (invoice.issuedOn > windows.m12) tallyUp(sales, valueMinor)
  }
  return {
    returns_rate_12m: quotient(totalOf(returns), totalOf(sales), 4),
    credit_notes_share_12m: quotient(totalOf(notes), totalOf(sales), 4),
    write_offs_24m: totalOf(writeOffs),
  }
}

function relationshipOf({ invoices, credits, history, windows }: LedgerReading): IndicatorValues {
  let first: Day | null = history.since
  let last: Day | null = null
  for (const { invoice } of invoices) {
    if (last === null || invoice.issuedOn > last) last = invoice.issuedOn
  }
  if (first === null || first > windows.asOf) {
    first = null
    const dates = [
      ...invoices.map(({ invoice }) => invoice.issuedOn),
      ...credits.map(({ credit }) => credit.effectiveOn),
      ...history.orders.map(({ orderedOn }) => orderedOn).filter((on) => on <= windows.asOf),
    ]
    for (const date of dates) if (first === null || date < first) first = date
  }
  const { asOf } = windows
  return {
    relationship_months: first === null ? null : BigInt(monthsBetween(first, asOf)),
    months_since_last_sale: last === null ? null : BigInt(monthsBetween(last, asOf)),
  }
}
