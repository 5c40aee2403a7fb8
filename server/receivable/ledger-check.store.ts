import { type RawBuilder, sql } from 'kysely'
import type { ClaimedOpen } from '#kernel/receivable/verify-balance.ts'
import { list, type Reader } from '#server/platform/database.ts'

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

type FoundRow = LedgerDifference & { total: number }

const perKind = 100

/** Every kind of difference with its number and the first hundred; four passes over the book. */
export async function findDifferences(
  db: Reader,
): Promise<{ count: number; differences: LedgerDifference[] }> {
  // The book is joined with itself, which is a question of memory.
  await db.rows(sql`select set_config('work_mem', '256MB', true)`)
  let count = 0
  const differences: LedgerDifference[] = []
  for (const pass of [invoices, credits, allocations, disputes]) {
    const rows = await db.rows(sql<FoundRow>`
      select kind, "partyId", id, found, proven, total from (
        select f.*, count(*) over (partition by kind)::integer as total,
          row_number() over (partition by kind order by "partyId", id) as position
        from (${pass}) f
      ) numbered
      where position <= ${perKind} order by kind, position`)
    const totals = new Map(rows.map((row) => [row.kind, row.total]))
    for (const total of totals.values()) count += total
    for (const { total, ...row } of rows) differences.push(row)
  }
  return { count, differences }
}

const invoices = balanceCheck({
  documents: sql`receivable.invoice`,
  claimed: sql`d.open_minor`,
  allocatedBy: sql`invoice_id`,
  differs: 'open-differs',
  overdrawn: 'invoice-over-allocated',
})

const credits = balanceCheck({
  documents: sql`receivable.credit`,
  claimed: sql`d.unapplied_minor`,
  allocatedBy: sql`credit_id`,
  differs: 'unapplied-differs',
  overdrawn: 'credit-over-allocated',
})

/** Compares a maintained column with the amounts less all allocations in force. */
function balanceCheck(of: {
  documents: RawBuilder<unknown>
  claimed: RawBuilder<unknown>
  allocatedBy: RawBuilder<unknown>
  differs: LedgerDifference['kind']
  overdrawn: LedgerDifference['kind']
}): RawBuilder<unknown> {
  return sql`
    select v.kind, d.party_id as "partyId", d.id, v.found, v.proven
    from ${of.documents} d
    left join (
      select party_id, ${of.allocatedBy} as id, sum(amount_minor) as minor
      from receivable.allocation where reversed_on is null group by 1, 2
    ) a on a.party_id = d.party_id and a.id = d.id
    cross join lateral (select d.amount_minor - coalesce(a.minor, 0) as rest_minor) r
    cross join lateral (
      select case when d.voided_on is null then rest_minor else 0 end as proven_minor) p
    cross join lateral (values
      (${of.differs}, ${of.claimed} <> proven_minor, ${of.claimed}::text, proven_minor::text),
      (${of.overdrawn}, rest_minor < 0, rest_minor::text, '0')) as v (kind, is_so, found, proven)
    where (${of.claimed} <> proven_minor or rest_minor < 0) and v.is_so`
}

const allocations = sql`
  select v.kind, a.party_id as "partyId", a.id, v.found, v.proven
  from receivable.allocation a
  left join receivable.invoice i on i.party_id = a.party_id and i.id = a.invoice_id
  left join receivable.credit c on c.party_id = a.party_id and c.id = a.credit_id
  cross join lateral (select greatest(i.issued_on, c.effective_on) as first_on,
    least(i.voided_on, c.voided_on) as last_on) day
  cross join lateral (values
    ('allocation-orphaned', i.id is null or c.id is null, a.invoice_id || ' ' || a.credit_id, null),
    ('currencies-differ', i.currency <> c.currency, i.currency::text, c.currency::text),
    ('allocation-before-document', a.effective_on < first_on, a.effective_on::text,
      first_on::text),
    ('allocation-outlives-document', last_on is not null and
      (a.reversed_on is null or a.reversed_on > greatest(last_on, a.effective_on)),
      a.reversed_on::text, last_on::text)
  ) as v (kind, is_so, found, proven)
  where (i.id is null or c.id is null or i.currency <> c.currency or a.effective_on < first_on
    or last_on is not null) and v.is_so`

const disputes = sql`
  select 'dispute-orphaned' as kind, d.party_id as "partyId", d.id, d.invoice_id::text as found,
    null::text as proven
  from receivable.dispute d
  where not exists (select from receivable.invoice i
    where i.party_id = d.party_id and i.id = d.invoice_id)`

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

/** What the maintained columns of these parties' documents say. */
export function claimedBalances(db: Reader, partyIds: readonly string[]): Promise<ClaimedOpen[]> {
  const own = sql`any(${list(partyIds)}::uuid[])`
  return db.rows(sql<ClaimedOpen>`
    select 'invoice' as document, id, open_minor as "openMinor"
    from receivable.invoice where party_id = ${own}
    union all
    select 'credit', id, unapplied_minor from receivable.credit where party_id = ${own}`)
}
