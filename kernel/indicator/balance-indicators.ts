import { addDays, type Day, laterOf } from '#kernel/calendar/day.ts'
import { amount2, indicatorFrom, percent4 } from '#kernel/indicator/define-indicator.ts'
import type { Indicator, IndicatorValues } from '#kernel/indicator/indicator.ts'
import type { LedgerReading } from '#kernel/indicator/ledger-reading.ts'
import { openTally, quotient, tallyUp, totalOf } from '#kernel/indicator/tally.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Money, money } from '#kernel/money/money.ts'
import type { LimitPeriod } from '#kernel/receivable/history.ts'

const ledger = indicatorFrom('ledger')

/** What the party owes now, and how much of its limit that takes. */
export const balanceIndicators: readonly Indicator[] = [
  ledger(
    'balance_now',
    amount2,
    ['应收余额', 'Balance'],
    ['未付发票减去未核销贷项。', 'Open invoices less unapplied credits.'],
  ),
  ledger(
    'overdue_amount_now',
    amount2,
    ['当前逾期金额', 'Overdue amount'],
    ['到期日已过的未付金额。', 'What is open of invoices past their due day.'],
  ),
  ledger(
    'unapplied_credits_now',
    amount2,
    ['未核销贷项', 'Unapplied credits'],
    [
      '尚未核销到发票的收款和贷项。',
      'Receipts and credit notes that are not set against an invoice.',
    ],
  ),
  ledger(
    'overdue_share_now',
    percent4,
    ['逾期占比', 'Overdue share'],
    [
      '逾期金额占未付发票金额的比例；开过票而无未付为0。',
      'Overdue in all that is open of invoices; 0 where nothing is open.',
    ],
  ),
  ledger(
    'overdue_share_over_60',
    percent4,
    ['逾期60天以上占比', 'Share overdue over 60 days'],
    [
      '逾期超过60天的金额占未付发票金额的比例。',
      'More than 60 days overdue in all that is open of invoices.',
    ],
  ),
  ledger(
    'limit_utilisation_now',
    percent4,
    ['额度使用率', 'Limit utilisation'],
    [
      '应收余额占有效信用额度的比例，余额为负按0；无额度或额度为零则无值。',
      'Balance as a share of the limit in force, at least 0; no value without a limit or at zero.',
    ],
  ),
  ledger(
    'limit_utilisation_peak_3m',
    percent4,
    ['近3月额度使用率峰值', 'Peak limit utilisation, 3 months'],
    [
      '近3个月每日余额与当日额度之比的最高值，外币按今日汇率。',
      'The highest share of the limit in force that a day’s balance took in 3 months.',
    ],
  ),
]

export function balanceOf(reading: LedgerReading): IndicatorValues {
  const open = openTally()
  const overdue = openTally()
  const over60 = openTally()
  const unapplied = openTally()
  for (const { openMinor, dueDay } of reading.invoices) {
    tallyUp(open, openMinor)
    if (dueDay < reading.asOfDay) tallyUp(overdue, openMinor)
    if (dueDay < reading.asOfDay - 60) tallyUp(over60, openMinor)
  }
  for (const { unappliedMinor } of reading.credits) tallyUp(unapplied, unappliedMinor)
  const openMinor = totalOf(open)
  const unappliedMinor = totalOf(unapplied)
  const balance = openMinor === null || unappliedMinor === null ? null : openMinor - unappliedMinor
  const isClear = openMinor === 0n && reading.invoices.length > 0
  const now = utilisationOf(balance, limitOn(reading, reading.windows.asOf))
  return {
    balance_now: balance,
    overdue_amount_now: totalOf(overdue),
    unapplied_credits_now: unappliedMinor,
    overdue_share_now: isClear ? 0n : quotient(totalOf(overdue), openMinor, 4),
    overdue_share_over_60: isClear ? 0n : quotient(totalOf(over60), openMinor, 4),
    limit_utilisation_now: now,
    limit_utilisation_peak_3m: balance === null ? null : peakOf(reading, now),
  }
}

function utilisationOf(balance: bigint | null, limit: bigint | null): bigint | null {
  return quotient(balance !== null && balance < 0n ? 0n : balance, limit, 4)
}

// Of overlapping limits the one granted last is in force.
function limitOn({ history, windows, toAccount }: LedgerReading, on: Day): bigint | null {
  let current: LimitPeriod | null = null
  for (const limit of history.limits) {
    if (limit.fromOn > on || (limit.toOn !== null && limit.toOn < on)) continue
    if (current === null || limit.fromOn >= current.fromOn) current = limit
  }
  if (current === null) return null
  const { fromOn, amountMinor, currency } = current
  return toAccount(`limit from ${fromOn}`, amountMinor, currency, windows.asOf)
}

/**
 * The balance of a day needs no allocations: it is the invoices less the credits in force. Limits
 * and balances only change on days with an event, so these days and the first one are enough.
 */
function peakOf(reading: LedgerReading, now: bigint | null): bigint | null {
  const { history, windows } = reading
  if (history.limits.length === 0) return null
  const changes = balanceChangesOf(reading)
  const first = addDays(windows.m3, 1)
  const touch = (on: Day) => {
    if (on >= first && on <= windows.asOf && !changes.has(on)) changes.set(on, [])
  }
  touch(first)
  for (const { fromOn, toOn } of history.limits) {
    touch(fromOn)
    if (toOn !== null) touch(addDays(toOn, 1))
  }
  const balances = new Map<Currency, bigint>()
  let peak = now
  for (const on of [...changes.keys()].sort()) {
    for (const { currency, minor } of changes.get(on) ?? []) {
      balances.set(currency, (balances.get(currency) ?? 0n) + minor)
    }
    if (on < first) continue
    const balance = accountBalanceOf(balances, reading)
    if (balance === null) return null
    const share = utilisationOf(balance, limitOn(reading, on))
    if (share !== null && (peak === null || share > peak)) peak = share
  }
  return peak
}

function accountBalanceOf(
  balances: ReadonlyMap<Currency, bigint>,
  { terms }: LedgerReading,
): bigint | null {
  const total = openTally()
  for (const [currency, minor] of balances) {
    const isOwn = currency === terms.currency || minor === 0n
    tallyUp(total, isOwn ? minor : terms.convert(money(minor, currency), terms.asOf))
  }
  return totalOf(total)
}

// What came before the window is one change on the day before its first.
function balanceChangesOf({ history, windows }: LedgerReading): Map<Day, Money[]> {
  const changes = new Map<Day, Money[]>()
  const post = (on: Day, minor: bigint, currency: Currency) => {
    if (on > windows.asOf) return
    const day = laterOf(on, windows.m3)
    const before = changes.get(day)
    if (before) before.push(money(minor, currency))
    else changes.set(day, [money(minor, currency)])
  }
  for (const { amountMinor, currency, issuedOn, voidedOn } of history.invoices) {
    post(issuedOn, amountMinor, currency)
    if (voidedOn !== null) post(laterOf(voidedOn, issuedOn), -amountMinor, currency)
  }
  for (const { amountMinor, currency, effectiveOn, voidedOn } of history.credits) {
    post(effectiveOn, -amountMinor, currency)
    if (voidedOn !== null) post(laterOf(voidedOn, effectiveOn), amountMinor, currency)
  }
  return changes
}
