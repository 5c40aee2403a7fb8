import { sql } from 'kysely'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/**
 * Deletes what an import brought to the credit files: its parties with all that it brought of them,
 * and what it added to others. A party stays where anything hangs on it: a row of another room, a
 * row of another import or person, a group, payer or merge.
 */
export async function deletePartiesOfBatch(
  tx: Transaction,
  batchId: string,
): Promise<{ deleted: number; kept: string[] }> {
  const kept = await idsInUse(tx, batchId)
  for (const table of ['identifier', 'other_name', 'contact', 'bank_account']) {
    await tx.run(sql`
      delete from ${sql.table(`party.${table}`)}
      where import_batch_id = ${batchId} and party_id <> all(${list(kept)}::uuid[])`)
  }
  const deleted = await tx.run(sql`
    delete from party.party
    where import_batch_id = ${batchId} and id <> all(${list(kept)}::uuid[])`)
  return { deleted, kept }
}

async function idsInUse(tx: Transaction, batchId: string): Promise<string[]> {
  const used = (await dependentColumns(tx)).map(
    ({ column, table }) => sql`exists (
      select from ${sql.table(table)} t where t.${sql.ref(column)} = p.id
        ${table.startsWith('party.') ? sql`and t.import_batch_id is distinct from ${batchId}` : sql``})`,
  )
  const rows = await tx.rows(sql<{ id: string }>`
    with recursive kept (id) as (
      select p.id from party.party p
      where p.import_batch_id = ${batchId} and (
        exists (select from party.merge m where p.id in (m.party_id, m.duplicate_id))
        or exists (select from party.party o
          where o.import_batch_id is distinct from ${batchId}
            and (o.group_parent_id = p.id or o.payer_id = p.id))
        or ${sql.join(used, sql` or `)})
      union
      select o.id from kept k join party.party p on p.id = k.id
      join party.party o on o.id in (p.group_parent_id, p.payer_id)
      where o.import_batch_id = ${batchId}
    )
    select id from kept`)
  return rows.map((row) => row.id)
}

/**
 * Every table whose rows belong to a party, or name one, whichever room keeps it: rooms that come later are
 * asked as well, and none of them has to be known here. Events are told, not kept for a party, and
 * the exposure ledger, which never loses a row, balances to nothing once the import's documents go.
 */
async function dependentColumns(
  db: Reader,
): Promise<{ readonly table: string; readonly column: string }[]> {
  return db.rows(sql<{ table: string; column: string }>`
    select n.nspname || '.' || c.relname as "table", a.attname as "column"
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where not a.attisdropped and c.relkind in ('r', 'p')
      and not c.relispartition and c.relpersistence = 'p'
      and (a.attname = 'party_id' or n.nspname <> 'party' and exists (
        select from pg_constraint f
        where f.contype = 'f' and f.conrelid = c.oid and f.confrelid = 'party.party'::regclass
          and f.conkey = array[a.attnum]))
      and n.nspname || '.' || c.relname not in
        ('party.name_index', 'party.search_key', 'party.merge', 'platform.event',
         'customer.line', 'exposure.entry',
         'exposure.account', 'exposure.balance', 'exposure.ship_day', 'exposure.relief')
    order by 1, 2`)
}
