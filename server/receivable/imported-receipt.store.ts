import { sql } from 'kysely'
import { type Day, laterOf } from '#kernel/calendar/day.ts'
import { invariant } from '#kernel/invariant.ts'
import type { Currency } from '#kernel/money/currency.ts'
import {
  type AllocationOrder,
  allocateReceipt,
  type PayableInvoice,
} from '#kernel/receivable/allocate-receipt.ts'
import { list, type Transaction, walk } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'
import { type AllocationInsert, insertAllocations } from '#server/receivable/allocation.store.ts'
import { insertCredits } from '#server/receivable/credit.store.ts'

/**
 * Finds staged receipts that the ledger has already, and those that name an invoice which is not
 * the customer's or is in another currency. Tells how many name invoices that are paid already.
 */
export async function matchStagedReceipts(
  tx: Transaction,
  staged: StagedTables,
): Promise<{ paidAlready: number }> {
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, target_id, code, facts)
    select s.row_number, case when f.code is null then 'unchanged' else 'bad' end, c.id, f.code,
      jsonb_build_object('amount', c.amount_minor::text, 'currency', c.currency,
        'issuedOn', c.effective_on, 'dueOn', '', 'voidedOn', c.voided_on)
    from ${staged.rows} s
    join ${staged.parties} p on p.ref = s.ref
    join receivable.credit c
      on c.party_id = p.party_id and c.kind = 'receipt' and c.number = s.number
    cross join lateral (select case
      when c.voided_on is not null then 'ledger-voided'
      when c.currency <> s.currency or c.amount_minor <> s.amount_minor
        then 'ledger-other-amount'
      when c.effective_on <> s.received_on then 'ledger-other-day' end as code) f
    where ${newRowsOf(staged)}`)
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select distinct on (s.row_number) s.row_number, 'bad',
      case when i.id is null then 'invoice-unknown' else 'invoice-other-currency' end,
      jsonb_build_object('field', 'invoiceNumbers', 'name', array_to_string(s.invoice_numbers, ', '),
        'number', n.number, 'there', i.currency, 'here', s.currency)
    from ${staged.rows} s
    join ${staged.parties} p on p.ref = s.ref
    cross join unnest(s.invoice_numbers) with ordinality as n (number, place)
    left join receivable.invoice i on i.party_id = p.party_id and i.number = n.number
    where ${newRowsOf(staged)} and (i.id is null or i.currency <> s.currency)
    order by s.row_number, n.place`)
  const paid = await tx.row(sql<{ count: number }>`
    select count(distinct s.row_number)::float8 as count
    from ${staged.rows} s
    join ${staged.parties} p on p.ref = s.ref
    cross join unnest(s.invoice_numbers) as n (number)
    join receivable.invoice i on i.party_id = p.party_id and i.number = n.number
    where ${newRowsOf(staged)} and i.open_minor = 0`)
  return { paidAlready: paid?.count ?? 0 }
}

type StagedReceipt = {
  readonly partyId: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly receivedOn: Day
  readonly invoiceNumbers: readonly string[]
  readonly note: string | null
}

const chunkSize = 2_000

/**
 * Books staged receipts in the order of their days and sets each against the invoices it names, or
 * else against the oldest that are open; what is left stays unapplied.
 */
export async function insertStagedReceipts(
  tx: Transaction,
  staged: StagedTables,
  batchId: string,
): Promise<number> {
  const receipts = sql<StagedReceipt>`
    select p.party_id as "partyId", s.number, s.currency, s.amount_minor as "amountMinor",
      s.received_on as "receivedOn", coalesce(s.invoice_numbers, '{}') as "invoiceNumbers", s.note
    from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
    where ${newRowsOf(staged)}
    order by p.party_id, s.received_on, s.row_number`
  let count = 0
  for await (const chunk of walk(tx, receipts, chunkSize)) {
    count += await bookReceipts(tx, chunk, batchId)
  }
  return count
}

type OpenInvoice = PayableInvoice & { readonly partyId: string }

async function bookReceipts(
  tx: Transaction,
  receipts: readonly StagedReceipt[],
  batchId: string,
): Promise<number> {
  const partyIds = [...new Set(receipts.map(({ partyId }) => partyId))]
  const open = Map.groupBy(await lockOpenOf(tx, partyIds), ({ partyId }) => partyId)
  const credits = receipts.map((receipt) => ({ ...receipt, id: newId() }))
  const allocations: AllocationInsert[] = []
  for (const credit of credits) {
    const invoices = open.get(credit.partyId) ?? []
    const parts = partsOf(credit, invoices)
    const taken = new Map(parts.map((part) => [part.invoiceId, part.amountMinor]))
    for (const [invoiceId, amountMinor] of taken) {
      const invoice = invoices.find(({ id }) => id === invoiceId)
      invariant(invoice, 'what is allocated goes to an invoice that was given')
      allocations.push({
        partyId: credit.partyId,
        id: newId(),
        creditId: credit.id,
        invoiceId,
        amountMinor,
        effectiveOn: laterOf(credit.receivedOn, invoice.issuedOn),
        importBatchId: batchId,
      })
    }
    if (taken.size > 0) open.set(credit.partyId, lessTaken(invoices, taken))
  }
  await insertCredits(
    tx,
    credits.map(({ partyId, id, number, currency, amountMinor, receivedOn, note }) => ({
      partyId,
      id,
      kind: 'receipt' as const,
      number,
      reason: null,
      currency,
      amountMinor,
      effectiveOn: receivedOn,
      note,
      voidedOn: null,
      importBatchId: batchId,
    })),
  )
  await insertAllocations(tx, allocations)
  return credits.length
}

function partsOf(receipt: StagedReceipt, invoices: readonly OpenInvoice[]) {
  const { currency, amountMinor } = receipt
  const numbers = new Set(receipt.invoiceNumbers)
  // Invoices that are paid already are no longer open: their part stays unapplied.
  const named = [...numbers].flatMap((number) => {
    const invoice = invoices.find((one) => one.number === number && one.currency === currency)
    return invoice ? [{ invoiceId: invoice.id, amountMinor: null }] : []
  })
  if (numbers.size > 0 && named.length === 0) return []
  const order: AllocationOrder =
    numbers.size > 0 ? { kind: 'named', lines: named } : { kind: 'oldest-first' }
  const outcome = allocateReceipt({ minor: amountMinor, currency }, invoices, order)
  invariant(outcome.kind === 'allocated', 'only open invoices of one currency are given')
  return outcome.allocations
}

function lessTaken(
  invoices: readonly OpenInvoice[],
  taken: ReadonlyMap<string, bigint>,
): OpenInvoice[] {
  return invoices
    .map((one) => ({ ...one, openMinor: one.openMinor - (taken.get(one.id) ?? 0n) }))
    .filter(({ openMinor }) => openMinor > 0n)
}

function lockOpenOf(tx: Transaction, partyIds: readonly string[]): Promise<OpenInvoice[]> {
  return tx.rows(sql<OpenInvoice>`
    select party_id as "partyId", id, number, currency, open_minor as "openMinor",
      issued_on as "issuedOn", due_on as "dueOn", voided_on as "voidedOn"
    from receivable.invoice
    where party_id = any(${list(partyIds)}::uuid[]) and open_minor > 0 and voided_on is null
    order by party_id, id for update`)
}
