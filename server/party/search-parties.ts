import { type RawBuilder, sql } from 'kysely'
import { foldName, searchGrams, tidyText } from '#server/party/name-keys.ts'
import { beginningWith, unlessMasked } from '#server/party/party-list.store.ts'
import { list, type Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

export type FoundParty = {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly shortName: string | null
  readonly closedOn: string | null
  /** How it was met; smaller is nearer. */
  readonly rank: number
}

const looked = 200

/**
 * Parties by what a person begins to type, nearest first: a code, credit code, name or spelling that
 * is it, then one that begins so, then names with it anywhere. `mayBeSeen` is a condition on p.
 */
export function searchParties(
  db: Reader,
  of: {
    readonly text: string
    readonly limit: number
    readonly actor: Actor
    readonly mayBeSeen: RawBuilder<unknown>
  },
): Promise<FoundParty[]> {
  const asked = tidyText(of.text)
  const key = foldName(asked)
  const compact = asked.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  const grams = searchGrams(asked)
  const codes = [...new Set([asked, asked.toUpperCase()])]
  const met = codes.map(
    (code) => sql`(select id, case when code = ${code} then 0 else 3 end
      from party.party where code like ${beginningWith(code)} order by code limit ${looked})`,
  )
  if (compact.length >= 4) {
    met.push(sql`(select party_id, case when value = ${compact} then 0 else 3 end
      from party.identifier i where value like ${beginningWith(compact)}
        ${unlessMasked(of.actor)} limit ${looked})`)
  }
  if (key !== '') {
    met.push(sql`(select party_id, case when key = ${key} then 1 when kind = 'name' then 4
        when kind = 'initials' then 5 else 6 end
      from party.search_key where key like ${beginningWith(key)} order by key limit ${looked})`)
  }
  if (grams.length > 0) {
    met.push(sql`(select party_id, 8 from party.name_index
      where grams @> ${list(grams)}::integer[] limit ${looked})`)
  }
  return db.rows(sql<FoundParty>`
    with met (id, rank) as (${sql.join(met, sql` union all `)})
    select p.id, p.code, p.name, p.short_name as "shortName", p.closed_on as "closedOn",
      min(met.rank) as rank
    from met join party.party m on m.id = met.id
    join party.party p on p.id = coalesce(m.merged_into_id, m.id)
    where ${of.mayBeSeen}
    group by p.id
    order by rank, p.closed_on is not null, length(p.name), p.code limit ${of.limit}`)
}
