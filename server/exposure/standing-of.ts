import type { AccountStatus } from '#contract/exposure.ts'
import { addDays, type Day } from '#kernel/calendar/day.ts'
import { netExposure } from '#kernel/exposure/net-exposure.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { ratesBetween } from '#server/company/public.ts'
import { type Account, accountsOf } from '#server/exposure/account.store.ts'
import { type TemporaryLimit, temporaryLimitsOf } from '#server/exposure/account-limit.store.ts'
import { type BalanceRow, balancesOf } from '#server/exposure/balance.store.ts'
import type { Reader } from '#server/platform/database.ts'

/** How a party stands at its own credit account, as its credit file says too. */
export type Standing = {
  readonly partyId: string
  readonly currency: Currency
  readonly status: AccountStatus
  readonly limitMinor: bigint | null
  readonly limitToOn: Day | null
  /** What temporary limits add today. */
  readonly temporaryMinor: bigint
  /** Null where a rate is missing. */
  readonly exposureMinor: bigint | null
  readonly usesRates: boolean
  /** When a temporary limit begins or ends next. */
  readonly changesOn: Day | null
}

/** The standing of each of some parties that has an account of its own. */
export async function standingsOf(
  db: Reader,
  partyIds: readonly string[],
  today: Day,
): Promise<Standing[]> {
  const all = await accountsOf(db, partyIds)
  const accounts = all.filter(({ level }) => level === 'party')
  const keys = accounts.map(({ partyId, id }) => ({ partyId, accountId: id }))
  const balances = Map.groupBy(await balancesOf(db, keys), ({ accountId }) => accountId)
  const temporary = Map.groupBy(
    await temporaryLimitsOf(db, partyIds, today),
    ({ accountId }) => accountId,
  )
  const pairs = new Map(
    accounts.flatMap(({ id, currency: to }) =>
      (balances.get(id) ?? []).flatMap(({ currency: from }) =>
        from === to ? [] : [[`${from}/${to}`, { from, to }]],
      ),
    ),
  )
  const rates = await ratesBetween(db, [...pairs.values()], today)
  return accounts.map((account) => {
    const own = balances.get(account.id) ?? []
    const stages = own.map((row) => ({ currency: row.currency, stages: row }))
    const exposureMinor = netExposure(stages, account.currency, rates)
    return standingOf(account, own, temporary.get(account.id) ?? [], { exposureMinor, today })
  })
}

function standingOf(
  account: Account,
  own: readonly BalanceRow[],
  limits: readonly TemporaryLimit[],
  { exposureMinor, today }: { exposureMinor: bigint | null; today: Day },
): Standing {
  const { partyId, currency, status, limitMinor, limitToOn } = account
  const inForce = limits.filter((one) => one.fromOn <= today && one.currency === currency)
  const turns = limits.map(({ fromOn, toOn }) => (fromOn > today ? fromOn : addDays(toOn, 1)))
  return {
    ...{ partyId, currency, status, limitMinor, limitToOn, exposureMinor },
    temporaryMinor: inForce.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
    usesRates: own.some((balance) => balance.currency !== currency),
    changesOn: turns.sort()[0] ?? null,
  }
}
