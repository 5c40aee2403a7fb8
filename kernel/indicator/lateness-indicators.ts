import { toEpochDay } from '#kernel/calendar/day.ts'
import {
  days2,
  indicatorFrom,
  percent4,
  wholeCount,
  wholeDays,
} from '#kernel/indicator/define-indicator.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import {
  defaultPrior,
  type LedgerReading,
  type ReadInvoice,
} from '#kernel/indicator/ledger-reading.ts'
import { openTally, quotient, tallyUp, totalOf } from '#kernel/indicator/tally.ts'

const ledger = indicatorFrom('ledger')

/** How late the party's invoices are and were. */
export const latenessIndicators: readonly Indicator[] = [
  ledger(
    'overdue_days_now',
    wholeDays,
    ['当前最长逾期天数', 'Days overdue now'],
    [
      '最早到期且仍未付清的发票已逾期的天数；已部分结清且余额低于尾差的不计；从未开票则无值。',
      'Days past due of the oldest invoice still open; rounding differences left over do not count.',
    ],
  ),
  ledger(
    'worst_overdue_days_12m',
    wholeDays,
    ['近12月最长逾期天数', 'Worst days overdue, 12 months'],
    [
      '近12个月内付清的、或目前仍未付的发票中，最长的逾期天数；期间无到期或付款则无值。',
      'The longest delay of invoices settled in the last 12 months or still open today.',
    ],
  ),
  ledger(
    'overdue_days_weighted_now',
    days2,
    ['当前加权逾期天数', 'Weighted days overdue now'],
    [
      '当前逾期金额按金额加权的平均逾期天数；无逾期为0。',
      'Average days past due of what is overdue now, weighted by amount; 0 where nothing is.',
    ],
  ),
  ledger(
    'late_share_12m',
    percent4,
    ['近12月逾期率（笔数）', 'Late share, 12 months'],
    [
      '近12个月内已见分晓的发票中逾期的笔数占比；付清当日或到期次日即见分晓。',
      'Late invoices among those whose outcome (paid, or unpaid past due) became known in 12 months.',
    ],
  ),
  ledger(
    'late_share_amount_12m',
    percent4,
    ['近12月逾期率（金额）', 'Late share by amount, 12 months'],
    [
      '同“近12月逾期率”，按发票金额计算。',
      'As the late share of 12 months, weighed by invoice amount.',
    ],
  ),
  ledger(
    'late_share_smoothed',
    percent4,
    ['逾期率（平滑）', 'Late share, smoothed'],
    [
      '全部历史中逾期发票占比，另加若干笔假想发票，使历史短的客户接近平均水平。',
      'Late share over all history, drawn towards an average share while there are few invoices.',
    ],
  ),
  ledger(
    'average_days_late',
    days2,
    ['平均逾期天数（平滑）', 'Average days late, smoothed'],
    [
      '全部历史中每张发票的平均逾期天数（按时为0），历史短时向平均水平靠拢。',
      'Mean days late per invoice over all history (0 when on time), drawn towards an average.',
    ],
  ),
  ledger(
    'last_5_late_share',
    percent4,
    ['最近5笔逾期率', 'Late share of the last 5'],
    [
      '最近见分晓的5张发票中逾期的占比；不足5张按实有张数，一张也没有则无值。',
      'Late invoices among the last five (or fewer) whose outcome became known.',
    ],
  ),
  ledger(
    'judged_invoice_count',
    wholeCount,
    ['已见分晓的发票数', 'Invoices with known outcome'],
    [
      '全部历史中已付清或已逾期的发票张数，说明上述逾期率的依据有多少。',
      'Invoices paid or already past due in all history: how much the late shares rest on.',
    ],
  ),
]

export function latenessOf(reading: LedgerReading): IndicatorValues {
  const judged = reading.invoices.flatMap((read) => judge(read, reading.asOfDay) ?? [])
  return { ...overdueOf(reading, judged), ...lateSharesOf(reading, judged) }
}

