import { sql } from 'kysely'
import type { PartyChoiceQuery } from '#contract/party.ts'
import type { Reader } from '#server/platform/database.ts'

const most = 500

/** What parties have in a field, by leaping from value to value along its index. */
export async function partyChoices(
  db: Reader,
  field: PartyChoiceQuery['field'],
): Promise<readonly string[]> {
  const column = sql.ref(`p.${field}`)
  const rows = await db.rows(sql<{ value: string }>`
    with recursive step as (
      (select ${column} as value from party.party p where ${column} is not null
      order by ${column} limit 1)
      union all
      select (select ${column} from party.party p where ${column} > step.value
        order by ${column} limit 1)
      from step where step.value is not null
    )
    select value from step where value is not null limit ${most}`)
  return rows.map(({ value }) => value)
}
