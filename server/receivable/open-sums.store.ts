import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

/** What is open of a party's invoices in one currency, as the ageing of the day has it. */
type OpenSum = {
  readonly partyId: string
  readonly currency: Currency
  readonly openMinor: bigint
  readonly overdueMinor: bigint
  readonly overdueSinceOn: Day | null
  /** When the next of them falls overdue or begins to count. */
  readonly changesOn: Day | null
}

export function openSumsOf(
  db: Reader,
  partyIds: readonly string[],
  today: Day,
): Promise<OpenSum[]> {
  return db.rows(sql<OpenSum>`
    select i.party_id as "partyId", i.currency,
      coalesce(sum(i.open_minor) filter (where i.issued_on <= ${today}), 0)::bigint as "openMinor",
      coalesce(sum(i.open_minor) filter (where i.due_on < ${today}), 0)::bigint as "overdueMinor",
      min(i.due_on) filter (where i.due_on < ${today}) as "overdueSinceOn",
      min(case when i.issued_on > ${today} then i.issued_on
        when i.due_on >= ${today} then i.due_on + 1 end) as "changesOn"
    from unnest(${list(partyIds)}::uuid[]) as k (party_id)
    cross join lateral (
      select * from receivable.invoice o
      where o.party_id = k.party_id and o.open_minor > 0 offset 0
    ) i
    group by i.party_id, i.currency`)
}
