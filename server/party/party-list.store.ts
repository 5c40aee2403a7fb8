import { type RawBuilder, sql } from 'kysely'
import type { Party, PartyFilter, PartyRole } from '#contract/party.ts'
import { idsOfGroup } from '#server/party/group.store.ts'
import { privateSchemes, seesPrivate } from '#server/party/mask.ts'
import { foldName, searchGrams, tidyText } from '#server/party/name-keys.ts'
import { partyColumns } from '#server/party/party.store.ts'
import { isHandful, visibleRow } from '#server/party/visible-party.ts'
import { list, type Reader } from '#server/platform/database.ts'
import type { Actor } from '#server/platform/run-command.ts'

type Filter = Omit<PartyFilter, 'after'> & {
  actor: Actor
  limit: number
  after?: Party | undefined
}

const walkedFirst = 20_000
const triedFirst = 2_000

/**
 * Parties by code or name. Duplicates that were merged show only where they are asked for. A text
 * that many names contain is met soon when one just walks along; a rare one is looked up, and so is
 * any where hardly a party on the way is one that the actor sees.
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
  const { scope } = filter.actor
  const walked =
    scope === undefined || isHandful(scope)
      ? sql`party.party`
      : sql`(select * from party.party p where ${sql.join(anybodys(filter), sql` and `)}
          order by ${order} limit ${walkedFirst})`
  const tried = sql`select * from ${walked} p where ${conditions} order by ${order}
    limit ${triedFirst}`
  const met = await db.rows(sql<Party>`
    select ${partyColumns} from (${tried}) p where ${hasText(filter.actor, text)}
    order by ${order} limit ${limit}`)
  if (met.length === limit) return met
  return db.rows(sql<Party>`
    select ${partyColumns} from party.party p
    where ${conditions} and p.id in (${anyIdsOfText(filter.actor, text)}) order by ${order} limit ${limit}`)
}

function conditionsOf(filter: Filter): RawBuilder<unknown>[] {
  const mayBeMerged = filter.state === 'merged' || filter.state === 'all'
  return [...anybodys(filter), ...visibleRow(filter.actor, mayBeMerged)]
}

/** What is asked for, whoever asks. */
function anybodys(filter: Filter): RawBuilder<unknown>[] {
  const conditions = [stateIs(filter.state)]
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
function anyIdsOfText(actor: Actor, text: string): RawBuilder<unknown> {
  return unionOf(placesOfText(actor, text))
}

const few = 2_000

/**
 * The same for a list that is ordered and added up: ids where they are few, and where a place has
 * many of them a question that the planner can put to a whole table.
 */
export async function idsOfText(
  db: Reader,
  actor: Actor,
  text: string,
): Promise<RawBuilder<unknown>> {
  const places = placesOfText(actor, text)
  const counted = await Promise.all(
    places.map(async (place) => {
      const found = await db.rows(sql<{ id: string }>`${idsAt(place)} limit ${few + 1}`)
      return { place, ids: found.map(({ id }) => id) }
    }),
  )
  const known = list([...new Set(counted.flatMap(({ ids }) => (ids.length > few ? [] : ids)))])
  const [many, ...more] = counted.filter(({ ids }) => ids.length > few).map(({ place }) => place)
  if (!many) return sql`select unnest(${known}::uuid[])`
  // Those that are known are asked for beside the many, so that one table is looked through.
  const where = sql`(${many.where} or ${many.id} = any(${known}::uuid[]))`
  return unionOf([{ ...many, where }, ...more])
}

type Place = {
  readonly table: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
}

function unionOf(places: readonly Place[]): RawBuilder<unknown> {
  return sql.join(places.map(idsAt), sql` union all `)
}

function idsAt({ id, table, where }: Place): RawBuilder<unknown> {
  return sql`select ${id} as id from ${table} where ${where}`
}

/** Where a text may stand. */
function placesOfText(actor: Actor, text: string): Place[] {
  const { codes, identifier, key, name, grams } = readText(text)
  const [id, partyId] = [sql`id`, sql`party_id`]
  const party = sql`party.party`
  const places: Place[] = [
    ...codes.map((code) => ({ table: party, id, where: sql`code like ${code}` })),
    {
      ...{ table: sql`party.identifier i`, id: partyId },
      where: sql`i.value like ${identifier} ${unlessMasked(actor)}`,
    },
    { table: party, id, where: sql`name like ${name}` },
  ]
  if (key) {
    places.push({ table: sql`party.search_key`, id: partyId, where: sql`key like ${key}` })
  }
  if (grams.length > 0) {
    const where = sql`grams @> ${list(grams)}::integer[]`
    places.push({ table: sql`party.name_index`, id: partyId, where })
  }
  return places
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
