import { sql } from 'kysely'
import type { Transaction } from '#server/platform/database.ts'

/** What was built on an import since: so many rows, such as the ones named. */
type BuiltOn = { readonly what: string; readonly count: number; readonly examples: string[] }

/**
 * Finds what stands on the documents of an import: payments of its invoices, uses of its credits,
 * disputes, reversals, voids. Locks its documents first, so that nothing more is built meanwhile.
 */
export async function findBuiltOn(tx: Transaction, batchId: string): Promise<BuiltOn[]> {
  for (const table of ['invoice', 'credit']) {
    await tx.row(sql`
      select count(*) from (select from ${sql.table(`receivable.${table}`)}
        where import_batch_id = ${batchId} for update) locked`)
  }
  const rows = await tx.rows(sql<{ what: string; number: string }>`
    select 'invoices that were paid since' as what, i.number
    from receivable.invoice i join receivable.allocation a
      on a.party_id = i.party_id and a.invoice_id = i.id
    where i.import_batch_id = ${batchId} and a.import_batch_id is distinct from ${batchId}
    union
    select 'invoices that were disputed since', i.number
    from receivable.invoice i join receivable.dispute d
      on d.party_id = i.party_id and d.invoice_id = i.id
    where i.import_batch_id = ${batchId} and d.import_batch_id is distinct from ${batchId}
    union
    select 'receipts or credits that were applied since', c.number
    from receivable.credit c join receivable.allocation a
      on a.party_id = c.party_id and a.credit_id = c.id
    where c.import_batch_id = ${batchId} and a.import_batch_id is distinct from ${batchId}
    union
    select 'payments that were reversed since', c.number
    from receivable.allocation a join receivable.credit c
      on c.party_id = a.party_id and c.id = a.credit_id
    where a.import_batch_id = ${batchId} and a.reversed_on is not null
    union
    select 'documents that were voided since', number
    from receivable.invoice where import_batch_id = ${batchId} and voided_on is not null
    union
    select 'documents that were voided since', number
    from receivable.credit where import_batch_id = ${batchId} and voided_on is not null
    order by 1, 2`)
  const byWhat = Map.groupBy(rows, (row) => row.what)
  return [...byWhat].map(([what, found]) => ({
    what,
    count: found.length,
    examples: found.slice(0, 3).map((row) => row.number),
  }))
}

/** Removes the documents of an import and gives others back what its payments took from them. */
export async function removeImported(tx: Transaction, batchId: string): Promise<void> {
  await tx.run(sql`
    update receivable.dispute d set closed_on = null
    from receivable.allocation a, receivable.invoice i
    where a.import_batch_id = ${batchId} and d.party_id = a.party_id
      and d.invoice_id = a.invoice_id and d.closed_on = greatest(a.effective_on, d.opened_on)
      and i.party_id = a.party_id and i.id = a.invoice_id and i.open_minor = 0
      and d.import_batch_id is distinct from ${batchId} and d.import_batch_id is not null`)
  await tx.run(sql`
    update receivable.invoice i set open_minor = i.open_minor + a.amount_minor
    from (select party_id, invoice_id, sum(amount_minor)::bigint as amount_minor
      from receivable.allocation where import_batch_id = ${batchId} group by 1, 2) a
    where i.party_id = a.party_id and i.id = a.invoice_id
      and i.import_batch_id is distinct from ${batchId}`)
  for (const table of ['allocation', 'dispute', 'credit', 'invoice']) {
    await tx.run(sql`
      delete from ${sql.table(`receivable.${table}`)} where import_batch_id = ${batchId}`)
  }
}
