import { sql } from 'kysely'
import type { IdentifierScheme } from '#kernel/party/check-identifier.ts'
import { type NameKeys, nameKeysOf } from '#server/party/name-keys.ts'
import { searchKeysOf, sortNameOf } from '#server/party/spell-name.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** A party with every name under which it is to be found; its own comes first. */
export type NamedParty = {
  readonly partyId: string
  readonly names: readonly string[]
  readonly shortName: string | null
}

export async function insertNameKeys(
  tx: Transaction,
  parties: readonly NamedParty[],
): Promise<void> {
  const rows: (NameKeys & { partyId: string; sortName: string })[] = []
  const keys: { partyId: string; kind: string; key: string }[] = []
  for (const { partyId, names, shortName } of parties) {
    const typed = shortName === null ? names : [...names, shortName]
    rows.push({ partyId, ...nameKeysOf(names, shortName), sortName: sortNameOf(names[0] ?? '') })
    for (const key of searchKeysOf(typed)) keys.push({ partyId, ...key })
  }
  await tx.run(sql`
    insert into party.name_index (party_id, grams, blocks, sort_name)
    select "partyId", grams, blocks, "sortName" from json_to_recordset(${JSON.stringify(rows)}::json)
      as r ("partyId" uuid, grams integer[], blocks integer[], "sortName" text)
    on conflict (party_id) do update
      set grams = excluded.grams, blocks = excluded.blocks, sort_name = excluded.sort_name`)
  await tx.run(sql`
    delete from party.search_key
    where party_id = any(${list(parties.map(({ partyId }) => partyId))}::uuid[])`)
  await tx.run(sql`
    insert into party.search_key (party_id, kind, key)
    select "partyId", kind, key from json_to_recordset(${JSON.stringify(keys)}::json)
      as r ("partyId" uuid, kind text, key text)`)
}

/** Files parties anew after one of their names changed. */
export async function refreshNameKeys(tx: Transaction, partyIds: readonly string[]): Promise<void> {
  const rows = await tx.rows(sql<NamedParty>`
    select p.id as "partyId", p.short_name as "shortName",
      p.name || array(select n.name from party.other_name n where n.party_id = p.id) as names
    from party.party p where p.id = any(${list(partyIds)}::uuid[])`)
  await insertNameKeys(tx, rows)
}

/** Parties that were filed before names were spelled in pinyin. */
export async function partiesToSpell(db: Reader, most: number): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select party_id as id from party.name_index where sort_name is null limit ${most}`)
  return rows.map(({ id }) => id)
}

export type Identity = {
  id: string
  code: string
  name: string
  otherNames: string[]
  identifiers: { scheme: IdentifierScheme; value: string }[]
  accounts: string[]
}

/** What tells parties apart, for judging duplicates. */
export function findIdentities(db: Reader, ids: readonly string[]): Promise<Identity[]> {
  return db.rows(sql<Identity>`
    select p.id, p.code, p.name,
      array(select n.name from party.other_name n where n.party_id = p.id) as "otherNames",
      (select coalesce(json_agg(json_build_object('scheme', i.scheme, 'value', i.value)), '[]')
        from party.identifier i where i.party_id = p.id) as identifiers,
      array(select a.account_number from party.bank_account a
        where a.party_id = p.id) as accounts
    from party.party p where p.id = any(${list(ids)}::uuid[])`)
}

const candidatesMax = 300

/** Parties that share a code, an account or a spelling of the name with this one, likeliest first. */
export async function candidatesFor(db: Reader, partyId: string): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    with own as (select blocks from party.name_index where party_id = ${partyId}),
    own_code as (select scheme, value from party.identifier where party_id = ${partyId}),
    found (id, weight) as (
      select i.party_id, 1000 from own_code o join party.identifier i on i.value = o.value
      union all
      select i.party_id, 1000 from own_code o
      join party.identifier i on i.value = substr(o.value, 9, 9) where o.scheme = 'uscc'
      union all
      select i.party_id, 1000 from own_code o
      join party.identifier i on substr(i.value, 9, 9) = o.value and i.scheme = 'uscc'
      where o.scheme = 'organisation-code'
      union all
      select b.party_id, 1000 from party.bank_account a
      join party.bank_account b on b.account_number = a.account_number
      where a.party_id = ${partyId}
      union all
      select n.party_id, (select count(*) from unnest(n.blocks) block
        where block = any((select blocks from own)::integer[]))
      from party.name_index n where n.blocks && (select blocks from own)
    )
    select f.id from found f join party.party p on p.id = f.id
    where f.id <> ${partyId} and p.merged_into_id is null
    group by f.id order by sum(f.weight) desc, f.id limit ${candidatesMax}`)
  return rows.map((row) => row.id)
}

/**
 * Pairs of parties worth comparing: one code, one account, or one key of their names. A key under
 * which more than fifty are filed says nothing; duplicates among them meet under a rarer one.
 */
export function candidatePairs() {
  return sql<{ a: string; b: string }>`
    with standing as materialized (select id from party.party where merged_into_id is null),
    filed (key, id) as materialized (
      select 'n' || unnest(n.blocks), s.id from standing s
      join party.name_index n on n.party_id = s.id
      union all
      select 'c' || i.value, s.id from standing s join party.identifier i on i.party_id = s.id
      where i.scheme <> 'customer-code'
      union all
      select 'c' || substr(i.value, 9, 9), s.id from standing s
      join party.identifier i on i.party_id = s.id where i.scheme = 'uscc'
      union all
      select 'a' || a.account_number, s.id from standing s
      join party.bank_account a on a.party_id = s.id
    ),
    telling as (
      select array_agg(id) as ids from filed group by key having count(*) between 2 and 50
    )
    select distinct a, b from telling, unnest(ids) a, unnest(ids) b where a < b order by a, b`
}
