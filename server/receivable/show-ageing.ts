import type { Ageing, AgeingQuery } from '#contract/ageing.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { PartyLabel } from '#contract/receivable.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { ExchangeRate } from '#kernel/money/convert.ts'
import { divide, scaledToDecimal, toDecimal } from '#kernel/money/money.ts'
import { notDueLabel, unappliedCreditsLabel } from '#kernel/receivable/buckets.ts'
import { ratedCurrencies, ratesBetween } from '#server/company/public.ts'
import { mergedPairs } from '#server/party/public.ts'
import { cursorText, idPart, readCursor, textPart } from '#server/platform/page-cursor.ts'
import { readCurrency } from '#server/platform/read-fields.ts'
import type { Context } from '#server/platform/run-command.ts'
import {
  type AgeingPage,
  type AgeingSort,
  ageBook,
  type PartyAgeing,
  type TotalAgeing,
} from '#server/receivable/ageing.store.ts'
import { factorOf } from '#server/receivable/converted.ts'
import { labelsOf } from '#server/receivable/party-labels.ts'
import { readAgeing } from '#server/receivable/read-ageing.ts'

/** The ageing of the book or of one party as of a day: totals per currency, a page of customers. */
export async function showAgeing(context: Context, query: AgeingQuery): Promise<Ageing | Refusal> {
  const asked = await readAgeing(context, query)
  if (isRefusal(asked)) return asked
  const page = readPage(query, asked.terms.buckets.buckets.length)
  if (isRefusal(page)) return page
  const rates = await readRates(context, query.convertTo, asked.terms.asOf)
  if (isRefusal(rates)) return rates
  const scope = {
    ...asked.scope,
    merged: await mergedPairs(context.db),
    owners: query,
    factors: rates.map(factorOf),
  }
  const { rows, totals } = await context.db.snapshot((reader) =>
    ageBook(reader, scope, asked.terms, page),
  )
  const labels = await labelsOf(context.db, rows)
  const last = rows.length === page.limit ? rows.at(-1) : undefined
  return {
    asOf: asked.terms.asOf,
    by: asked.terms.by,
    unit: asked.terms.buckets.unit,
    rates: rates.map(rateReply),
    labels: { notDue: notDueLabel, unappliedCredits: unappliedCreditsLabel },
    buckets: asked.terms.buckets.buckets.map((bucket) => ({ ...bucket })),
    totals: totals.map((total) => totalReply(total)),
    rows: rows.map((row) => rowReply(row, totals, labels)),
    next: last ? cursorText(last.currency, last.sortKey, last.partyId) : null,
  }
}

function readPage(query: AgeingQuery, buckets: number): AgeingPage | Refusal {
  const text = query.sort ?? '-balance'
  const name = text.replace(/^-/, '')
  const sort = (/^\d/.test(name) ? Number(name) : name) as AgeingSort
  if (typeof sort === 'number' && (sort < 1 || sort > buckets)) {
    const zh = `排序：没有第 ${sort} 个账龄区间。`
    return refuse('invalid-input', `sort: there is no bucket ${sort}.`, { zh })
  }
  const key = sort === 'customer' ? textPart : /^-?\d{1,20}$/
  const cursor = readCursor(query.after, [/^[A-Z]{3}$/, key, idPart])
  if (isRefusal(cursor)) return cursor
  const [currency = '', last = '', partyId = ''] = cursor ?? []
  return {
    sort,
    isAscending: !text.startsWith('-'),
    limit: query.limit ?? 50,
    after: cursor ? { currency, key: last, partyId } : null,
  }
}

/** What every currency that has a rate on the day is worth in the one asked for. */
async function readRates(
  { db }: Context,
  code: string | undefined,
  asOf: Day,
): Promise<readonly ExchangeRate[] | Refusal> {
  if (code === undefined) return []
  const to = readCurrency(code, 'convertTo')
  if (isRefusal(to)) return to
  const others = (await ratedCurrencies(db)).filter((from) => from !== to)
  return ratesBetween(
    db,
    others.map((from) => ({ from, to })),
    asOf,
  )
}

function rateReply({ denominator, from, numerator, rateOn, to }: ExchangeRate) {
  const rate = scaledToDecimal(divide(numerator * 10n ** 8n, denominator, 'half-up'), 8)
  return { from, to, rate, rateOn }
}

function columnsOf(row: PartyAgeing | TotalAgeing) {
  const decimal = (minor: bigint) => toDecimal({ minor, currency: row.currency })
  return {
    currency: row.currency,
    notDue: decimal(row.notDueMinor),
    buckets: row.bucketMinors.map(decimal),
    unappliedCredits: decimal(row.unappliedCreditsMinor),
    balance: decimal(row.balanceMinor),
    overdue: decimal(row.overdueMinor),
    oldestDays: row.oldestDays,
  }
}

function totalReply(total: TotalAgeing): Ageing['totals'][number] {
  const share = (minor: bigint) => shareOf(minor, total.balanceMinor)
  return {
    ...columnsOf(total),
    customers: total.customers,
    shares: {
      notDue: share(total.notDueMinor),
      buckets: total.bucketMinors.map(share),
      unappliedCredits: share(total.unappliedCreditsMinor),
    },
  }
}

function rowReply(
  row: PartyAgeing,
  totals: readonly TotalAgeing[],
  labels: (partyId: string) => PartyLabel,
): Ageing['rows'][number] {
  const total = totals.find(({ currency }) => currency === row.currency)
  return {
    party: labels(row.partyId),
    ...columnsOf(row),
    share: shareOf(row.balanceMinor, total?.balanceMinor ?? 0n),
  }
}

function shareOf(minor: bigint, totalMinor: bigint): string {
  if (totalMinor === 0n) return '0.0000'
  return scaledToDecimal(divide(minor * 10_000n, totalMinor, 'half-even'), 4)
}
