import type { ReviewLine, Today } from '#contract/report.ts'
import { addDays, type Day, daysBetween } from '#kernel/calendar/day.ts'
import { toDecimal } from '#kernel/money/money.ts'
import { reviewsDue } from '#server/exposure/public.ts'
import type { Context } from '#server/platform/run-command.ts'
import { type About, countMax, headsOf } from '#server/report/party-heads.ts'
import { type EndingOverride, overridesEnding } from '#server/scoring/public.ts'

const withinDays = 30

/** Limits that are to be reviewed or end soon, and grades by hand that end soon. */
export async function reviewsOf(
  { db, today }: Context,
  { linesMax, partyIds }: About,
): Promise<Today['reviews']> {
  const due = { until: addDays(today, withinDays), partyIds }
  const most = { rows: linesMax, count: countMax + 1 }
  const { count: counted, rows: limits } = await reviewsDue(db, due, most)
  const overrides = await overridesEnding(db, due, countMax)
  const head = await headsOf(db, [...limits, ...overrides.slice(0, linesMax)])
  const lines = [
    ...limits.map((row) => ({ ...limitLine(row, today), party: head(row.partyId) })),
    ...overrides
      .slice(0, linesMax)
      .map((row) => ({ ...overrideLine(row, today), party: head(row.partyId) })),
  ]
  return {
    count: Math.min(counted, countMax) + overrides.length,
    more: counted > countMax,
    withinDays,
    lines: lines.sort((a, b) => a.days - b.days).slice(0, linesMax),
  }
}

type ReviewRow = Awaited<ReturnType<typeof reviewsDue>>['rows'][number]

function limitLine(row: ReviewRow, today: Day): Omit<ReviewLine, 'party'> {
  const { currency, grade, id, level, limitMinor, limitToOn, reviewOn, segment } = row
  const ends = reviewOn === null || (limitToOn !== null && limitToOn <= reviewOn)
  const on = (ends ? limitToOn : reviewOn) ?? today
  return {
    kind: ends ? 'limit-end' : 'limit-review',
    ...{ id, level, segment, currency, grade, on },
    amount: toDecimal({ minor: limitMinor, currency }),
    days: daysBetween(today, on),
  }
}

function overrideLine(
  { expiresOn, grade, id }: EndingOverride,
  today: Day,
): Omit<ReviewLine, 'party'> {
  return {
    kind: 'override-end',
    ...{ id, level: null, segment: '', currency: null, amount: null, grade },
    on: expiresOn,
    days: daysBetween(today, expiresOn),
  }
}
