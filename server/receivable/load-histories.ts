import { sql } from 'kysely'
import type {
  Allocation,
  Credit,
  Dispute,
  Invoice,
  PartyHistory,
  PaymentPromise,
} from '#kernel/receivable/history.ts'
import { familiesOf } from '#server/party/public.ts'
import { list, type Reader } from '#server/platform/database.ts'

/**
 * What the ledger knows about parties, one query per table whatever their number: some thousand at
 * once. The rows of merged duplicates count to their survivor, under whose id they are found, also
 * when the duplicate was asked for. The rows have the shape of the facts as they come, with the
 * party they belong to beside it, so that nothing is copied. The first day, orders and limits are
 * left empty for whoever knows them.
 */
export async function loadHistories(
  db: Reader,
  partyIds: readonly string[],
): Promise<Map<string, PartyHistory>> {
  const survivors = await familiesOf(db, partyIds)
  const byMember = new Map<string, GrowingHistory>()
  const bySurvivor = new Map<string, GrowingHistory>()
  for (const [member, survivor] of survivors) {
    const history = bySurvivor.get(survivor) ?? emptyHistory(survivor)
    bySurvivor.set(survivor, history)
    byMember.set(member, history)
  }
  const ids = sql`any(${list([...byMember.keys()])}::uuid[])`
  const owned = (partyId: string) => byMember.get(partyId)
  for (const row of await db.rows(sql<Owned<Invoice>>`
    select party_id as "partyId", id, number, currency, amount_minor as "amountMinor",
      issued_on as "issuedOn", due_on as "dueOn", voided_on as "voidedOn"
    from receivable.invoice where party_id = ${ids}`)) {
    owned(row.partyId)?.invoices.push(row)
  }
  for (const row of await db.rows(sql<Owned<Credit>>`
    select party_id as "partyId", id, kind, reason, currency, amount_minor as "amountMinor",
      effective_on as "effectiveOn", voided_on as "voidedOn"
    from receivable.credit where party_id = ${ids}`)) {
    owned(row.partyId)?.credits.push(row)
  }
  for (const row of await db.rows(sql<Owned<Allocation>>`
    select party_id as "partyId", credit_id as "creditId", invoice_id as "invoiceId",
      amount_minor as "amountMinor", effective_on as "effectiveOn", reversed_on as "reversedOn"
    from receivable.allocation where party_id = ${ids}`)) {
    owned(row.partyId)?.allocations.push(row)
  }
  for (const row of await db.rows(sql<Owned<Dispute>>`
    select party_id as "partyId", invoice_id as "invoiceId", opened_on as "openedOn",
      closed_on as "closedOn"
    from receivable.dispute where party_id = ${ids}`)) {
    owned(row.partyId)?.disputes.push(row)
  }
  for (const row of await db.rows(sql<Owned<PaymentPromise>>`
    select party_id as "partyId", currency, amount_minor as "amountMinor", made_on as "madeOn",
      promised_on as "promisedOn"
    from receivable.promise where party_id = ${ids}`)) {
    owned(row.partyId)?.promises.push(row)
  }
  return bySurvivor
}

type Owned<Fact> = Fact & { readonly partyId: string }

type GrowingHistory = PartyHistory & {
  readonly invoices: Invoice[]
  readonly credits: Credit[]
  readonly allocations: Allocation[]
  readonly disputes: Dispute[]
  readonly promises: PaymentPromise[]
}

function emptyHistory(partyId: string): GrowingHistory {
  return {
    partyId,
    since: null,
    invoices: [],
    credits: [],
    allocations: [],
    disputes: [],
    promises: [],
    orders: [],
    limits: [],
  }
}
