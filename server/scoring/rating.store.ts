import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { copyRows } from '#server/platform/copy-rows.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** A rating as it is stored; see the comments of scoring.rating. */
export type NewRating = {
  readonly partyId: string
  readonly id: string
  readonly asOf: Day
  readonly grade: string
  readonly score: number
  readonly snapshotId: string
  readonly overrideId: string | null
  readonly scorecardId: string
  readonly scaleId: string
  readonly definitionsId: string | null
  readonly engine: string
  readonly points: readonly number[]
  readonly reasons: readonly number[]
  readonly adjustments: string | null
  readonly hash: Buffer
  readonly decidedBy: string
  readonly variant: string | null
}

export async function insertRatings(tx: Transaction, ratings: Iterable<NewRating>): Promise<void> {
  await copyRows(
    tx,
    sql`copy scoring.rating (party_id, id, as_of_on, grade, score_hundredths, snapshot_id,
      override_id, scorecard_id, scale_id, engine, points, reasons, adjustments, hash,
      decided_by, definitions_id, variant) from stdin`,
    rowsOf(ratings),
  )
}

function* rowsOf(ratings: Iterable<NewRating>) {
  for (const r of ratings) {
    yield [
      r.partyId,
      r.id,
      r.asOf,
      r.grade,
      r.score,
      r.snapshotId,
      r.overrideId,
      r.scorecardId,
      r.scaleId,
      r.engine,
      `{${r.points.join(',')}}`,
      `{${r.reasons.join(',')}}`,
      r.adjustments,
      r.hash,
      r.decidedBy,
      r.definitionsId,
      r.variant,
    ]
  }
}

export type RatingRow = NewRating & { readonly recordedAt: string }

const columns = sql`
  r.party_id as "partyId", r.id, r.as_of_on as "asOf", r.grade, r.score_hundredths as score,
  r.snapshot_id as "snapshotId", r.override_id as "overrideId", r.scorecard_id as "scorecardId",
  r.scale_id as "scaleId", r.engine, r.points, r.reasons, r.adjustments, r.hash,
  r.decided_by as "decidedBy", r.recorded_at as "recordedAt",
  r.definitions_id as "definitionsId", r.variant`

/** The versions that a rating was made by; ratings before there were formulas have two. */
export function versionsOfRating(row: RatingRow): readonly string[] {
  const { definitionsId, scaleId, scorecardId } = row
  return [scorecardId, scaleId, ...(definitionsId === null ? [] : [definitionsId])]
}

/** The ratings of a party up to a day, the one that counts on it first. */
export function ratingsOfParty(
  db: Reader,
  partyId: string,
  asOf: Day,
  most = 200,
): Promise<RatingRow[]> {
  return db.rows(sql<RatingRow>`
    select ${columns} from scoring.rating r where party_id = ${partyId} and as_of_on <= ${asOf}
    order by as_of_on desc, recorded_at desc, id desc limit ${most}`)
}

/** The rating that counts as of a day for each of the parties that has one. */
export function gradesAsOf(
  db: Reader,
  partyIds: readonly string[],
  asOf: Day,
): Promise<{ partyId: string; grade: string; score: number; asOf: Day }[]> {
  return db.rows(sql<{ partyId: string; grade: string; score: number; asOf: Day }>`
    select distinct on (party_id) party_id as "partyId", grade, score_hundredths as score,
      as_of_on as "asOf"
    from scoring.rating
    where party_id = any(${list(partyIds)}::uuid[]) and as_of_on <= ${asOf}
    order by party_id, as_of_on desc, recorded_at desc, id desc`)
}

/** The rating of a party that counted on each of some days, in their order. */
export function ratingsByDay(
  db: Reader,
  partyId: string,
  days: readonly Day[],
): Promise<{ on: Day; id: string; asOf: Day; grade: string; score: number }[]> {
  return db.rows(sql<{ on: Day; id: string; asOf: Day; grade: string; score: number }>`
    select d.day as "on", r.id, r."asOf", r.grade, r.score
    from unnest(${list(days)}::date[]) as d (day)
    cross join lateral (
      select id, as_of_on as "asOf", grade, score_hundredths as score
      from scoring.rating where party_id = ${partyId} and as_of_on <= d.day
      order by as_of_on desc, recorded_at desc, id desc limit 1
    ) r
    order by d.day`)
}

/** Every stored rating, for replaying. */
export const allRatings = sql<RatingRow>`select ${columns} from scoring.rating r`
