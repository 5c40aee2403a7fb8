import { type RawBuilder, sql } from 'kysely'
import type { Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { idOfRow, newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

/**
 * Finds staged invoices and credit notes that the ledger has already, by party and number. One with
 * another amount, currency or day is bad; one that the file says is paid further is to be settled;
 * everything else is unchanged.
 */
export async function matchStagedInvoices(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, target_id, code, facts)
    select s.row_number, f.kind, i.id, f.code,
      case when f.kind = 'bad' then jsonb_build_object(
        'amount', i.amount_minor::text, 'currency', i.currency, 'issuedOn', i.issued_on,
        'dueOn', i.due_on, 'voidedOn', i.voided_on)
      else jsonb_build_object('behind', s.settled_minor < i.amount_minor - i.open_minor) end
    from ${staged.rows} s
    join ${staged.parties} p on p.ref = s.ref
    join receivable.invoice i on i.party_id = p.party_id and i.number = s.number
    cross join lateral (
      select coalesce(bad.code, good.kind) as code,
        case when bad.code is null then good.kind else 'bad' end as kind
      from (select case
          when i.voided_on is not null then 'ledger-voided'
          when i.currency <> s.currency or i.amount_minor <> s.amount_minor
            then 'ledger-other-amount'
          when i.issued_on <> s.issued_on then 'ledger-other-day'
          when s.due_from = 'file' and i.due_on <> s.due_on then 'ledger-other-day'
        end as code) bad,
        (select case when s.settled_minor > i.amount_minor - i.open_minor then 'update'
          else 'unchanged' end as kind) good
    ) f
    where ${newRowsOf(staged)} and not s.is_credit_note and not p.is_new`)
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, target_id, code, facts)
    select s.row_number, case when same then 'unchanged' else 'bad' end, c.id,
      case when not same then 'ledger-other-amount' end,
      case when not same then jsonb_build_object(
        'amount', c.amount_minor::text, 'currency', c.currency, 'issuedOn', c.effective_on) end
    from ${staged.rows} s
    join ${staged.parties} p on p.ref = s.ref
    join receivable.credit c
      on c.party_id = p.party_id and c.kind = 'credit-note' and c.number = s.number
    cross join lateral (select c.currency = s.currency and c.amount_minor = s.amount_minor
      and c.effective_on = s.issued_on and c.voided_on is null as same) f
    where ${newRowsOf(staged)} and s.is_credit_note and not p.is_new`)
}

type InsertedDocuments = {
  readonly invoices: number
  readonly creditNotes: number
  readonly receipts: number
  readonly disputes: number
}

/**
 * Takes staged invoices into the ledger, one statement per table: invoices, credit notes, a receipt
 * for what the file says is paid with its allocation, and disputes. Sorted by party, which is how
 * the tables are read and what their indexes take fastest.
 */
export async function insertStagedInvoices(
  tx: Transaction,
  staged: StagedTables,
  batchId: string,
): Promise<InsertedDocuments> {
  const of: Source = {
    staged,
    batchId,
    invoices: newId(),
    credits: newId(),
    allocations: newId(),
    disputes: newId(),
  }
  const invoices = await tx.run(sql`
    insert into receivable.invoice (party_id, id, number, currency, amount_minor, open_minor,
      issued_on, due_on, terms, order_number, department, salesperson, note, import_batch_id)
    select p.party_id, ${idOfRow(of.invoices, row)}, s.number, s.currency, s.amount_minor,
      s.amount_minor - coalesce(s.settled_minor, 0), s.issued_on, coalesce(s.due_on, s.issued_on),
      s.terms, s.order_number, s.department, s.salesperson, s.note, ${batchId}
    from ${source(of)} where ${newRowsOf(staged)} and not s.is_credit_note
    order by p.party_id, s.row_number`)
  const creditNotes = await tx.run(sql`
    insert into receivable.credit (party_id, id, kind, number, reason, currency, amount_minor,
      unapplied_minor, effective_on, note, import_batch_id)
    select p.party_id, ${idOfRow(of.credits, row)}, 'credit-note', s.number, 'other', s.currency,
      s.amount_minor, s.amount_minor, s.issued_on, s.note, ${batchId}
    from ${source(of)} where ${newRowsOf(staged)} and s.is_credit_note`)
  const receipts = await insertSettlements(tx, of)
  const disputes = await insertDisputes(tx, of)
  const later = await settleStaged(tx, staged, batchId)
  return { invoices, creditNotes, receipts: receipts + later, disputes }
}

const row = sql`s.row_number`

