import { type RawBuilder, sql } from 'kysely'

type PartyOwners = {
  readonly salesperson?: string | undefined
  readonly department?: string | undefined
  readonly industry?: string | undefined
}

/**
 * The ids of the parties of a salesperson, a department, an industry, with those of their merged
 * duplicates; null where none is asked for.
 */
export function partiesOwnedBy(owners: PartyOwners): RawBuilder<{ id: string }> | null {
  const asked = (['salesperson', 'department', 'industry'] as const).flatMap((field) =>
    owners[field] === undefined ? [] : [sql`p.${sql.ref(field)} = ${owners[field]}`],
  )
  if (asked.length === 0) return null
  const own = sql`p.merged_into_id is null and ${sql.join(asked, sql` and `)}`
  return sql`select p.id from party.party p where ${own}
    union all
    select d.id from party.party p join party.party d on d.merged_into_id = p.id where ${own}`
}

/** Ids with codes, for lists of other rooms that are ordered by the customer's code. */
export const partyCodes: RawBuilder<unknown> = sql`(select id, code from party.party)`
