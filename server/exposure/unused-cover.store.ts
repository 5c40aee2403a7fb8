import { sql } from 'kysely'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** What a member of a group has paid ahead or secured beyond all that it owes and ordered. */
export type UnusedCover = {
  readonly groupAccountId: string
  readonly partyId: string
  readonly accountId: string
  readonly currency: Currency
  readonly minor: bigint
}

/**
 * The unused cover of the members of groups. Nobody may set one member's money or collateral against
 * what another owes, so a group's exposure is reckoned without it. Of members whom a document is to
 * leave it is told whether they have any or not: then they may.
 */
export function unusedCoverOf(
  db: Reader,
  groupAccountIds: readonly string[],
  leftPartyIds: readonly string[] = [],
): Promise<UnusedCover[]> {
  return db.rows(
    sql<UnusedCover>`
      select k.id as "groupAccountId", a.party_id as "partyId",
        a.id as "accountId", b.currency,
        (f.secured_minor - f.gross_minor)::bigint as minor
      from unnest(${list(groupAccountIds)}::uuid[]) as k (id)
      join exposure.account a on a.above_ids @> array[k.id] and a.level = 'party'
        and a.charged_party_id = a.party_id
      join exposure.balance b on b.party_id = a.party_id and b.account_id = a.id
      cross join lateral (select
        b.order_minor + b.delivered_minor + b.invoiced_minor + b.bill_minor as gross_minor,
        b.prepayment_minor + b.letter_of_credit_minor + b.insured_minor + b.collateral_minor
          as secured_minor) f
      where f.secured_minor > f.gross_minor
        or a.party_id = any(${list(leftPartyIds)}::uuid[])`,
    { prepared: true },
  )
}
