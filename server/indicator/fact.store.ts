import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type FactRow = {
  partyId: string
  id: string
  indicator: string
  value: string | null
  currency: string | null
  effectiveOn: Day
  source: string
  recordedBy: string
}

export async function insertFacts(tx: Transaction, facts: readonly FactRow[]): Promise<void> {
  if (facts.length === 0) return
  const pick = <Value>(of: (fact: FactRow) => Value) => list(facts.map(of))
  await tx.run(sql`
    insert into indicator.fact
      (party_id, id, indicator, value, currency, effective_on, source, recorded_by)
    select * from unnest(
      ${pick((f) => f.partyId)}::uuid[], ${pick((f) => f.id)}::uuid[],
      ${pick((f) => f.indicator)}::text[], ${pick((f) => f.value)}::text[],
      ${pick((f) => f.currency)}::text[], ${pick((f) => f.effectiveOn)}::date[],
      ${pick((f) => f.source)}::text[], ${pick((f) => f.recordedBy)}::text[])`)
}

/**
 * Per party and indicator the value that counts as of a day. What was recorded after that day for
 * an earlier one is seen only where hindsight is: who learns from the past must not see it.
 */
export function factsAsOf(
  db: Reader,
  partyIds: readonly string[],
  asOf: Day,
  isHindsightSeen = true,
): Promise<(FactRow & { recordedAt: string })[]> {
  return db.rows(sql<FactRow & { recordedAt: string }>`
    select distinct on (party_id, indicator) party_id as "partyId", id, indicator, value, currency,
      effective_on as "effectiveOn", source, recorded_by as "recordedBy",
      recorded_at as "recordedAt"
    from indicator.fact
    where party_id = any(${list(partyIds)}::uuid[]) and effective_on <= ${asOf}
      and (${isHindsightSeen} or recorded_at < ${asOf}::date + 1)
    order by party_id, indicator, effective_on desc, recorded_at desc, id desc`)
}
