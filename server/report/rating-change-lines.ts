import { isRefusal } from '#contract/problem.ts'
import type { RatingChangeLine, Today } from '#contract/report.ts'
import { addDays, daysBetween } from '#kernel/calendar/day.ts'
import type { Reader } from '#server/platform/database.ts'
import { countDatedEvents, datedEvents } from '#server/platform/event.store.ts'
import type { Context } from '#server/platform/run-command.ts'
import { publishedScoring } from '#server/policy/public.ts'
import { type About, countMax, headsOf } from '#server/report/party-heads.ts'

const sinceDays = 7

/** Customers whose grade became another one within a week, the latest first. */
export async function ratingChangesOf(
  { db, today }: Context,
  { linesMax, partyIds }: About,
): Promise<Today['ratingChanges']> {
  const wanted = { kind: 'rating.changed', from: addDays(today, -sinceDays), partyIds }
  const events = await datedEvents<{ from: string; to: string }>(db, wanted, linesMax)
  const counted = await countDatedEvents(db, wanted, countMax + 1)
  const head = await headsOf(db, events)
  const directionOf = await directions(db)
  return {
    count: Math.min(counted, countMax),
    more: counted > countMax,
    sinceDays,
    lines: events.map(({ facts: { asOf, from, to }, id, partyId }) => ({
      party: head(partyId),
      ...{ id, from, to, direction: directionOf(from, to), on: asOf },
      days: Math.max(0, daysBetween(asOf, today)),
    })),
  }
}

/** By the scale that is published now; a grade of an older scale may be unknown to it. */
async function directions(
  db: Reader,
): Promise<(from: string, to: string) => RatingChangeLine['direction']> {
  const published = await publishedScoring(db)
  if (isRefusal(published)) return () => 'unknown'
  const places = new Map(published.scale.grades.map(({ code }, place) => [code, place]))
  return (from, to) => {
    const [before, after] = [places.get(from), places.get(to)]
    if (before === undefined || after === undefined) return 'unknown'
    return after < before ? 'up' : 'down'
  }
}
