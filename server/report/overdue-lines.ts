import type { Today } from '#contract/report.ts'
import { addDays, daysBetween } from '#kernel/calendar/day.ts'
import { toDecimal } from '#kernel/money/money.ts'
import type { Context } from '#server/platform/run-command.ts'
import { brokenPromises, overdueSince } from '#server/receivable/public.ts'
import { type About, headsOf } from '#server/report/party-heads.ts'

const overdueSinceDays = 7
const brokenSinceDays = 30

/** Invoices that became overdue within a week and are open still. */
export async function newlyOverdueOf(
  { db, today }: Context,
  { linesMax, partyIds }: About,
): Promise<Today['newlyOverdue']> {
  const within = { from: addDays(today, -overdueSinceDays), to: addDays(today, -1), partyIds }
  const { rows, totals } = await overdueSince(db, within, linesMax)
  const head = await headsOf(db, rows)
  return {
    count: totals.reduce((sum, { count }) => sum + Number(count), 0),
    more: false,
    sinceDays: overdueSinceDays,
    sinceYesterday: totals.reduce((sum, { lastDay }) => sum + Number(lastDay), 0),
    totals: totals.map(({ count, currency, minor }) => ({
      ...{ currency, count: Number(count), amount: toDecimal({ minor, currency }) },
    })),
    lines: rows.map(({ currency, dueOn, id, number, openMinor, partyId }) => ({
      party: head(partyId),
      ...{ id, number, currency, on: dueOn, days: daysBetween(dueOn, today) },
      amount: toDecimal({ minor: openMinor, currency }),
    })),
  }
}

/** Promises to pay of the last month whose day passed without as much money. */
export async function brokenPromisesOf(
  { db, today }: Context,
  { linesMax, partyIds }: About,
): Promise<Today['brokenPromises']> {
  const within = { from: addDays(today, -brokenSinceDays), to: addDays(today, -1), partyIds }
  const rows = await brokenPromises(db, within, linesMax)
  const head = await headsOf(db, rows)
  return {
    count: Number(rows[0]?.count ?? 0n),
    more: false,
    sinceDays: brokenSinceDays,
    lines: rows.map(({ amountMinor, currency, id, madeOn, missingMinor, ...row }) => ({
      party: head(row.partyId),
      ...{ id, currency, madeOn, on: row.promisedOn, note: row.note },
      amount: toDecimal({ minor: amountMinor, currency }),
      missing: toDecimal({ minor: missingMinor, currency }),
      days: daysBetween(row.promisedOn, today),
    })),
  }
}