type Source = {
  readonly staged: StagedTables
  readonly batchId: string
  /** Heads of the ids of each table's rows. */
  readonly invoices: string
  readonly credits: string
  readonly allocations: string
  readonly disputes: string
}

function source({ staged }: Source): RawBuilder<unknown> {
  return sql`${staged.rows} s join ${staged.parties} p on p.ref = s.ref`
}

async function insertSettlements(tx: Transaction, of: Source): Promise<number> {
  const settled = sql`${newRowsOf(of.staged)} and not s.is_credit_note and s.settled_minor > 0`
  const receipts = await tx.run(sql`
    insert into receivable.credit (party_id, id, kind, number, currency, amount_minor,
      unapplied_minor, effective_on, import_batch_id)
    select p.party_id, ${idOfRow(of.credits, row)}, 'receipt',
      s.number || '/R' || to_char(s.settled_on, 'YYYYMMDD'), s.currency, s.settled_minor, 0,
      s.settled_on, ${of.batchId}
    from ${source(of)} where ${settled}
    order by p.party_id, s.row_number`)
  if (receipts === 0) return 0
  await tx.run(sql`
    insert into receivable.allocation (party_id, id, credit_id, invoice_id, amount_minor,
      effective_on, import_batch_id)
    select p.party_id, ${idOfRow(of.allocations, row)}, ${idOfRow(of.credits, row)},
      ${idOfRow(of.invoices, row)}, s.settled_minor, greatest(s.settled_on, s.issued_on),
      ${of.batchId}
    from ${source(of)} where ${settled}
    order by p.party_id, s.row_number`)
  return receipts
}

// A file tells that an invoice is disputed, not since when. The day of the invoice is the first on
// which it can be contested and never lies after its settlement, which the due date may do.
async function insertDisputes(tx: Transaction, of: Source): Promise<number> {
  return tx.run(sql`
    insert into receivable.dispute (party_id, id, invoice_id, opened_on, closed_on, import_batch_id)
    select p.party_id, ${idOfRow(of.disputes, row)}, ${idOfRow(of.invoices, row)},
      least(s.issued_on, s.settled_on),
      case when s.settled_minor = s.amount_minor then s.settled_on end, ${of.batchId}
    from ${source(of)} where ${newRowsOf(of.staged)} and not s.is_credit_note and s.disputed`)
}

/** Books what a later file says was paid since on invoices that the ledger has. */
async function settleStaged(
  tx: Transaction,
  staged: StagedTables,
  batchId: string,
): Promise<number> {
  const heads = { credits: newId(), allocations: newId() }
  await tx.run(sql`create temporary table settlement on commit drop as
    select s.row_number, i.party_id, i.id as invoice_id, i.number, i.currency, i.issued_on,
      s.settled_on,
      s.settled_minor - (i.amount_minor - i.open_minor) as amount_minor,
      s.settled_minor = i.amount_minor as in_full
    from ${staged.verdicts} v
    join ${staged.rows} s on s.row_number = v.row_number
    join ${staged.parties} p on p.ref = s.ref
    join receivable.invoice i on i.party_id = p.party_id and i.id = v.target_id
    where v.kind = 'update' and s.settled_minor > i.amount_minor - i.open_minor
    for update of i`)
  const receipts = await tx.run(sql`
    insert into receivable.credit (party_id, id, kind, number, currency, amount_minor,
      unapplied_minor, effective_on, import_batch_id)
    select party_id, ${idOfRow(heads.credits, row)}, 'receipt',
      number || '/R' || to_char(settled_on, 'YYYYMMDD') || '-' || right(${batchId}::text, 6),
      currency, amount_minor, 0, settled_on, ${batchId}
    from pg_temp.settlement s`)
  if (receipts === 0) return 0
  await tx.run(sql`
    insert into receivable.allocation (party_id, id, credit_id, invoice_id, amount_minor,
      effective_on, import_batch_id)
    select party_id, ${idOfRow(heads.allocations, row)}, ${idOfRow(heads.credits, row)},
      invoice_id, amount_minor, greatest(settled_on, issued_on), ${batchId}
    from pg_temp.settlement s`)
  await tx.run(sql`
    update receivable.invoice i set open_minor = i.open_minor - s.amount_minor
    from pg_temp.settlement s where i.party_id = s.party_id and i.id = s.invoice_id`)
  await tx.run(sql`
    update receivable.dispute d set closed_on = greatest(s.settled_on, d.opened_on)
    from pg_temp.settlement s
    where d.party_id = s.party_id and d.invoice_id = s.invoice_id and s.in_full
      and d.closed_on is null and d.import_batch_id is not null`)
  return receipts
}
