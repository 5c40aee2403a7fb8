import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Stage } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Reader } from '#server/platform/database.ts'

type AccountRef = { readonly partyId: string; readonly id: string }

/** The fold of an account's own entries. */
export function entrySumsOf(
  db: Reader,
  account: AccountRef,
): Promise<{ stage: Stage; currency: Currency; minor: bigint }[]> {
  return db.rows(sql<{ stage: Stage; currency: Currency; minor: bigint }>`
    select stage, currency, sum(amount_minor)::bigint as minor from exposure.entry
    where party_id = ${account.partyId} and account_id = ${account.id}
    group by 1, 2 having sum(amount_minor) <> 0`)
}

/** What of an account's own orders is to be shipped on which day. */
export function shipDaysOf(
  db: Reader,
  account: AccountRef,
): Promise<{ currency: Currency; shipOn: Day; minor: bigint }[]> {
  return db.rows(sql<{ currency: Currency; shipOn: Day; minor: bigint }>`
    select currency, ship_on as "shipOn", sum(amount_minor)::bigint as minor
    from exposure.position
    where party_id = ${account.partyId} and account_id = ${account.id} and stage = 'order'
      and ship_on is not null
    group by 1, 2`)
}
