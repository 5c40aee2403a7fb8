import { type RawBuilder, sql } from 'kysely'
import type { Party, PartyFilter, PartyRole } from '#contract/party.ts'
import { idsOfGroup } from '#server/party/group.store.ts'
import { privateSchemes, seesPrivate } from '#server/party/mask.ts'
import { foldName, searchGrams, tidyText } from '#server/party/name-keys.ts'
import { partyColumns } from '#server/party/party.store.ts'
import { visibleRow } from '#server/party/visible-party.ts'
import { list, type Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

type Filter = Omit<PartyFilter, 'after'> & {
  actor: Actor
  limit: number
  after?: Party | undefined
}

const triedFirst = 2_000

/**
 * Parties by code or name. Duplicates that were merged show only where they are asked for. A text
 * that many names contain is met soon when one just walks along; a rare one is looked up.
 */
export async function findPartyPage(db: Reader, filter: Filter): Promise<Party[]> {
  const order = filter.sort === 'name' ? sql`p.name, p.id` : sql`p.code`
  const conditions = sql.join(conditionsOf(filter), sql` and `)
  const { text, limit } = filter
  if (text === undefined) {
    return db.rows(sql<Party>`
      select ${partyColumns} from party.party p where ${conditions}
      order by ${order} limit ${limit}`)
  }
  const met = await db.rows(sql<Party>`
    select ${partyColumns} from (
      select * from party.party p where ${conditions} order by ${order} limit ${triedFirst}
    ) p where ${hasText(filter.actor, text)} order by ${order} limit ${limit}`)
  if (met.length === limit) return met
  return db.rows(sql<Party>`
    select ${partyColumns} from party.party p
    where ${conditions} and p.id in (${idsOfText(filter.actor, text)}) order by ${order} limit ${limit}`)
}

function conditionsOf(filter: Filter): RawBuilder<unknown>[] {
  const mayBeMerged = filter.state === 'merged' || filter.state === 'all'
  const conditions = [stateIs(filter.state), ...visibleRow(filter.actor, mayBeMerged)]
  const { after } = filter
  if (after && filter.sort === 'name') {
    conditions.push(sql`(p.name, p.id) > (${after.name}, ${after.id}::uuid)`)
  } else if (after) conditions.push(sql`p.code > ${after.code}`)
  const equal = ['industry', 'region', 'department', 'salesperson'] as const
  for (const field of equal) {
    if (filter[field] === undefined) continue
    conditions.push(sql`p.${sql.ref(field)} = ${filter[field]}`)
  }
  if (filter.role !== undefined) conditions.push(roleIs(filter.role))
  if (filter.group !== undefined) conditions.push(sql`p.id in (${idsOfGroup(filter.group)})`)
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

/**
 * Beginning of a code, an identifier, a name, its pinyin or its initials, or any part of a name that
 * is long enough.
 */
export function idsOfText(actor: Actor, text: string): RawBuilder<unknown> {
  const { codes, identifier, key, name, grams } = readText(text)
  const parts = [
    ...codes.map((code) => sql`select id from party.party where code like ${code}`),
    sql`select party_id from party.identifier i
      where i.value like ${identifier} ${unlessMasked(actor)}`,
    sql`select id from party.party where name like ${name}`,
  ]
  if (key) parts.push(sql`select party_id from party.search_key where key like ${key}`)
  if (grams.length > 0) {
    parts.push(sql`
      select party_id from party.name_index where grams @> ${list(grams)}::integer[]`)
  }
  return sql.join(parts, sql` union all `)
}

/** The same of one party. */
function hasText(actor: Actor, text: string): RawBuilder<unknown> {
  const { codes, identifier, key, name, grams } = readText(text)
  const parts = [
    ...codes.map((code) => sql`p.code like ${code}`),
    sql`exists (select from party.identifier i
      where i.party_id = p.id and i.value like ${identifier} ${unlessMasked(actor)})`,
    sql`p.name like ${name}`,
  ]
  if (key) {
    parts.push(sql`exists (select from party.search_key k
      where k.party_id = p.id and k.key like ${key})`)
  }
  if (grams.length > 0) {
    parts.push(sql`exists (select from party.name_index n
      where n.party_id = p.id and n.grams @> ${list(grams)}::integer[])`)
  }
  return sql`(${sql.join(parts, sql` or `)})`
}

/** Who is shown a number masked must not find it out digit by digit. */
export function unlessMasked(actor: Actor): RawBuilder<unknown> {
  return seesPrivate(actor) ? sql`` : sql`and i.scheme <> all(${list(privateSchemes)}::text[])`
}

function readText(text: string) {
  const asked = tidyText(text)
  // Signs that no name is written with are asked for as they are.
  const typed = /[_%\\]/.test(asked) ? '' : foldName(asked)
  const compact = asked.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase()
  return {
    codes: [...new Set([asked, asked.toUpperCase()])].map(beginningWith),
    identifier: beginningWith(compact),
    key: typed === '' ? null : beginningWith(typed),
    name: beginningWith(asked),
    grams: searchGrams(asked),
  }
}

export function beginningWith(text: string): string {
  return `${text.replace(/[\\%_]/g, '\\$&')}%`
}
