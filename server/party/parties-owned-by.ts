import { type RawBuilder, sql } from 'kysely'

export type PartyOwners = {
  readonly salesperson?: string | undefined
  readonly department?: string | undefined
  readonly industry?: string | undefined
}

/** The ids of the parties of a salesperson, a department, an industry; null where none is asked. */
export function partiesOwnedBy(owners: PartyOwners): RawBuilder<{ id: string }> | null {
  const asked = (['salesperson', 'department', 'industry'] as const).flatMap((field) =>
    owners[field] === undefined ? [] : [sql`p.${sql.ref(field)} = ${owners[field]}`],
  )
  if (asked.length === 0) return null
  return sql`select p.id from party.party p where ${sql.join(asked, sql` and `)}`
}

/** Ids with codes, for lists of other rooms that are ordered by the customer's code. */
export const partyCodes: RawBuilder<unknown> = sql`(select id, code from party.party)`
