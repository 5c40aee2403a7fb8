import { type RawBuilder, sql } from 'kysely'
import { partyOf } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** A document found by its number, with whose it is. */
type NumberedDocument = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly code: string
  readonly name: string
  readonly shortName: string | null
  readonly closedOn: string | null
}

/** Orders whose number begins so. `mayBeSeen` is a condition on the party p. */
export function ordersByNumber(
  db: Reader,
  of: { readonly number: string; readonly limit: number; readonly mayBeSeen: RawBuilder<unknown> },
): Promise<NumberedDocument[]> {
  return db.rows(sql<NumberedDocument>`
    select o.party_id as "partyId", o.id, o.number, p.code, p.name, p.short_name as "shortName",
      p.closed_on as "closedOn"
    from "order".sales_order o ${partyOf(sql`o.party_id`)}
    where o.number collate "C" >= ${of.number}::text collate "C"
      and o.number collate "C" < (${of.number}::text || chr(1114111)) collate "C"
      and ${of.mayBeSeen}
    order by o.number collate "C", o.id limit ${of.limit}`)
}
