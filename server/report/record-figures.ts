import { addDays, addMonths, type Day, endOfMonth } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { measureDso } from '#kernel/report/figure-facts.ts'
import { holdFigures } from '#server/check/public.ts'
import { findCompany, rateBookAsOf } from '#server/company/public.ts'
import { creditTotals } from '#server/exposure/public.ts'
import { limitTotalsAsOf } from '#server/limit/public.ts'
import { announce } from '#server/platform/announce.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Progress } from '#server/platform/job.ts'
import type { Context } from '#server/platform/run-command.ts'
import { bookFigures } from '#server/receivable/public.ts'
import { type FigureDay, figureDays, putFigureDay } from '#server/report/figure-day.store.ts'
import { salesMonths } from '#server/report/sales-months.ts'

/** The days of the trend: twelve ends of months before today's, and the day a month ago. */
export function trendDays(today: Day): { ends: Day[]; monthAgo: Day } {
  const ends = Array.from({ length: 12 }, (_, back) => endOfMonth(addMonths(today, back - 12)))
  return { ends, monthAgo: addMonths(today, -1) }
}

/**
 * Records what the figures of today are made of, and once a day those of the days of the trend anew:
 * they are told from the book as it now says it was, so an import of past invoices shows in all of
 * them. `anew` does so at once.
 */
export async function recordFigures(
  context: Context,
  { anew = false }: { readonly anew?: boolean } = {},
  progress: Progress = async () => {},
): Promise<{ recorded: Day[] }> {
  const { db, today } = context
  const { ends, monthAgo } = trendDays(today)
  const past = [...new Set([...ends, monthAgo, addDays(today, -1)])].sort()
  const told = new Map((await figureDays(db, past)).map((row) => [row.on, row]))
  const isFresh = (on: Day) => told.get(on)?.toldOn === today
  const days = [...past.filter((on) => anew || !isFresh(on)), today]
  for (const [at, on] of days.entries()) {
    const row = await db.snapshot((reader) =>
      figureDayOf(reader, { on, today, earlier: told.get(on) }),
    )
    await db.transaction(async (tx) => {
      await putFigureDay(tx, row, today)
      await announce(tx, [{ kind: 'figure.recorded' }])
    })
    await progress(at + 1, days.length)
  }
  return { recorded: days }
}

async function figureDayOf(
  db: Reader,
  of: { readonly on: Day; readonly today: Day; readonly earlier: FigureDay | undefined },
): Promise<FigureDay> {
  const { on } = of
  const company = await findCompany(db)
  const currency = (company?.baseCurrency ?? 'CNY') as Currency
  const rates = await rateBookAsOf(db, on)
  const unvalued = new Set<Currency>()
  const valued = (minor: bigint, from: Currency): bigint => {
    const value = minor === 0n ? 0n : rates.convert({ minor, currency: from }, currency, on)
    if (value === null) unvalued.add(from)
    return value ?? 0n
  }
  const sum = <Row extends { currency: Currency }>(
    rows: readonly Row[],
    of: (row: Row) => bigint,
  ) => rows.reduce((total, row) => total + valued(of(row), row.currency), 0n)
  const minorOf = ({ minor }: { minor: bigint }) => minor
  const book = await bookFigures(db, on)
  const receivableMinor = sum(book.totals, ({ balanceMinor }) => balanceMinor)
  const sales12mMinor = sum(book.sales12m, ({ salesMinor }) => salesMinor)
  const credit = await creditOf(db, of, (rows) => sum(rows, minorOf))
  const holds = await holdFigures(db, on, company?.timeZone ?? 'Asia/Shanghai')
  return {
    ...{ on, currency, receivableMinor, sales12mMinor },
    notDueMinor: sum(book.totals, ({ notDueMinor }) => notDueMinor),
    overdueMinor: sum(book.totals, ({ overdueMinor }) => overdueMinor),
    writtenOff12mMinor: sum(book.writtenOff12m, minorOf),
    ...measureDso(receivableMinor, salesMonths(book.sales24Months, on, valued), sales12mMinor),
    ...credit,
    holdsWaiting: holds.waiting,
    holdsOpened30d: holds.opened30d,
    holdsEnded30d: holds.ended30d,
    holdHoursMedianTenths: holds.medianTenths,
    holdHoursP90Tenths: holds.p90Tenths,
    unvaluedCurrencies: [...unvalued].sort(),
  }
}

/**
 * Limits and exposure: the accounts know now only, so of an earlier day stays what it was recorded
 * with, and of a day before figures were kept there are the limits that policies granted.
 */
async function creditOf(
  db: Reader,
  { earlier, on, today }: Parameters<typeof figureDayOf>[1],
  sum: (rows: readonly { currency: Currency; minor: bigint }[]) => bigint,
): Promise<Pick<FigureDay, 'limitMinor' | 'exposureMinor'>> {
  if (on === today) {
    const { exposures, limits } = await creditTotals(db, on)
    return { limitMinor: sum(limits), exposureMinor: sum(exposures) }
  }
  if (earlier && earlier.exposureMinor !== null) {
    return { limitMinor: earlier.limitMinor, exposureMinor: earlier.exposureMinor }
  }
  return { limitMinor: sum(await limitTotalsAsOf(db, on)), exposureMinor: null }
}
