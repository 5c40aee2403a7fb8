import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Stage, StageAmounts } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { eachFinds } from '#server/exposure/position.store.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type BalanceRow = StageAmounts & {
  readonly accountId: string
  readonly currency: Currency
}

export type AccountKey = { readonly partyId: string; readonly accountId: string }

/** A change of an account's balance; a day where it changes what is to be shipped then. */
export type BalanceChange = AccountKey & {
  readonly currency: string
  readonly stage: Stage
  readonly minor: bigint
  readonly shipOn: Day | null
}

const columnOf: Readonly<Record<Stage, string>> = {
  order: 'order_minor',
  delivered: 'delivered_minor',
  invoiced: 'invoiced_minor',
  bill: 'bill_minor',
  prepayment: 'prepayment_minor',
  'letter-of-credit': 'letter_of_credit_minor',
  insured: 'insured_minor',
  collateral: 'collateral_minor',
}

const stageColumns = sql`b.order_minor as "order", b.delivered_minor as delivered,
  b.invoiced_minor as invoiced, b.bill_minor as bill, b.prepayment_minor as prepayment,
  b.letter_of_credit_minor as "letter-of-credit", b.insured_minor as insured,
  b.collateral_minor as collateral`

export function balancesOf(db: Reader, accounts: readonly AccountKey[]): Promise<BalanceRow[]> {
  return db.rows(
    sql<BalanceRow>`
      select b.account_id as "accountId", b.currency, ${stageColumns}
      from ${keys(accounts)}
      ${eachFinds(sql`exposure.balance b
        where b.party_id = k.party_id and b.account_id = k.account_id`)} as b`,
    { prepared: true },
  )
}

/**
 * What stands at all accounts of some parties, with what of its orders is to be shipped after a day;
 * nothing where no day is given.
 */
export function balancesAt(
  db: Reader,
  partyIds: readonly string[],
  after: Day | null,
): Promise<(BalanceRow & { readonly laterMinor: bigint })[]> {
  const later = sql`coalesce((select sum(s.order_minor) from exposure.ship_day s
    where s.party_id = b.party_id and s.account_id = b.account_id and s.currency = b.currency
      and s.ship_on > ${after}), 0)::bigint`
  return db.rows(
    sql<BalanceRow & { laterMinor: bigint }>`
      select b.account_id as "accountId", b.currency, ${stageColumns},
        ${after === null ? sql`0::bigint` : later} as "laterMinor"
      from exposure.balance b
      where b.party_id = any(${list(partyIds)}::uuid[])`,
    { prepared: true },
  )
}

function keys(accounts: readonly AccountKey[]): RawBuilder<unknown> {
  return sql`unnest(${list(accounts.map(({ partyId }) => partyId))}::uuid[],
    ${list(accounts.map(({ accountId }) => accountId))}::uuid[]) as k (party_id, account_id)`
}

/**
 * Adds changes to the balances of locked accounts, by one statement with others that are written
 * beside them: each by itself costs more than what it writes.
 */
export async function changeBalances(
  tx: Transaction,
  changes: readonly BalanceChange[],
  ...beside: readonly RawBuilder<unknown>[]
): Promise<void> {
  const others = [...beside, ...shipDaysAdded(changes)].map(
    (statement, place) => sql`${sql.raw(`beside_${place}`)} as (${statement})`,
  )
  const opening = others.length === 0 ? sql`` : sql`with ${sql.join(others)}`
  await tx.run(sql`${opening} ${balancesAdded(changes)}`, { prepared: true })
}

