import { sql } from 'kysely'
import { nameKey } from '#kernel/party/company-name.ts'
import { insertBankAccounts } from '#server/party/bank-account.store.ts'
import { insertContacts } from '#server/party/contact.store.ts'
import { insertIdentifiers } from '#server/party/identifier.store.ts'
import {
  bankAccountRowOf,
  contactRowOf,
  identifierRowOf,
  insertParties,
  otherNameRowOf,
} from '#server/party/insert-parties.ts'
import { identifierOf } from '#server/party/insert-staged.store.ts'
import {
  type ImportedParty,
  importedColumns,
  linkedTo,
} from '#server/party/judge-imported.store.ts'
import { refreshNameKeys } from '#server/party/name-index.store.ts'
import { tidyText } from '#server/party/name-keys.ts'
import { insertOtherNames } from '#server/party/other-name.store.ts'
import { list, type Transaction, walk } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

/** What a file may change in a credit file and can be given back. */
const changed = sql`jsonb_build_object('name', p.name, 'name_key', p.name_key,
  'short_name', p.short_name, 'roles', p.roles, 'industry', p.industry, 'region', p.region,
  'country', p.country, 'department', p.department, 'salesperson', p.salesperson,
  'currency', p.currency, 'terms', p.terms, 'since_on', p.since_on, 'note', p.note,
  'group_parent_id', p.group_parent_id, 'payer_id', p.payer_id)`

const chunkSize = 2_000

type NewRow = {
  readonly owner: number
  readonly code: string | null
  readonly record: ImportedParty
}

/** Creates the parties of the new rows and links them to their parents and payers. */
export async function insertImportedParties(
  tx: Transaction,
  staged: StagedTables,
  batchId: string,
): Promise<number> {
  let count = 0
  for await (const rows of walk(
    tx,
    sql<NewRow>`
      select m.owner, m.code, s.record from ${staged.rows} s join ${staged.parties} m on m.ref = s.ref
      where ${newRowsOf(staged)} order by s.row_number`,
    chunkSize,
  )) {
    const parties = rows.map(({ code, record }) => ({
      ...ownOf(record),
      id: newId(),
      code,
      name: record.name ?? '',
      roles: record.roles ?? (['customer'] as const),
      importBatchId: batchId,
      ...childrenOf(record),
    }))
    await insertParties(tx, parties)
    await tx.run(sql`
      update ${staged.parties} s set party_id = m.party_id
      from unnest(${list(rows.map((row) => row.owner))}::int[],
        ${list(parties.map((party) => party.id))}::uuid[]) as m (owner, party_id)
      where s.owner = m.owner`)
    count += rows.length
  }
  await tx.run(sql`
    update pg_temp.party_link l set party_id = m.party_id
    from ${staged.parties} m where m.owner = l.owner and l.party_id is null`)
  await tx.run(sql`
    update party.party p set
      group_parent_id = coalesce(${linkedTo(sql`s.record->>'parent'`)}, p.group_parent_id),
      payer_id = coalesce(${linkedTo(sql`s.record->>'payer'`)}, p.payer_id)
    from ${staged.rows} s join ${staged.parties} m on m.ref = s.ref
    where p.id = m.party_id and m.is_new and ${newRowsOf(staged)}
      and (s.record ? 'parent' or s.record ? 'payer')`)
  return count
}

function ownOf(record: ImportedParty) {
  const { parent: _parent, payer: _payer, ...own } = record
  const { contact: _contact, phone: _phone, email: _email, ...rest } = own
  const { bankName: _name, bankAccount: _account, creditCode: _code, ...fields } = rest
  return fields
}

function childrenOf(record: ImportedParty) {
  const { creditCode, contact, phone, email, bankAccount, bankName } = record
  const person = contact ?? phone ?? email ?? null
  return {
    identifiers: creditCode ? [identifierOf(creditCode)] : [],
    contacts: person ? [{ name: person, phone: phone ?? null, email: email ?? null }] : [],
    bankAccounts: bankAccount ? [{ accountNumber: bankAccount, bankName: bankName ?? null }] : [],
  }
}

/** A party that a file changed, before and after. */
export type ReplacedParty = {
  readonly partyId: string
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
}

