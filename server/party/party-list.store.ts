import { type RawBuilder, sql } from 'kysely'
import type { Party, PartyFilter, PartyRole } from '#contract/party.ts'
import { idsOfGroup } from '#server/party/group.store.ts'
import { searchGrams, tidyText } from '#server/party/name-keys.ts'
import { partyColumns } from '#server/party/party.store.ts'
import { list, type Reader } from '#server/platform/database.ts'

type Filter = Omit<PartyFilter, 'after'> & { limit: number; after?: Party | undefined }

/** Parties by code or name. Duplicates that were merged show only where they are asked for. */
export function findPartyPage(db: Reader, filter: Filter): Promise<Party[]> {
  const { after } = filter
  const byName = filter.sort === 'name'
  const start = byName
    ? after && sql`(p.name, p.id) > (${after.name}, ${after.id}::uuid)`
    : after && sql`p.code > ${after.code}`
  const conditions = [...conditionsOf(filter), ...(start ? [start] : [])]
  return db.rows(sql<Party>`
    select ${partyColumns} from party.party p where ${sql.join(conditions, sql` and `)}
    order by ${byName ? sql`p.name, p.id` : sql`p.code`} limit ${filter.limit}`)
}

function conditionsOf(filter: Filter): RawBuilder<unknown>[] {
  const conditions = [stateIs(filter.state)]
  const equal = ['industry', 'region', 'department', 'salesperson'] as const
  for (const field of equal) {
    if (filter[field] === undefined) continue
    conditions.push(sql`p.${sql.ref(field)} = ${filter[field]}`)
  }
  if (filter.role !== undefined) conditions.push(roleIs(filter.role))
  if (filter.group !== undefined) conditions.push(sql`p.id in (${idsOfGroup(filter.group)})`)
  if (filter.text !== undefined) conditions.push(sql`p.id in (${idsOfText(filter.text)})`)
  return conditions
}

function stateIs(state: PartyFilter['state']): RawBuilder<unknown> {
  switch (state) {
    case 'open':
      return sql`p.merged_into_id is null and p.closed_on is null`
    case 'closed':
      return sql`p.merged_into_id is null and p.closed_on is not null`
    case 'merged':
      return sql`p.merged_into_id is not null`
    case 'all':
      return sql`true`
    default:
      return sql`p.merged_into_id is null`
  }
}

/** Written out, not as a parameter: only so does it match the indexes of the rarer roles. */
function roleIs(role: PartyRole): RawBuilder<unknown> {
  return sql`${sql.lit(role)} = any(p.roles)`
}

/** Beginning of a code, an identifier or a name, or any part of a name that is long enough. */
function idsOfText(text: string): RawBuilder<unknown> {
  const asked = tidyText(text)
  const compact = asked.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  const grams = searchGrams(asked)
  const parts = [
    sql`select id from party.party where code like ${beginningWith(asked)}`,
    sql`select id from party.party where code like ${beginningWith(asked.toUpperCase())}`,
    sql`select party_id from party.identifier where value like ${beginningWith(compact)}`,
    sql`select id from party.party where name like ${beginningWith(asked)}`,
  ]
  if (grams.length > 0) {
    parts.push(sql`
      select party_id from party.name_index where grams @> ${list(grams)}::integer[]`)
  }
  return sql.join(parts, sql` union `)
}

function beginningWith(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`
}
