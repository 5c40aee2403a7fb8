import { sql } from 'kysely'
import type { NewIdentifier } from '#contract/party.ts'
import { checkIdentifier } from '#kernel/party/check-identifier.ts'
import { nameKey } from '#kernel/party/company-name.ts'
import { insertParties } from '#server/party/insert-parties.ts'
import { matchParties, type PartyKey } from '#server/party/match-parties.ts'
import { refreshNameKeys } from '#server/party/name-index.store.ts'
import { foldName } from '#server/party/name-keys.ts'
import { insertOtherNames } from '#server/party/other-name.store.ts'
import { list, type Transaction, walk } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import type { StagedTables } from '#server/platform/staged-tables.ts'

const chunkSize = 5_000

type StagedName = {
  readonly ref: number
  readonly code: string | null
  readonly name: string | null
  readonly creditCode: string | null
}

/** How many new parties have a name that differs from an existing one in spelling only. */
type StagedMatch = { readonly resembling: number }

/**
 * Finds out which party each name in a staged file means, and which names mean the same new one:
 * these share an `owner`. A name counts only where no code is given, since two accounts may well
 * have one name. Names that fit several parties get the problem `party-ambiguous`.
 */
export async function matchStagedParties(
  tx: Transaction,
  staged: StagedTables,
): Promise<StagedMatch> {
  const { parties } = staged
  await joinWithinFile(tx, staged)
  let resembling = 0
  for await (const names of walk(tx, namesOf(staged), chunkSize)) {
    const matches = await matchParties(tx, names.map(keyOf))
    const found: { ref: number; id: string | null; several: string[] | null }[] = []
    for (const { ref } of names) {
      const match = matches.get(String(ref))
      if (match?.kind === 'found') found.push({ ref, id: match.partyId, several: null })
      if (match?.kind === 'ambiguous') found.push({ ref, id: null, several: match.partyIds })
      if (match?.kind === 'similar') resembling++
    }
    if (found.length === 0) continue
    await tx.run(sql`
      update ${parties} s set party_id = f.id,
        problem = case when f.several is not null then 'party-ambiguous' end,
        facts = case when f.several is not null then jsonb_build_object('parties', (
          select string_agg(p.code || ' ' || p.name, ', ' order by p.code)
          from party.party p where p.id = any(f.several))) end
      from json_to_recordset(${JSON.stringify(found)}::json)
        as f (ref int, id uuid, several uuid[])
      where f.ref = s.ref`)
  }
  await tx.run(sql`
    update ${parties} s set is_new = s.party_id is null, owner = o.owner
    from (
      select ref, dense_rank() over (order by coalesce(
        party_id::text, 'c' || code, 'i' || credit_code, 'n' || name_key)) as owner
      from ${parties}
    ) o
    where o.ref = s.ref`)
  await tx.run(sql`
    update ${parties} s set terms = p.terms, found_code = p.code
    from party.party p where p.id = s.party_id`)
  return { resembling }
}

/** Adds the new parties of a staged file as customers and keeps other spellings as aliases. */
export async function insertStagedParties(
  tx: Transaction,
  staged: StagedTables,
  batchId: string,
): Promise<{ parties: number; aliases: number }> {
  let parties = 0
  let aliases = 0
  for await (const owners of walk(tx, newOwnersOf(staged), chunkSize)) {
    const rows = owners.map((owner) => {
      const [name = owner.code ?? '', ...others] = new Set(owner.names)
      aliases += others.length
      return {
        id: newId(),
        code: owner.code,
        name,
        roles: ['customer'] as const,
        importBatchId: batchId,
        identifiers: owner.creditCodes.map(identifierOf),
        otherNames: others.map((other) => ({ name: other, kind: 'alias' as const })),
      }
    })
    await insertParties(tx, rows)
    await tx.run(sql`
      update ${staged.parties} s set party_id = m.party_id
      from unnest(${list(owners.map((o) => o.owner))}::int[],
        ${list(rows.map((row) => row.id))}::uuid[]) as m (owner, party_id)
      where s.owner = m.owner`)
    parties += rows.length
  }
  return { parties, aliases: aliases + (await addSpellings(tx, staged, batchId)) }
}

