import { sql } from 'kysely'
import type { TimelineEvent } from '#contract/timeline.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { scaledToDecimal } from '#kernel/money/money.ts'
import { list } from '#server/platform/database.ts'
import { beforeByDay, type TimelineSource } from '#server/platform/timeline.ts'

type Row = {
  partyId: string
  id: string
  on: Day
  at: string
  grade: string
  score: number
  actor: string
  scorecardId: string
  gradeBefore: string | null
}

/** A customer is rated every night: of so many ratings those are told that changed the grade. */
const ratingsRead = 400

/** The first rating of a party and every change of its grade. */
export const ratingEvents: TimelineSource = {
  topics: ['rating'],
  find: async (db, asked) => {
    const before = beforeByDay(asked, sql`e.as_of_on`, sql`e.recorded_at`)
    const rows = await db.rows(sql<Row>`
      select e.party_id as "partyId", e.id, e.as_of_on as "on", e.recorded_at as at, e.grade,
        e.score_hundredths as score, e.decided_by as actor, e.scorecard_id as "scorecardId",
        lag(e.grade) over (partition by e.party_id order by e.as_of_on, e.recorded_at, e.id)
          as "gradeBefore"
      from unnest(${list(asked.partyIds)}::uuid[]) as k (party_id)
      cross join lateral (
        select * from scoring.rating e where e.party_id = k.party_id and ${before}
        order by e.as_of_on desc, e.recorded_at desc, e.id desc limit ${ratingsRead + 1}
      ) e
      order by e.as_of_on desc, e.recorded_at desc, e.id desc limit ${ratingsRead + 1}`)
    const isCut = rows.length > ratingsRead
    const seen = isCut ? rows.slice(0, -1) : rows
    const events = seen.filter((row) => row.grade !== row.gradeBefore).map(eventOf)
    return { events, floor: (isCut && seen.at(-1)) || null }
  },
}

function eventOf(row: Row): TimelineEvent {
  const { partyId, id, on, at, actor, grade, gradeBefore, scorecardId } = row
  return {
    ...{ id, topic: 'rating', kind: gradeBefore === null ? 'rating.first' : 'rating.changed' },
    ...{ on, at, actor, number: null, amount: null, currency: null },
    facts: {
      ...{ from: gradeBefore, to: grade, score: scaledToDecimal(BigInt(row.score), 2) },
      scorecardId,
    },
    ref: { kind: 'rating', partyId, id },
  }
}
