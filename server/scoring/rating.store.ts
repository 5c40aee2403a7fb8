import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { copyRows } from '#server/platform/copy-rows.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type NewRating = {
  partyId: string
  id: string
  asOf: Day
  grade: string
  score: number
  policyIds: readonly string[]
  engine: string
  inputs: string
  outcome: string
  hash: Buffer
  decidedBy: string
}

export async function insertRatings(tx: Transaction, ratings: Iterable<NewRating>): Promise<void> {
  await copyRows(
    tx,
    sql`copy scoring.rating (party_id, id, as_of_on, grade, score_hundredths, policy_ids, engine,
      inputs, outcome, hash, decided_by) from stdin`,
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
      `{${r.policyIds.join(',')}}`,
      r.engine,
      r.inputs,
      r.outcome,
      r.hash,
      r.decidedBy,
    ]
  }
}

export type RatingRow = {
  partyId: string
  id: string
  asOf: Day
  grade: string
  score: number
  policyIds: string[]
  engine: string
  inputs: string
  outcome: string
  hash: Buffer
  decidedBy: string
  recordedAt: string
}

const columns = sql`
  party_id as "partyId", id, as_of_on as "asOf", grade, score_hundredths as score,
  policy_ids as "policyIds", engine, inputs, outcome, hash, decided_by as "decidedBy",
  recorded_at as "recordedAt"`

/** All ratings of a party, the one that counts today first. */
export function ratingsOfParty(db: Reader, partyId: string): Promise<RatingRow[]> {
  return db.rows(sql<RatingRow>`
    select ${columns} from scoring.rating where party_id = ${partyId}
    order by as_of_on desc, recorded_at desc, id desc limit 200`)
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

/** Every stored rating, for replaying. */
export const allRatings = sql<RatingRow>`select ${columns} from scoring.rating`
