import { type RawBuilder, sql } from 'kysely'
import type { Party, PartyHead, PartyRole } from '#contract/party.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export const partyColumns = sql`
  p.id, p.code, p.name, p.short_name as "shortName", p.roles, p.industry, p.region, p.country,
  p.department, p.salesperson, p.currency, p.terms, p.since_on as "sinceOn",
  p.founded_on as "foundedOn", p.group_parent_id as "groupParentId", p.payer_id as "payerId",
  p.merged_into_id as "mergedIntoId", p.closed_on as "closedOn", p.note,
  p.import_batch_id as "importBatchId", p.created_at as "createdAt"`

export const headColumns = sql`p.id, p.code, p.name`

export function findParty(db: Reader, id: string): Promise<Party | undefined> {
  return db.row(sql<Party>`select ${partyColumns} from party.party p where p.id = ${id}`)
}

export function findParties(db: Reader, ids: readonly string[]): Promise<Party[]> {
  return db.rows(sql<Party>`
    select ${partyColumns} from party.party p where p.id = any(${list(ids)}::uuid[])
    order by p.code`)
}

/** Locks the rows in the order of their ids, so that two commands never wait for each other. */
export function lockParties(tx: Transaction, ids: readonly string[]): Promise<Party[]> {
  return tx.rows(sql<Party>`
    select ${partyColumns} from party.party p where p.id = any(${list(ids)}::uuid[])
    order by p.id for update`)
}

export function findPartyByCode(db: Reader, code: string): Promise<Party | undefined> {
  return db.row(sql<Party>`select ${partyColumns} from party.party p where p.code = ${code}`)
}

/** Parties whose present or other name has this key, with every name that may be meant. */
export function findByNameKey(
  db: Reader,
  keys: readonly string[],
): Promise<(PartyHead & { key: string; matched: string; survivorId: string })[]> {
  return db.rows(sql<PartyHead & { key: string; matched: string; survivorId: string }>`
    select ${headColumns}, f.key, f.matched, coalesce(p.merged_into_id, p.id) as "survivorId"
    from (
      select id, name_key as key, name as matched from party.party
      where name_key = any(${list(keys)}::text[])
      union
      select party_id, name_key, name from party.other_name
      where name_key = any(${list(keys)}::text[])
    ) f join party.party p on p.id = f.id
    order by p.code`)
}

export function findByCodes(
  db: Reader,
  codes: readonly string[],
): Promise<(PartyHead & { survivorId: string })[]> {
  return db.rows(sql<PartyHead & { survivorId: string }>`
    select ${headColumns}, coalesce(p.merged_into_id, p.id) as "survivorId"
    from party.party p where p.code = any(${list(codes)}::text[])`)
}

export type PartyFields = {
  code: string
  name: string
  nameKey: string
  shortName: string | null
  roles: readonly PartyRole[]
  industry: string | null
  region: string | null
  country: string | null
  department: string | null
  salesperson: string | null
  currency: string | null
  terms: string | null
  sinceOn: string | null
  foundedOn: string | null
  groupParentId: string | null
  payerId: string | null
  closedOn: string | null
  note: string | null
}

export type PartyInsert = PartyFields & { id: string; importBatchId: string | null }

export async function insertPartyRows(
  tx: Transaction,
  rows: readonly PartyInsert[],
): Promise<void> {
  await tx.run(sql`
    insert into party.party (id, code, name, name_key, short_name, roles, industry, region, country,
      department, salesperson, currency, terms, since_on, founded_on, group_parent_id, payer_id,
      closed_on, note, import_batch_id)
    select id, code, name, "nameKey", "shortName", roles, industry, region, country, department,
      salesperson, currency, terms, "sinceOn", "foundedOn", "groupParentId", "payerId", "closedOn",
      note, "importBatchId"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r (
      id uuid, code text, name text, "nameKey" text, "shortName" text, roles text[], industry text,
      region text, country text, department text, salesperson text, currency text, terms text,
      "sinceOn" date, "foundedOn" date, "groupParentId" uuid, "payerId" uuid, "closedOn" date,
      note text, "importBatchId" uuid)`)
}

const columnOf: Record<Exclude<keyof PartyFields, 'roles'>, string> = {
  code: 'code',
  name: 'name',
  nameKey: 'name_key',
  shortName: 'short_name',
  industry: 'industry',
  region: 'region',
  country: 'country',
  department: 'department',
  salesperson: 'salesperson',
  currency: 'currency',
  terms: 'terms',
  sinceOn: 'since_on',
  foundedOn: 'founded_on',
  groupParentId: 'group_parent_id',
  payerId: 'payer_id',
  closedOn: 'closed_on',
  note: 'note',
}

/** Sets the fields that are given and no other. */
export async function updateParty(
  tx: Transaction,
  id: string,
  { roles, ...fields }: Partial<PartyFields>,
): Promise<void> {
  const sets: RawBuilder<unknown>[] = roles === undefined ? [] : [sql`roles = ${list(roles)}`]
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue
    sets.push(sql`${sql.ref(columnOf[field as keyof typeof columnOf])} = ${value}`)
  }
  if (sets.length === 0) return
  await tx.run(sql`update party.party set ${sql.join(sets)} where id = ${id}`)
}

/** The next free numbers of the company's own series, passing over those taken by hand. */
export async function nextCodes(tx: Transaction, count: number): Promise<string[]> {
  const codes: string[] = []
  while (codes.length < count) {
    const rows = await tx.rows(sql<{ code: string }>`
      select code from (
        select 'P' || case when n < 1000000 then lpad(n::text, 6, '0') else n::text end as code
        from (select nextval('party.code_number') as n
          from generate_series(1, ${count - codes.length}::integer)) numbers
      ) made
      where not exists (select from party.party p where p.code = made.code)`)
    codes.push(...rows.map((row) => row.code))
  }
  return codes
}

/** The party itself or what it was merged into, then all that were merged into that. */
export async function familyIdsOf(db: Reader, partyId: string): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    with survivor as (
      select coalesce(merged_into_id, id) as id from party.party where id = ${partyId})
    select id from survivor
    union all
    select p.id from party.party p join survivor s on p.merged_into_id = s.id`)
  return rows.map((row) => row.id)
}

/** Every member of the families of these parties, with the survivor that it counts to. */
export async function familiesOf(
  db: Reader,
  partyIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.rows(sql<{ id: string; survivorId: string }>`
    with survivor as (
      select distinct coalesce(merged_into_id, id) as id
      from party.party where id = any(${list(partyIds)}::uuid[]))
    select id, id as "survivorId" from survivor
    union all
    select p.id, s.id from party.party p join survivor s on p.merged_into_id = s.id`)
  return new Map(rows.map((row) => [row.id, row.survivorId]))
}
