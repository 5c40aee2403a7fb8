import { type RawBuilder, sql } from 'kysely'
import type { PartyRole } from '#contract/party.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

/** A row of a file of parties; what a row leaves empty is absent and changes nothing. */
export type ImportedParty = {
  readonly name?: string
  readonly creditCode?: string | null
  readonly shortName?: string | null
  readonly roles?: readonly PartyRole[] | null
  readonly industry?: string | null
  readonly region?: string | null
  readonly country?: string | null
  readonly department?: string | null
  readonly salesperson?: string | null
  readonly currency?: string | null
  readonly terms?: string | null
  readonly sinceOn?: string | null
  readonly note?: string | null
  /** Code or name of the party above it, and of the one that pays for it. */
  readonly parent?: string | null
  readonly payer?: string | null
  readonly contact?: string | null
  readonly phone?: string | null
  readonly email?: string | null
  readonly bankName?: string | null
  readonly bankAccount?: string | null
}

/** The record of a staged row `s` as columns of `r`. */
export const importedColumns = sql`jsonb_to_record(s.record) as r (name text, "shortName" text, roles text[],
  industry text, region text, country text, department text, salesperson text, currency text,
  terms text, "sinceOn" date, note text, parent text, payer text, "creditCode" text, contact text,
  phone text, email text, "bankAccount" text)`

/** Finds which rows of matched parties change something: the others are unchanged. */
export async function compareImportedParties(tx: Transaction, staged: StagedTables): Promise<void> {
  const differs = (column: string, field: string) =>
    sql`r.${sql.id(field)} is distinct from p.${sql.id(column)} and r.${sql.id(field)} is not null`
  const fields: readonly (readonly [string, string])[] = [
    ['name', 'name'],
    ['short_name', 'shortName'],
    ['industry', 'industry'],
    ['region', 'region'],
    ['country', 'country'],
    ['department', 'department'],
    ['salesperson', 'salesperson'],
    ['currency', 'currency'],
    ['terms', 'terms'],
    ['since_on', 'sinceOn'],
    ['note', 'note'],
  ]
  const changes = fields.map(([column, field]) => sql`(${differs(column, field)})`)
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, target_id)
    select s.row_number, case when ${sql.join(changes, sql` or `)}
        or not coalesce(r.roles, '{}') <@ p.roles
        or (r."creditCode" is not null and not exists (select from party.identifier i
          where i.party_id = p.id and i.value = r."creditCode"))
        or (r.contact is not null and not exists (select from party.contact c
          where c.party_id = p.id and c.name = r.contact
            and (r.phone is null or c.phone is not distinct from r.phone)
            and (r.email is null or c.email is not distinct from r.email)))
        or (r."bankAccount" is not null and not exists (select from party.bank_account a
          where a.party_id = p.id
            and a.account_number = upper(regexp_replace(r."bankAccount", '[\\s-]', '', 'g'))))
        or (${linkedTo(sql`r.parent`)} is distinct from p.group_parent_id and r.parent is not null)
        or (${linkedTo(sql`r.payer`)} is distinct from p.payer_id and r.payer is not null)
      then 'update' else 'unchanged' end, p.id
    from ${staged.rows} s
    join ${staged.parties} m on m.ref = s.ref
    join party.party p on p.id = m.party_id
    cross join lateral ${importedColumns}
    where ${newRowsOf(staged)}`)
}

/** The party that a resolved name means. */
export function linkedTo(name: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select l.party_id from pg_temp.party_link l where l.name = ${name})`
}

/**
 * Resolves the parents and payers that the rows name, by code first and then by name, among the
 * rows of the file and the parties there are, into the temporary table party_link.
 */
export async function resolveLinks(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`drop table if exists pg_temp.party_link`)
  await tx.run(sql`
    create temporary table party_link on commit drop as
    select distinct name collate "C" as name, null::integer as owner, null::uuid as party_id
    from (select s.record->>'parent' as name from ${staged.rows} s where ${newRowsOf(staged)}
      union all select s.record->>'payer' from ${staged.rows} s where ${newRowsOf(staged)}) f
    where name is not null`)
  for (const by of ['code', 'name']) {
    await tx.run(sql`
      update pg_temp.party_link l set owner = f.owner, party_id = f.party_id
      from (select ${sql.id(by)} as name, min(owner) as owner, (array_agg(party_id))[1] as party_id
        from ${staged.parties} where problem is null
        group by 1 having count(distinct owner) = 1) f
      where f.name = l.name and l.owner is null and l.party_id is null`)
    await tx.run(sql`
      update pg_temp.party_link l set party_id = f.id
      from (select ${sql.id(by)} as name, (array_agg(id))[1] as id from party.party
        where ${sql.id(by)} in (select name from pg_temp.party_link) and merged_into_id is null
        group by 1 having count(*) = 1) f
      where f.name = l.name and l.owner is null and l.party_id is null`)
  }
}

/** Marks rows whose parent or payer is nobody, or whose group would contain itself. */
export async function judgeLinks(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select s.row_number, 'bad', 'party-unknown', jsonb_build_object('name', l.name, 'field',
      case when l.name = s.record->>'parent' then 'parent' else 'payer' end)
    from ${staged.rows} s
    join lateral (select name from pg_temp.party_link l
      where l.name in (s.record->>'parent', s.record->>'payer')
        and l.owner is null and l.party_id is null order by name limit 1) l on true
    where ${newRowsOf(staged)}`)
  const node = (id: RawBuilder<unknown>, owner: RawBuilder<unknown>) =>
    sql`coalesce(${id}::text, 'o' || ${owner})`
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    with recursive told as (
      select s.row_number, s.record->>'parent' as name,
        ${node(sql`m.party_id`, sql`m.owner`)} as child,
        ${node(sql`l.party_id`, sql`l.owner`)} as parent
      from ${staged.rows} s join ${staged.parties} m on m.ref = s.ref
      join pg_temp.party_link l on l.name = s.record->>'parent'
      where ${newRowsOf(staged)}
    ), edge as (
      select child, parent from told
      union all
      select p.id::text, p.group_parent_id::text from party.party p
      where p.group_parent_id is not null
        and not exists (select from told t where t.child = p.id::text)
    ), up as (
      select t.row_number, t.name, t.child as start, t.parent as at, array[t.child] as path from told t
      union all
      select u.row_number, u.name, u.start, e.parent, u.path || u.at
      from up u join edge e on e.child = u.at
      where u.at <> all(u.path)
    )
    select row_number, 'bad', 'party-cycle',
      jsonb_build_object('name', min(name), 'field', 'parent', 'chain', min(name))
    from up where at = start group by row_number`)
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select s.row_number, 'bad', 'party-cycle', jsonb_build_object('field', 'payer',
      'name', l.name, 'chain', m.code || ' → ' || l.name)
    from ${staged.rows} s join ${staged.parties} m on m.ref = s.ref
    join pg_temp.party_link l on l.name = s.record->>'payer'
    left join party.party q on q.id = l.party_id
    where ${newRowsOf(staged)} and (q.payer_id is not null or l.owner = m.owner
      or l.party_id = m.party_id or exists (
        select from ${staged.rows} o join ${staged.parties} n on n.ref = o.ref
        where o.record ? 'payer' and (n.owner = l.owner or n.party_id = l.party_id)))`)
}
