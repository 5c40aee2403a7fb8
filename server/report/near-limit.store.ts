import { sql } from 'kysely'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** Makes the table say this, touching only rows that differ; tells how many did. */
export async function replaceNearLimits(
  tx: Transaction,
  rows: readonly {
    readonly partyId: string
    readonly accountId: string
    readonly shareBps: bigint
  }[],
): Promise<number> {
  const given = sql`
    select * from unnest(${list(rows.map(({ partyId }) => partyId))}::uuid[],
      ${list(rows.map(({ accountId }) => accountId))}::uuid[],
      ${list(rows.map(({ shareBps }) => shareBps))}::bigint[])
      as given (party_id, account_id, share_bps)`
  const gone = await tx.run(sql`
    with given as (${given})
    delete from report.near_limit n where not exists (
      select from given g where g.party_id = n.party_id and g.account_id = n.account_id)`)
  const put = await tx.run(sql`
    insert into report.near_limit as n (party_id, account_id, share_bps) ${given}
    on conflict (party_id, account_id)
      do update set share_bps = excluded.share_bps, noted_at = now()
      where n.share_bps <> excluded.share_bps`)
  return gone + put
}

/** The accounts nearest to their limit. */
export function nearestToLimit(
  db: Reader,
  of: { readonly partyIds: readonly string[] | null; readonly limit: number },
): Promise<{ partyId: string; id: string }[]> {
  return db.rows(sql<{ partyId: string; id: string }>`
    select party_id as "partyId", account_id as id from report.near_limit
    where (${of.partyIds === null} or party_id = any(${list(of.partyIds ?? [])}::uuid[]))
    order by share_bps desc, account_id limit ${of.limit}`)
}

/** How many use from 80, from 90 and from 100 % of their limit. */
export async function nearLimitCounts(
  db: Reader,
  partyIds: readonly string[] | null,
): Promise<Record<'80' | '90' | '100', number>> {
  const row = await db.row(sql<Record<'80' | '90' | '100', bigint>>`
    select count(*) filter (where share_bps < 9000) as "80",
      count(*) filter (where share_bps >= 9000 and share_bps < 10000) as "90",
      count(*) filter (where share_bps >= 10000) as "100"
    from report.near_limit
    where (${partyIds === null} or party_id = any(${list(partyIds ?? [])}::uuid[]))`)
  return {
    '80': Number(row?.['80'] ?? 0n),
    '90': Number(row?.['90'] ?? 0n),
    '100': Number(row?.['100'] ?? 0n),
  }
}
