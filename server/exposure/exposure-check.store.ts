import { sql } from 'kysely'
import type { Reader } from '#server/platform/database.ts'

export type ExposureDifference = {
  readonly kind:
    | 'balance-differs'
    | 'position-differs'
    | 'ship-day-differs'
    | 'stage-below-zero'
    | 'security-differs'
    | 'account-unknown'
  readonly partyId: string
  readonly id: string
  /** What it is about: a stage, a currency, a day. */
  readonly what: string
  readonly found: string | null
  readonly proven: string | null
}

const perKind = 100

const stageValues = sql`lateral (values ('order', b.order_minor), ('delivered', b.delivered_minor),
  ('invoiced', b.invoiced_minor), ('bill', b.bill_minor), ('prepayment', b.prepayment_minor),
  ('letter-of-credit', b.letter_of_credit_minor), ('insured', b.insured_minor),
  ('collateral', b.collateral_minor)) as v (stage, minor)`

/** Every balance beside the fold of the entries of its account and of those below it. */
const balances = sql`
  with counted as (
    select e.party_id, e.account_id, e.stage, e.currency, e.amount_minor as minor
    from exposure.entry e
    union all
    select above.party_id, above.account_id, e.stage, e.currency, e.minor
    from (select party_id, account_id, stage, currency, sum(amount_minor) as minor
      from exposure.entry group by 1, 2, 3, 4) e
    join exposure.account a on a.party_id = e.party_id and a.id = e.account_id
    cross join unnest(a.above_party_ids, a.above_ids) as above (party_id, account_id)
  ), fold as (
    select party_id, account_id, stage, currency, sum(minor) as minor
    from counted group by 1, 2, 3, 4
  ), kept as (
    select b.party_id, b.account_id, v.stage, b.currency, v.minor
    from exposure.balance b cross join ${stageValues}
  )
  select 'balance-differs' as kind, party_id as "partyId", account_id as id,
    stage || ' ' || currency as what, coalesce(k.minor, 0)::text as found,
    coalesce(f.minor, 0)::text as proven
  from kept k full join fold f using (party_id, account_id, stage, currency)
  where coalesce(k.minor, 0) <> coalesce(f.minor, 0)`

const positions = sql`
  select 'position-differs' as kind, party_id as "partyId", document_id as id,
    stage || ' ' || currency as what, coalesce(p.minor, 0)::text as found,
    coalesce(e.minor, 0)::text as proven
  from (select party_id, document_id, stage, currency, account_id, amount_minor as minor
    from exposure.position) p
  full join (
    select party_id, document_id, stage, currency, account_id, sum(amount_minor) as minor
    from exposure.entry where stage in ('order', 'delivered') group by 1, 2, 3, 4, 5
  ) e using (party_id, document_id, stage, currency, account_id)
  where coalesce(p.minor, 0) <> coalesce(e.minor, 0)`

const shipDays = sql`
  with placed as (
    select p.party_id, p.account_id, p.currency, p.ship_on, p.amount_minor as minor
    from exposure.position p where p.stage = 'order' and p.ship_on is not null
    union all
    select above.party_id, above.account_id, p.currency, p.ship_on, p.amount_minor
    from exposure.position p
    join exposure.account a on a.party_id = p.party_id and a.id = p.account_id
    cross join unnest(a.above_party_ids, a.above_ids) as above (party_id, account_id)
    where p.stage = 'order' and p.ship_on is not null
  ), fold as (
    select party_id, account_id, currency, ship_on, sum(minor) as minor
    from placed group by 1, 2, 3, 4
  )
  select 'ship-day-differs' as kind, party_id as "partyId", account_id as id,
    ship_on || ' ' || currency as what, coalesce(d.order_minor, 0)::text as found,
    coalesce(f.minor, 0)::text as proven
  from exposure.ship_day d full join fold f using (party_id, account_id, currency, ship_on)
  where coalesce(d.order_minor, 0) <> coalesce(f.minor, 0)`

const belowZero = sql`
  select 'stage-below-zero' as kind, b.party_id as "partyId", b.account_id as id,
    v.stage || ' ' || b.currency as what, v.minor::text as found, null::text as proven
  from exposure.balance b cross join ${stageValues}
  where v.minor < 0`

const securities = sql`
  select 'security-differs' as kind, party_id as "partyId", document_id as id, stage as what,
    coalesce(s.minor, 0)::text as found, coalesce(e.minor, 0)::text as proven
  from (select party_id, id as document_id, kind as stage, counted_minor as minor
    from exposure.security where counts_since_on is not null and ended_on is null) s
  full join (select party_id, document_id, stage, sum(amount_minor) as minor from exposure.entry
    where document_kind = 'security' group by 1, 2, 3 having sum(amount_minor) <> 0) e
    using (party_id, document_id, stage)
  where coalesce(s.minor, 0) <> coalesce(e.minor, 0)`

const strangers = sql`
  select 'account-unknown' as kind, e.party_id as "partyId", e.account_id as id, 'entries' as what,
    count(*)::text as found, null::text as proven
  from exposure.entry e
  where not exists (select from exposure.account a
    where a.party_id = e.party_id and a.id = e.account_id)
  group by e.party_id, e.account_id`

/** Every kind of difference with its number and the first hundred; some passes over the ledger. */
export async function findExposureDifferences(
  db: Reader,
): Promise<{ count: number; differences: ExposureDifference[] }> {
  await db.rows(sql`select set_config('work_mem', '256MB', true)`)
  let count = 0
  const differences: ExposureDifference[] = []
  for (const pass of [balances, positions, shipDays, belowZero, securities, strangers]) {
    const rows = await db.rows(sql<ExposureDifference & { total: number }>`
      select f.*, count(*) over ()::integer as total from (${pass}) f
      order by "partyId", id, what limit ${perKind}`)
    count += rows[0]?.total ?? 0
    differences.push(...rows.map(({ total: _, ...row }) => row))
  }
  return { count, differences }
}

export async function countExposure(db: Reader): Promise<{ accounts: number; entries: number }> {
  const row = await db.row(sql<{ accounts: number; entries: number }>`
    select (select count(*) from exposure.account)::integer as accounts,
      (select count(*) from exposure.entry)::integer as entries`)
  return row ?? { accounts: 0, entries: 0 }
}

/** What the ledger has of a stage, by buyer and currency, for the rooms whose documents it counts. */
export function foldByBuyer(
  db: Reader,
): Promise<
  { partyId: string; currency: string; invoiced: bigint; prepayment: bigint; bill: bigint }[]
> {
  return db.rows(sql<{
    partyId: string
    currency: string
    invoiced: bigint
    prepayment: bigint
    bill: bigint
  }>`
    select party_id as "partyId", currency,
      coalesce(sum(amount_minor) filter (where stage = 'invoiced'), 0)::bigint as invoiced,
      coalesce(sum(amount_minor) filter (where stage = 'prepayment'), 0)::bigint as prepayment,
      coalesce(sum(amount_minor) filter (where stage = 'bill'), 0)::bigint as bill
    from exposure.entry where stage in ('invoiced', 'prepayment', 'bill') group by 1, 2`)
}
