import { sql } from 'kysely'
import type { Reader } from '#server/platform/database.ts'

/** Every merged duplicate with its survivor: few, beside all the parties there are. */
export function mergedPairs(db: Reader): Promise<{ duplicateId: string; survivorId: string }[]> {
  return db.rows(sql<{ duplicateId: string; survivorId: string }>`
    select id as "duplicateId", merged_into_id as "survivorId"
    from party.party where merged_into_id is not null order by id`)
}
