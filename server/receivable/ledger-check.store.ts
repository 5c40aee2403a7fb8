import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '#server/platform/database.ts'

export type LedgerDifference = {
  readonly kind:
    | 'open-differs'
    | 'unapplied-differs'
    | 'invoice-over-allocated'
    | 'credit-over-allocated'
    | 'allocation-orphaned'
    | 'dispute-orphaned'
    | 'currencies-differ'
    | 'allocation-before-document'
    | 'allocation-outlives-document'
    | 'party-unknown'
  readonly partyId: string
  readonly id: string
  /** What the row says and what the ledger proves, in minor units or days. */
  readonly found: string | null
  readonly proven: string | null
}

type Check = { readonly kind: LedgerDifference['kind']; readonly query: RawBuilder<FoundRow> }
type FoundRow = { id: string; partyId: string; found: string | null; proven: string | null }

const perCheck = 100

/** Every kind of difference with its number and the first hundred; one pass over the book each. */
export async function findDifferences(
  db: Reader,
): Promise<{ count: number; differences: LedgerDifference[] }> {
  let count = 0
  const differences: LedgerDifference[] = []
  for (const { kind, query } of checks) {
    const rows = await db.rows(sql<FoundRow & { total: number }>`
      select f.*, count(*) over ()::integer as total from (${query}) f
      order by "partyId", id limit ${perCheck}`)
    count += rows[0]?.total ?? 0
    for (const { total, ...row } of rows) differences.push({ kind, ...row })
  }
  return { count, differences }
}

const invoiceFold = sql`
  select i.party_id, i.id, i.open_minor, i.amount_minor - coalesce(a.minor, 0) as rest_minor,
    i.voided_on
  from receivable.invoice i left join (
    select party_id, invoice_id, sum(amount_minor) as minor from receivable.allocation
    where reversed_on is null group by party_id, invoice_id
  ) a on a.party_id = i.party_id and a.invoice_id = i.id`

const creditFold = sql`
  select c.party_id, c.id, c.unapplied_minor, c.amount_minor - coalesce(a.minor, 0) as rest_minor,
    c.voided_on
  from receivable.credit c left join (
    select party_id, credit_id, sum(amount_minor) as minor from receivable.allocation
    where reversed_on is null group by party_id, credit_id
  ) a on a.party_id = c.party_id and a.credit_id = c.id`

const joined = sql`receivable.allocation a
  join receivable.invoice i on i.party_id = a.party_id and i.id = a.invoice_id
  join receivable.credit c on c.party_id = a.party_id and c.id = a.credit_id`

const allocation = sql`a.party_id as "partyId", a.id`

const checks: readonly Check[] = [
  {
    kind: 'open-differs',
    query: sql<FoundRow>`
      select party_id as "partyId", id, open_minor::text as found,
        case when voided_on is null then rest_minor else 0 end::text as proven
      from (${invoiceFold}) f
      where open_minor <> case when voided_on is null then rest_minor else 0 end`,
  },
  {
    kind: 'unapplied-differs',
    query: sql<FoundRow>`
      select party_id as "partyId", id, unapplied_minor::text as found,
        case when voided_on is null then rest_minor else 0 end::text as proven
      from (${creditFold}) f
      where unapplied_minor <> case when voided_on is null then rest_minor else 0 end`,
  },
  {
    kind: 'invoice-over-allocated',
    query: sql<FoundRow>`
      select party_id as "partyId", id, rest_minor::text as found, '0' as proven
      from (${invoiceFold}) f where rest_minor < 0`,
  },
  {
    kind: 'credit-over-allocated',
    query: sql<FoundRow>`
      select party_id as "partyId", id, rest_minor::text as found, '0' as proven
      from (${creditFold}) f where rest_minor < 0`,
  },
  {
    kind: 'allocation-orphaned',
    query: sql<FoundRow>`
      select ${allocation}, a.invoice_id || ' ' || a.credit_id as found, null as proven
      from receivable.allocation a
      where not exists (select from receivable.invoice i
          where i.party_id = a.party_id and i.id = a.invoice_id)
        or not exists (select from receivable.credit c
          where c.party_id = a.party_id and c.id = a.credit_id)`,
  },
  {
    kind: 'dispute-orphaned',
    query: sql<FoundRow>`
      select d.party_id as "partyId", d.id, d.invoice_id::text as found, null as proven
      from receivable.dispute d
      where not exists (select from receivable.invoice i
        where i.party_id = d.party_id and i.id = d.invoice_id)`,
  },
  {
    kind: 'currencies-differ',
    query: sql<FoundRow>`
      select ${allocation}, i.currency::text as found, c.currency::text as proven
      from ${joined} where i.currency <> c.currency`,
  },
  {
    kind: 'allocation-before-document',
    query: sql<FoundRow>`
      select ${allocation}, a.effective_on::text as found,
        greatest(i.issued_on, c.effective_on)::text as proven
      from ${joined} where a.effective_on < greatest(i.issued_on, c.effective_on)`,
  },
  {
    kind: 'allocation-outlives-document',
    query: sql<FoundRow>`
      select ${allocation}, a.reversed_on::text as found,
        least(i.voided_on, c.voided_on)::text as proven
      from ${joined}
      where least(i.voided_on, c.voided_on) is not null
        and (a.reversed_on is null
          or a.reversed_on > greatest(least(i.voided_on, c.voided_on), a.effective_on))`,
  },
]

export type LedgerCounts = {
  readonly invoices: number
  readonly credits: number
  readonly allocations: number
}

export async function countLedger(db: Reader): Promise<LedgerCounts> {
  const row = await db.row(sql<LedgerCounts>`
    select (select count(*) from receivable.invoice)::integer as invoices,
      (select count(*) from receivable.credit)::integer as credits,
      (select count(*) from receivable.allocation)::integer as allocations`)
  return row ?? { invoices: 0, credits: 0, allocations: 0 }
}

/** Every party that the ledger names. */
export async function partiesOfLedger(db: Reader): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select party_id as id from receivable.invoice union select party_id from receivable.credit
    union select party_id from receivable.allocation union select party_id from receivable.dispute
    union select party_id from receivable.promise`)
  return rows.map((row) => row.id)
}
