import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** What a rating run decided of a party. */
export type RatedAccount = {
  readonly partyId: string
  readonly grade: string
  readonly limit: {
    readonly id: string
    readonly currency: string
    readonly amountMinor: bigint
    readonly terms: string
    readonly fromOn: Day
    readonly toOn: Day
    readonly reviewOn: Day
  } | null
}

/** Writes grades and limits where they differ; tells the accounts whose limit grew. */
export async function followAccounts(
  tx: Transaction,
  rated: readonly RatedAccount[],
  asOf: Day,
): Promise<string[]> {
  const column = <Value>(of: (each: RatedAccount) => Value) => list(rated.map(of))
  const rows = await tx.rows(sql<{ id: string; grew: boolean }>`
    update exposure.account a set grade = r.grade,
      currency = case when takes then r.currency else a.currency end,
      limit_minor = case when takes then r.limit_minor else a.limit_minor end,
      limit_from_on = case when takes then r.from_on else a.limit_from_on end,
      limit_to_on = case when takes then r.to_on else a.limit_to_on end,
      review_on = case when takes then r.review_on else a.review_on end,
      terms = case when takes then r.terms else a.terms end,
      limit_source = case when takes then 'policy' else a.limit_source end,
      limit_reason = case when takes then null else a.limit_reason end,
      limit_id = case when takes then r.limit_id else a.limit_id end
    from unnest(${column((r) => r.partyId)}::uuid[], ${column((r) => r.grade)}::text[],
      ${column((r) => r.limit?.id ?? null)}::uuid[],
      ${column((r) => r.limit?.currency ?? null)}::text[],
      ${column((r) => r.limit?.amountMinor ?? null)}::bigint[],
      ${column((r) => r.limit?.fromOn ?? null)}::date[],
      ${column((r) => r.limit?.toOn ?? null)}::date[],
      ${column((r) => r.limit?.reviewOn ?? null)}::date[],
      ${column((r) => r.limit?.terms ?? null)}::text[]) as r (party_id, grade, limit_id, currency,
      limit_minor, from_on, to_on, review_on, terms)
    join exposure.account b on b.party_id = r.party_id and b.level = 'party'
    cross join lateral (
      select r.limit_id is not null and coalesce(b.limit_from_on <= ${asOf}::date, true)
        and not coalesce(b.limit_source = 'manual' and b.limit_to_on >= ${asOf}::date, false)
        as takes
    ) t
    where a.party_id = b.party_id and a.id = b.id
      and (a.grade is distinct from r.grade or (takes
        and (a.limit_minor, a.limit_from_on, a.terms, a.currency::text)
          is distinct from (r.limit_minor, r.from_on, r.terms, r.currency)))
    returning a.id, coalesce(b.limit_minor, 0) < coalesce(a.limit_minor, 0) as grew`)
  return rows.filter(({ grew }) => grew).map(({ id }) => id)
}

type AccountRef = { readonly partyId: string; readonly id: string }

export async function updateLimit(
  tx: Transaction,
  account: AccountRef,
  limit: {
    readonly currency: string
    readonly minor: bigint
    readonly fromOn: Day
    readonly toOn: Day
    readonly reviewOn: Day
    readonly terms: string | null
    readonly reason: string
  },
): Promise<void> {
  await tx.run(sql`
    update exposure.account set currency = ${limit.currency}, limit_minor = ${limit.minor},
      limit_from_on = ${limit.fromOn}, limit_to_on = ${limit.toOn}, review_on = ${limit.reviewOn},
      terms = coalesce(${limit.terms}, terms), limit_source = 'manual',
      limit_reason = ${limit.reason}, limit_id = null
    where party_id = ${account.partyId} and id = ${account.id}`)
}

export async function updateStatus(
  tx: Transaction,
  account: AccountRef,
  of: { readonly status: string; readonly reason: string; readonly by: string },
): Promise<void> {
  await tx.run(sql`
    update exposure.account set status = ${of.status}, status_reason = ${of.reason},
      status_by = ${of.by}, status_at = now()
    where party_id = ${account.partyId} and id = ${account.id}`)
}

/** Sets what is given and leaves the rest. */
export async function updateSettings(
  tx: Transaction,
  account: AccountRef,
  of: {
    readonly toleranceBps: number | null | undefined
    readonly discountBps: number | null | undefined
    readonly dunningLevel: number | undefined
  },
): Promise<void> {
  await tx.run(sql`
    update exposure.account set
      tolerance_bps = case when ${of.toleranceBps !== undefined}
        then ${of.toleranceBps ?? null}::integer else tolerance_bps end,
      discount_bps = case when ${of.discountBps !== undefined}
        then ${of.discountBps ?? null}::integer else discount_bps end,
      dunning_level = coalesce(${of.dunningLevel ?? null}::integer, dunning_level)
    where party_id = ${account.partyId} and id = ${account.id}`)
}

export type TemporaryLimit = {
  readonly partyId: string
  readonly id: string
  readonly accountId: string
  readonly currency: string
  readonly amountMinor: bigint
  readonly fromOn: Day
  readonly toOn: Day
  readonly reason: string
  readonly grantedBy: string
}

export async function insertTemporaryLimit(tx: Transaction, of: TemporaryLimit): Promise<void> {
  await tx.run(sql`
    insert into exposure.temporary_limit (party_id, id, account_id, currency, amount_minor, from_on,
      to_on, reason, granted_by)
    values (${of.partyId}, ${of.id}, ${of.accountId}, ${of.currency}, ${of.amountMinor},
      ${of.fromOn}, ${of.toOn}, ${of.reason}, ${of.grantedBy})`)
}

export async function endTemporaryLimitRow(
  tx: Transaction,
  of: { readonly partyId: string; readonly id: string; readonly on: Day; readonly by: string },
): Promise<boolean> {
  const touched = await tx.run(sql`
    update exposure.temporary_limit set ended_on = ${of.on}, ended_by = ${of.by}
    where party_id = ${of.partyId} and id = ${of.id} and ended_on is null`)
  return touched === 1
}

/** Temporary limits of parties' accounts that have not ended before a day, those to come too. */
export function temporaryLimitsOf(
  db: Reader,
  partyIds: readonly string[],
  today: Day,
): Promise<TemporaryLimit[]> {
  return db.rows(
    sql<TemporaryLimit>`
      select party_id as "partyId", id, account_id as "accountId", currency,
        amount_minor as "amountMinor", from_on as "fromOn", to_on as "toOn", reason,
        granted_by as "grantedBy"
      from exposure.temporary_limit
      where party_id = any(${list(partyIds)}::uuid[]) and ended_on is null
        and to_on >= ${today}
      order by from_on, id`,
    { prepared: true },
  )
}