/** Changes the parties whose rows say something else, and adds what they did not have. */
export async function* changeImportedParties(
  tx: Transaction,
  staged: StagedTables,
  of: { batchId: string; today: string },
): AsyncGenerator<ReplacedParty[]> {
  const rows = sql<{ row: number; id: string; oldName: string; record: ImportedParty }>`
    select s.row_number::float8 as "row", p.id, p.name as "oldName", s.record
    from ${staged.verdicts} v join ${staged.rows} s on s.row_number = v.row_number
    join party.party p on p.id = v.target_id
    where v.kind = 'update' order by s.row_number`
  for await (const chunk of walk(tx, rows, chunkSize)) {
    const ids = chunk.map(({ id }) => id)
    const before = await stateOf(tx, ids)
    const keys = chunk.map(({ record }) => nameKey(tidyText(record.name ?? '')))
    await tx.run(sql`
      update party.party p set name = coalesce(r.name, p.name),
        name_key = case when r.name is null then p.name_key else k.name_key end,
        short_name = coalesce(r."shortName", p.short_name),
        roles = array(select distinct x from unnest(p.roles || coalesce(r.roles, '{}')) x),
        industry = coalesce(r.industry, p.industry), region = coalesce(r.region, p.region),
        country = coalesce(r.country, p.country),
        department = coalesce(r.department, p.department),
        salesperson = coalesce(r.salesperson, p.salesperson),
        currency = coalesce(r.currency, p.currency), terms = coalesce(r.terms, p.terms),
        since_on = coalesce(r."sinceOn", p.since_on), note = coalesce(r.note, p.note),
        group_parent_id = coalesce(${linkedTo(sql`r.parent`)}, p.group_parent_id),
        payer_id = coalesce(${linkedTo(sql`r.payer`)}, p.payer_id)
      from unnest(${list(ids)}::uuid[], ${list(chunk.map(({ row }) => row))}::bigint[],
          ${list(keys)}::text[]) as k (id, row_number, name_key)
      join ${staged.rows} s on s.row_number = k.row_number
      cross join lateral ${importedColumns}
      where p.id = k.id`)
    await addChildren(tx, chunk, of)
    const after = await stateOf(tx, ids)
    yield ids.map((partyId) => ({
      partyId,
      before: before.get(partyId) ?? {},
      after: after.get(partyId) ?? {},
    }))
  }
}

async function stateOf(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, Readonly<Record<string, unknown>>>> {
  const rows = await tx.rows(sql<{ id: string; state: Readonly<Record<string, unknown>> }>`
    select p.id, ${changed} as state from party.party p where p.id = any(${list(ids)}::uuid[])`)
  return new Map(rows.map(({ id, state }) => [id, state]))
}

async function addChildren(
  tx: Transaction,
  chunk: readonly { id: string; oldName: string; record: ImportedParty }[],
  of: { batchId: string; today: string },
): Promise<void> {
  const owned = chunk.map(({ id, oldName, record }) => ({
    owner: { id, importBatchId: of.batchId },
    oldName,
    name: record.name,
    ...childrenOf(record),
  }))
  const renamed = owned.filter(({ name, oldName }) => name !== undefined && name !== oldName)
  await insertOtherNames(
    tx,
    renamed.map(({ owner, oldName }) =>
      otherNameRowOf(owner, { name: oldName, kind: 'former', untilOn: of.today }),
    ),
  )
  await refreshNameKeys(
    tx,
    chunk.map(({ id }) => id),
  )
  await insertIdentifiers(
    tx,
    owned.flatMap(({ owner, identifiers }) =>
      identifiers.map((one) => identifierRowOf(owner, one)),
    ),
  )
  await insertBankAccounts(
    tx,
    owned.flatMap(({ owner, bankAccounts }) =>
      bankAccounts.map((one) => bankAccountRowOf(owner, one)),
    ),
  )
  const contacts = owned.flatMap(({ owner, contacts: people }) =>
    people.map((one) => contactRowOf(owner, one)),
  )
  const known = new Set(
    (
      await tx.rows(sql<{ key: string }>`
        select party_id || name || coalesce(phone, '') || coalesce(email, '') as key
        from party.contact where party_id = any(${list(chunk.map(({ id }) => id))}::uuid[])`)
    ).map(({ key }) => key),
  )
  await insertContacts(
    tx,
    contacts.filter(
      (one) => !known.has(`${one.partyId}${one.name}${one.phone ?? ''}${one.email ?? ''}`),
    ),
  )
}

/** Gives parties back what a file changed; names those that were changed again since. */
export async function restoreParties(
  tx: Transaction,
  replaced: readonly ReplacedParty[],
): Promise<{ changedSince: string[] }> {
  const ids = replaced.map(({ partyId }) => partyId)
  const moved = await tx.rows(sql<{ code: string }>`
    select p.code from json_to_recordset(${JSON.stringify(replaced)}::json)
      as r ("partyId" uuid, after jsonb)
    join party.party p on p.id = r."partyId" where ${changed} <> r.after order by 1`)
  if (moved.length > 0) return { changedSince: moved.map(({ code }) => code) }
  await tx.run(sql`
    update party.party p set name = b.name, name_key = b.name_key, short_name = b.short_name,
      roles = b.roles, industry = b.industry, region = b.region, country = b.country,
      department = b.department, salesperson = b.salesperson, currency = b.currency,
      terms = b.terms, since_on = b.since_on, note = b.note,
      group_parent_id = b.group_parent_id, payer_id = b.payer_id
    from json_to_recordset(${JSON.stringify(replaced)}::json) as r ("partyId" uuid, before jsonb)
    cross join lateral jsonb_to_record(r.before) as b (name text, name_key text, short_name text,
      roles text[], industry text, region text, country text, department text, salesperson text,
      currency text, terms text, since_on date, note text, group_parent_id uuid, payer_id uuid)
    where p.id = r."partyId"`)
  await refreshNameKeys(tx, ids)
  return { changedSince: [] }
}