/** An invoice of which one knows whether it was late. */
type Judged = {
  readonly read: ReadInvoice
  /** Days late, so far where it is still open; 0 or less when on time. */
  readonly daysLate: number
  /** The day of payment or the day after the due day, whichever was first. */
  readonly knownDay: number
}

// An invoice settled by credit notes alone was taken back: it says nothing of how one pays.
function judge(read: ReadInvoice, asOfDay: number): Judged | null {
  if (read.isSettled && read.settledDay === null) return null
  if (!read.isSettled && asOfDay <= read.dueDay) return null
  const end = read.settledDay ?? asOfDay
  return { read, daysLate: end - read.dueDay, knownDay: Math.min(end, read.dueDay + 1) }
}

function overdueOf(reading: LedgerReading, judged: readonly Judged[]): IndicatorValues {
  const start = toEpochDay(reading.windows.m12)
  let now = 0
  let worst: number | null = null
  let weighted: bigint | null = 0n
  const overdue = openTally()
  for (const { read, daysLate } of judged) {
    const endDay = read.settledDay ?? reading.asOfDay
    if (endDay > start) worst = Math.max(worst ?? 0, daysLate)
    if (read.isSettled) continue
    now = Math.max(now, daysLate)
    tallyUp(overdue, read.openMinor)
    if (read.openMinor === null) weighted = null
    else if (weighted !== null) weighted += read.openMinor * BigInt(daysLate)
  }
  const amount = totalOf(overdue)
  const hasInvoices = reading.invoices.length > 0
  return {
    overdue_days_now: hasInvoices ? BigInt(now) : null,
    worst_overdue_days_12m: worst === null ? null : BigInt(worst),
    overdue_days_weighted_now: amount === 0n && hasInvoices ? 0n : quotient(weighted, amount, 2),
  }
}

function lateSharesOf(reading: LedgerReading, judged: readonly Judged[]): IndicatorValues {
  const start = toEpochDay(reading.windows.m12)
  const prior = reading.terms.prior ?? defaultPrior
  let late = 0
  let lateDays = 0
  let recent = 0
  let recentLate = 0
  const amount = openTally()
  const lateAmount = openTally()
  for (const { read, daysLate, knownDay } of judged) {
    const isLate = daysLate > 0
    if (isLate) late += 1
    lateDays += Math.max(0, daysLate)
    if (knownDay <= start) continue
    recent += 1
    tallyUp(amount, read.valueMinor)
    if (!isLate) continue
    recentLate += 1
    tallyUp(lateAmount, read.valueMinor)
  }
  const weight = BigInt(judged.length) + prior.invoices
  const last = lastKnown(judged, 5)
  const lastLate = last.filter(({ daysLate }) => daysLate > 0).length
  return {
    late_share_12m: quotient(BigInt(recentLate), BigInt(recent), 4),
    late_share_amount_12m: quotient(totalOf(lateAmount), totalOf(amount), 4),
    late_share_smoothed: quotient(BigInt(late) + prior.lateInvoices, weight, 4),
    average_days_late: quotient(BigInt(lateDays) + prior.daysLate, weight, 2),
    last_5_late_share: quotient(BigInt(lastLate), BigInt(last.length), 4),
    judged_invoice_count: BigInt(judged.length),
  }
}

// A full sort of a thousand invoices costs more than everything else; five places are enough.
function lastKnown(judged: readonly Judged[], count: number): Judged[] {
  const last: Judged[] = []
  for (const each of judged) {
    const lowest = last[count - 1]
    if (lowest && isEarlier(each, lowest)) continue
    const place = last.findIndex((other) => isEarlier(other, each))
    last.splice(place === -1 ? last.length : place, 0, each)
    if (last.length > count) last.pop()
  }
  return last
}

function isEarlier(a: Judged, b: Judged): boolean {
  if (a.knownDay !== b.knownDay) return a.knownDay < b.knownDay
  if (a.read.dueDay !== b.read.dueDay) return a.read.dueDay < b.read.dueDay
  return a.read.invoice.id < b.read.invoice.id
}
