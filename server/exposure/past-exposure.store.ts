import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Stage } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

export type AccountOf = { readonly partyId: string; readonly id: string }

type LaterSum = { accountId: string; stage: Stage; currency: Currency; minor: bigint }

/** What came to the stages of accounts after a day, by the entries of all that they count. */
export function sumsAfter(
  db: Reader,
  accounts: readonly AccountOf[],
  on: Day,
): Promise<LaterSum[]> {
  return db.rows(sql<LaterSum>`
    select k.id as "accountId", e.stage, e.currency, sum(e.amount_minor)::bigint as minor
    from ${keys(accounts)}
    cross join lateral (
      select k.party_id, k.id
      union all
      select a.party_id, a.id from exposure.account a where a.above_ids @> array[k.id]
    ) leaf
    join exposure.entry e on e.party_id = leaf.party_id and e.account_id = leaf.id
    where e.effective_on > ${on}
    group by 1, 2, 3`)
}

/** The day of the first entry of any of these accounts. */
export async function firstEntryDay(
  db: Reader,
  accounts: readonly AccountOf[],
): Promise<Day | null> {
  const row = await db.row(sql<{ on: Day | null }>`
    select min(e.effective_on) as "on" from ${keys(accounts)}
    cross join lateral (
      select effective_on from exposure.entry e
      where e.party_id = k.party_id and e.account_id = k.id order by e.id limit 1
    ) e`)
  return row?.on ?? null
}

/** Amounts on top of the limit that were in force on a day, by account. */
export function temporaryLimitsOn(
  db: Reader,
  accounts: readonly AccountOf[],
  on: Day,
): Promise<{ accountId: string; currency: Currency; minor: bigint }[]> {
  return db.rows(sql<{ accountId: string; currency: Currency; minor: bigint }>`
    select t.account_id as "accountId", t.currency, sum(t.amount_minor)::bigint as minor
    from ${keys(accounts)}
    join exposure.temporary_limit t on t.party_id = k.party_id and t.account_id = k.id
    where t.from_on <= ${on} and t.to_on >= ${on} and (t.ended_on is null or t.ended_on > ${on})
    group by 1, 2`)
}

function keys(accounts: readonly AccountOf[]) {
  return sql`unnest(${list(accounts.map(({ partyId }) => partyId))}::uuid[],
    ${list(accounts.map(({ id }) => id))}::uuid[]) as k (party_id, id)`
}