function namesOf({ parties }: StagedTables) {
  return sql<StagedName>`
    select ref, code, name, credit_code as "creditCode" from ${parties} order by ref`
}

function keyOf({ ref, code, name, creditCode }: StagedName): PartyKey {
  return {
    ref: String(ref),
    code,
    name: code === null ? name : null,
    identifiers: creditCode === null ? [] : [identifierOf(creditCode)],
  }
}

// A column headed as tax number holds credit codes, older tax numbers and numbers from abroad.
export function identifierOf(value: string): NewIdentifier {
  const scheme = (['uscc', 'tax-number'] as const).find(
    (candidate) => checkIdentifier(candidate, value).kind === 'valid',
  )
  return { scheme: scheme ?? 'other', value, acceptInvalid: true }
}

// A row that gives less takes the code from one that gives more: the same credit code first, then
// the same name where only one customer of the file has it.
async function joinWithinFile(tx: Transaction, { parties }: StagedTables): Promise<void> {
  const bare = await tx.row(sql`select 1 from ${parties} where code is null limit 1`)
  if (!bare) return
  await tx.run(sql`
    update ${parties} s set code = f.code
    from (select credit_code, min(code) as code from ${parties}
      where code is not null and credit_code is not null
      group by credit_code having count(distinct code) = 1) f
    where s.code is null and s.credit_code = f.credit_code`)
  for await (const names of walk(
    tx,
    sql<{ ref: number; name: string }>`select ref, name from ${parties} where name is not null`,
    chunkSize,
  )) {
    await tx.run(sql`
      update ${parties} s set name_key = f.name_key
      from unnest(${list(names.map((row) => row.ref))}::int[],
        ${list(names.map((row) => foldName(row.name) || row.name))}::text[]) as f (ref, name_key)
      where f.ref = s.ref`)
  }
  await tx.run(sql`
    update ${parties} s set code = f.code, credit_code = f.credit_code
    from (select name_key, min(code) as code, min(credit_code) as credit_code from ${parties}
      where code is not null or credit_code is not null
      group by name_key having count(distinct coalesce(code, credit_code)) = 1) f
    where s.code is null and s.credit_code is null and s.name_key = f.name_key`)
}

type NewOwner = {
  readonly owner: number
  readonly code: string | null
  /** In the order of the file, as often as they are told with other codes. */
  readonly names: readonly string[]
  readonly creditCodes: readonly string[]
}

function newOwnersOf({ parties }: StagedTables) {
  return sql<NewOwner>`
    select owner, min(code) as code,
      coalesce(array_agg(name order by ref) filter (where name is not null), '{}') as names,
      array_remove(array_agg(distinct credit_code), null) as "creditCodes"
    from ${parties} where is_new and problem is null group by owner order by min(ref)`
}

/** Spellings of existing parties that they did not have. */
async function addSpellings(
  tx: Transaction,
  { parties }: StagedTables,
  batchId: string,
): Promise<number> {
  const spellings = await tx.rows(sql<{ partyId: string; name: string }>`
    select distinct s.party_id as "partyId", s.name
    from ${parties} s join party.party p on p.id = s.party_id
    where not s.is_new and s.name is not null and s.name <> p.name and s.name <> p.code
      and not exists (select from party.other_name o
        where o.party_id = s.party_id and o.name = s.name)`)
  for (let start = 0; start < spellings.length; start += chunkSize) {
    const chunk = spellings.slice(start, start + chunkSize)
    await insertOtherNames(
      tx,
      chunk.map(({ partyId, name }) => ({
        partyId,
        id: newId(),
        name,
        nameKey: nameKey(name),
        kind: 'alias' as const,
        untilOn: null,
        importBatchId: batchId,
      })),
    )
    await refreshNameKeys(tx, [...new Set(chunk.map((row) => row.partyId))])
  }
  return spellings.length
}
