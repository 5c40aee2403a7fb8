import type { AgedBalance, CreditFileShown, PaidMonth } from '#contract/credit-file.ts'
import { addDays, addMonths, type Day, startOfMonth } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { divide, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { notDueLabel, overdueBuckets, unappliedCreditsLabel } from '#kernel/receivable/buckets.ts'
import type { Reader } from '#server/platform/database.ts'
import { ageBook, type TotalAgeing } from '#server/receivable/ageing.store.ts'
import { type PaidMonthRow, paidByMonth } from '#server/receivable/paid-months.store.ts'

/** What a family of parties owed on a day by how long it was overdue, per currency. */
export async function ageingOn(
  db: Reader,
  partyIds: readonly string[],
  asOf: Day,
): Promise<Omit<CreditFileShown['ageing'], 'provenance'>> {
  // Whoever asks sees this family, so that nothing else is to be left out.
  const scope = { actor: {}, asOf, currency: null, partyIds, merged: [] }
  const terms = { asOf, by: 'due', buckets: overdueBuckets } as const
  const { totals } = await ageBook(db, scope, terms, { sort: 'balance', limit: 1, after: null })
  return {
    by: 'due',
    labels: { notDue: notDueLabel, unappliedCredits: unappliedCreditsLabel },
    buckets: overdueBuckets.buckets.map((bucket) => ({ ...bucket })),
    items: totals.map(agedBalance),
  }
}

function agedBalance(row: TotalAgeing): AgedBalance {
  const { currency } = row
  const decimal = (minor: bigint) => toDecimal({ minor, currency })
  return {
    currency,
    notDue: decimal(row.notDueMinor),
    buckets: row.bucketMinors.map(decimal),
    unappliedCredits: decimal(row.unappliedCreditsMinor),
    balance: decimal(row.balanceMinor),
    overdue: decimal(row.bucketMinors.reduce((total, minor) => total + minor, 0n)),
  }
}

const monthsShown = 24

/** How receipts paid invoices month by month up to a day, and in the twelve latest together. */
export async function paymentOn(
  db: Reader,
  partyIds: readonly string[],
  asOf: Day,
): Promise<Omit<CreditFileShown['payment'], 'provenance'>> {
  const firstOf = (back: number) => addMonths(startOfMonth(asOf), -back)
  const after = addDays(firstOf(monthsShown - 1), -1)
  const rows = await paidByMonth(db, partyIds, { after, upTo: asOf })
  const latest = rows.filter(({ month }) => month >= firstOf(11).slice(0, 7))
  const totals = [...Map.groupBy(latest, ({ currency }) => currency)]
  return {
    months: rows.map((row) => ({ month: row.month, ...measured([row], row.currency) })),
    totals: totals.map(([currency, group]) => measured(group, currency)),
  }
}

function measured(rows: readonly PaidMonthRow[], currency: Currency): Omit<PaidMonth, 'month'> {
  const sum = (of: (row: PaidMonthRow) => bigint) =>
    rows.reduce((total, row) => total + of(row), 0n)
  const paid = sum((row) => row.paid)
  const average = (weighted: bigint) =>
    scaledToDecimal(divide(weighted * 100n, paid, 'half-even'), 2)
  return {
    currency,
    paid: toDecimal({ minor: paid, currency }),
    averageDaysLate: average(sum(({ lateDays }) => BigInt(lateDays))),
    averageDaysToPay: average(sum(({ payDays }) => BigInt(payDays))),
    lateShare: scaledToDecimal(divide(sum(({ late }) => late) * 10_000n, paid, 'half-even'), 4),
  }
}
