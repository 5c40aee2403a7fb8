import type { Stage } from '#kernel/exposure/stage.ts'
import {
  type AccountPlace,
  accountsByIds,
  lockAccounts,
  movePlaces,
} from '#server/exposure/account.store.ts'
import {
  type BalanceChange,
  changeBalances,
  changeOpenHolds,
  openHoldsOf,
} from '#server/exposure/balance.store.ts'
import { entrySumsOf, shipDaysOf } from '#server/exposure/entry-sums.store.ts'
import type { Transaction } from '#server/platform/database.ts'

/**
 * Puts accounts below others: what stands at them leaves the balances that counted it and comes to
 * those that now do. No entry is written, since nothing became more or less.
 */
export async function moveAccounts(
  tx: Transaction,
  places: readonly AccountPlace[],
): Promise<void> {
  const before = await accountsByIds(tx, places)
  const aboveOf = (of: AccountPlace) =>
    of.aboveIds.map((id, index) => ({ partyId: of.abovePartyIds[index] ?? '', id }))
  const touched = [...before, ...places].flatMap((place) => [place, ...aboveOf(place)])
  const locked = await lockAccounts(tx, await accountsByIds(tx, touched))
  const accounts = new Map(locked.map((account) => [account.id, account]))
  const changes: BalanceChange[] = []
  for (const place of places) {
    // Read again: another command may have moved it while this waited for the locks.
    const stood = accounts.get(place.id)
    if (!stood || place.level === 'group') continue
    const own = await amountsAt(tx, place)
    const move = (above: { partyId: string; id: string }, sign: bigint) =>
      own.map((amount) => ({
        ...amount,
        partyId: above.partyId,
        accountId: above.id,
        minor: sign * amount.minor,
      }))
    changes.push(...aboveOf(stood).flatMap((above) => move(above, -1n)))
    changes.push(...aboveOf(place).flatMap((above) => move(above, 1n)))
    const openHolds = await openHoldsOf(tx, place)
    if (openHolds > 0) {
      const holds = (above: { partyId: string; id: string }, by: number) => ({
        partyId: above.partyId,
        accountId: above.id,
        currency: accounts.get(above.id)?.currency ?? stood.currency,
        by,
      })
      await changeOpenHolds(tx, [
        ...aboveOf(stood).map((above) => holds(above, -openHolds)),
        ...aboveOf(place).map((above) => holds(above, openHolds)),
      ])
    }
  }
  if (changes.length > 0) await changeBalances(tx, changes)
  await movePlaces(tx, places)
}

type Amount = Pick<BalanceChange, 'currency' | 'stage' | 'minor' | 'shipOn'>

/** What stands at an account by its own entries; orders by the day they are to be shipped. */
async function amountsAt(tx: Transaction, place: AccountPlace): Promise<Amount[]> {
  const amounts = (await entrySumsOf(tx, place)).map(
    (sum): Amount => ({ ...sum, stage: sum.stage as Stage, shipOn: null }),
  )
  const dated = (await shipDaysOf(tx, place)).map(
    (day): Amount => ({ ...day, stage: 'order' as const }),
  )
  const undated = dated.map((amount) => ({ ...amount, minor: -amount.minor, shipOn: null }))
  return [...amounts, ...undated, ...dated]
}
