import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { AgeingTerms } from '#kernel/receivable/ageing.ts'
import { partiesOwnedBy } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import { ageingColumn } from '#server/receivable/ageing-column.ts'
import { type OpenScope, openParts, whereSeen } from '#server/receivable/open-part.ts'

export type AgedItemRow = {
  readonly kind: 'invoice' | 'unapplied-credit'
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly currency: Currency
  readonly amountMinor: bigint
  /** Negative for credits: it lowers the balance. */
  readonly openMinor: bigint
  readonly issuedOn: Day
  readonly dueOn: Day | null
  readonly column: number
}

/** A page of the open items of a day with the ageing column of each, by due day and id. */
export function listAgedItems(
  db: Reader,
  scope: OpenScope,
  terms: AgeingTerms,
  page: {
    readonly column: number | null
    readonly owners?: Parameters<typeof partiesOwnedBy>[0]
    /** Null: all of them, which is for a few customers. */
    readonly limit: number | null
    readonly after: { readonly key: string; readonly id: string } | null
  },
): Promise<AgedItemRow[]> {
  const { after, column } = page
  const owned = partiesOwnedBy(page.owners ?? {})
  return db.rows(sql<AgedItemRow>`
    with ${openParts(scope)},
    item as (
      select party_id, id, currency, day, due_on, credit, ${ageingColumn(terms)} as col,
        sum(minor)::bigint as minor
      from part ${owned === null ? sql`` : sql`where party_id in (${owned})`}
      group by party_id, id, currency, day, due_on, credit
      having sum(minor) <> 0
    ),
    listed as (
      select * from (select * from item ${whereSeen(scope)}) item
      where (${column}::integer is null or col = ${column})
        and (${after?.key ?? null}::date is null
          or (coalesce(due_on, day), id) > (${after?.key ?? null}::date, ${after?.id ?? null}::uuid))
      order by coalesce(due_on, day), id limit ${page.limit}
    )
    select case when l.credit then 'unapplied-credit' else 'invoice' end as kind,
      l.party_id as "partyId", l.id, coalesce(i.number, c.number) as number, l.currency,
      coalesce(i.amount_minor, c.amount_minor) as "amountMinor", l.minor as "openMinor",
      l.day as "issuedOn", l.due_on as "dueOn", l.col as "column"
    from listed l
    left join receivable.invoice i on not l.credit and i.party_id = l.party_id and i.id = l.id
    left join receivable.credit c on l.credit and c.party_id = l.party_id and c.id = l.id
    order by coalesce(l.due_on, l.day), l.id`)
}