function balancesAdded(changes: readonly BalanceChange[]): RawBuilder<unknown> {
  const used = [...new Set(changes.map(({ stage }) => stage))].sort()
  const rows = Map.groupBy(changes, (change) => `${change.accountId} ${change.currency}`)
  const groups = [...rows.values()]
  const sumOf = (stage: Stage) => (group: readonly BalanceChange[]) =>
    group.reduce((total, change) => (change.stage === stage ? total + change.minor : total), 0n)
  const columns = used.map((stage) => columnOf[stage])
  const sums = sql.join(used.map((stage) => sql`${list(groups.map(sumOf(stage)))}::bigint[]`))
  const sets = columns.map((name) => `${name} = b.${name} + excluded.${name}`)
  return sql`
    insert into exposure.balance as b (party_id, account_id, currency, ${sql.raw(columns.join())})
    select * from unnest(${list(groups.map((group) => group[0]?.partyId))}::uuid[],
      ${list(groups.map((group) => group[0]?.accountId))}::uuid[],
      ${list(groups.map((group) => group[0]?.currency))}::text[], ${sums})
    on conflict (party_id, account_id, currency) do update set ${sql.raw(sets.join())}`
}

function shipDaysAdded(changes: readonly BalanceChange[]): RawBuilder<unknown>[] {
  const dated = changes.filter(({ stage, shipOn }) => stage === 'order' && shipOn !== null)
  if (dated.length === 0) return []
  const groups = [
    ...Map.groupBy(dated, ({ accountId, currency, shipOn }) => `${accountId}${currency}${shipOn}`),
  ].map(([, group]) => group)
  const first = <Value>(of: (change: BalanceChange) => Value) =>
    list(groups.map((group) => group[0] && of(group[0])))
  return [
    sql`
      insert into exposure.ship_day as s (party_id, account_id, currency, ship_on, order_minor)
      select * from unnest(${first(({ partyId }) => partyId)}::uuid[],
        ${first(({ accountId }) => accountId)}::uuid[], ${first(({ currency }) => currency)}::text[],
        ${first(({ shipOn }) => shipOn)}::date[],
        ${list(groups.map((group) => group.reduce((sum, { minor }) => sum + minor, 0n)))}::bigint[])
      on conflict (party_id, account_id, currency, ship_on)
      do update set order_minor = s.order_minor + excluded.order_minor`,
  ]
}

/** Counts the documents on hold of locked accounts. */
export async function changeOpenHolds(
  tx: Transaction,
  changes: readonly (AccountKey & { readonly currency: string; readonly by: number })[],
): Promise<void> {
  if (changes.length === 0) return
  const groups = [...Map.groupBy(changes, ({ accountId }) => accountId).values()]
  const first = <Value>(of: (change: (typeof changes)[number]) => Value) =>
    list(groups.map((group) => group[0] && of(group[0])))
  await tx.run(sql`
    insert into exposure.balance as b (party_id, account_id, currency, open_holds)
    select * from unnest(${first(({ partyId }) => partyId)}::uuid[],
      ${first(({ accountId }) => accountId)}::uuid[], ${first(({ currency }) => currency)}::text[],
      ${list(groups.map((group) => group.reduce((sum, { by }) => sum + by, 0)))}::integer[])
    on conflict (party_id, account_id, currency)
    do update set open_holds = greatest(b.open_holds + excluded.open_holds, 0)`)
}

/** How many documents of an account are on hold. */
export async function openHoldsOf(
  db: Reader,
  account: { readonly partyId: string; readonly id: string },
): Promise<number> {
  const row = await db.row(sql<{ count: number }>`
    select coalesce(sum(open_holds), 0)::integer as count from exposure.balance
    where party_id = ${account.partyId} and account_id = ${account.id}`)
  return row?.count ?? 0
}

/** The accounts with documents on hold among these and those below them. */
export async function accountsWaiting(
  db: Reader,
  accountIds: readonly string[],
): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select distinct b.account_id as id
    from unnest(${list(accountIds)}::uuid[]) as k (id)
    join exposure.account a on a.id = k.id or a.above_ids @> array[k.id]
    join exposure.balance b on b.party_id = a.party_id and b.account_id = a.id
    where b.open_holds > 0`)
  return rows.map(({ id }) => id)
}
