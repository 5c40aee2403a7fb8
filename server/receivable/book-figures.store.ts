import { sql } from 'kysely'
import { addDays, addMonths, type Day, startOfMonth } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { overdueBuckets } from '#kernel/receivable/buckets.ts'
import type { Reader } from '#server/platform/database.ts'
import { ageBook } from '#server/receivable/ageing.store.ts'
import { type MonthlySales, monthlySales } from '#server/receivable/sales.store.ts'

type BookFigures = {
  readonly totals: readonly {
    readonly currency: Currency
    /** Open invoices less unapplied credits. */
    readonly balanceMinor: bigint
    readonly notDueMinor: bigint
    readonly overdueMinor: bigint
  }[]
  readonly sales12m: readonly MonthlySales[]
  /** Of the month of the day and the 23 before it. */
  readonly sales24Months: readonly MonthlySales[]
  readonly writtenOff12m: readonly { readonly currency: Currency; readonly minor: bigint }[]
}

/** The whole book at the end of a day, and what was sold and written off before it, by currency. */
export async function bookFigures(db: Reader, asOf: Day): Promise<BookFigures> {
  const scope = { actor: {}, asOf, currency: null, partyIds: null, merged: [] }
  const terms = { asOf, by: 'due', buckets: overdueBuckets } as const
  const { totals } = await ageBook(db, scope, terms, { sort: 'balance', limit: 1, after: null })
  const year = { after: addMonths(asOf, -12), upTo: asOf }
  const firstMonth = addMonths(startOfMonth(asOf), -23)
  return {
    totals: totals.map(({ balanceMinor, bucketMinors, currency, notDueMinor }) => ({
      ...{ currency, balanceMinor, notDueMinor },
      overdueMinor: bucketMinors.reduce((total, minor) => total + minor, 0n),
    })),
    sales12m: await monthlySales(db, { actor: {}, ...year }),
    sales24Months: await monthlySales(db, {
      actor: {},
      after: addDays(firstMonth, -1),
      upTo: asOf,
    }),
    writtenOff12m: await writtenOff(db, year),
  }
}

/** What was written off after one day up to and with another and not taken back by then. */
function writtenOff(
  db: Reader,
  period: { readonly after: Day; readonly upTo: Day },
): Promise<{ currency: Currency; minor: bigint }[]> {
  return db.rows(sql<{ currency: Currency; minor: bigint }>`
    select currency, sum(amount_minor)::bigint as minor from receivable.credit
    where kind = 'write-off' and effective_on > ${period.after} and effective_on <= ${period.upTo}
      and (voided_on is null or voided_on > ${period.upTo})
    group by currency`)
}
