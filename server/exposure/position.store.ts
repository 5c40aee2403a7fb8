import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** What a document counts with at a stage, and where. */
export type Position = {
  readonly partyId: string
  readonly documentId: string
  readonly stage: 'order' | 'delivered'
  readonly accountId: string
  readonly segment: string
  readonly documentKind: 'order' | 'delivery' | 'reservation'
  readonly number: string
  readonly orderNumber: string | null
  readonly currency: Currency
  readonly minor: bigint
  readonly shipOn: Day | null
  readonly expiresAt: string | null
}

const columns = sql`
  p.party_id as "partyId", p.document_id as "documentId", p.stage, p.account_id as "accountId",
  a.segment, p.document_kind as "documentKind", p.number, p.order_number as "orderNumber",
  p.currency, p.amount_minor as minor, p.ship_on as "shipOn", p.expires_at as "expiresAt"`

/**
 * Has rows looked up key by key, by their index, whatever the planner knew of the table when the
 * statement was prepared: it may have been empty then.
 */
export function eachFinds(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`cross join lateral (select * from ${rows} offset 0)`
}

const joined = sql`exposure.position p
  join exposure.account a on a.party_id = p.party_id and a.id = p.account_id`

export function positionsOfDocuments(
  db: Reader,
  documents: readonly { readonly partyId: string; readonly documentId: string }[],
): Promise<Position[]> {
  return db.rows(
    sql<Position>`
      select ${columns}
      from unnest(${list(documents.map(({ partyId }) => partyId))}::uuid[],
        ${list(documents.map(({ documentId }) => documentId))}::uuid[]) as k (party_id, document_id)
      ${eachFinds(sql`exposure.position p
        where p.party_id = k.party_id and p.document_id = k.document_id`)} as p
      join exposure.account a on a.party_id = p.party_id and a.id = p.account_id`,
    { prepared: true },
  )
}

/** What some documents of one buyer count with. */
export function positionsOf(
  db: Reader,
  buyerId: string,
  documentIds: readonly string[],
): Promise<Position[]> {
  return positionsOfDocuments(
    db,
    documentIds.map((documentId) => ({ partyId: buyerId, documentId })),
  )
}

/** What orders of these numbers count with, deliveries first and oldest first among equals. */
export function positionsOfOrders(
  db: Reader,
  orders: readonly { readonly partyId: string; readonly orderNumber: string }[],
): Promise<Position[]> {
  return db.rows(sql<Position>`
    select ${columns}
    from unnest(${list(orders.map(({ partyId }) => partyId))}::uuid[],
      ${list(orders.map(({ orderNumber }) => orderNumber))}::text[]) as k (party_id, order_number)
    join ${joined} on p.party_id = k.party_id and p.order_number = k.order_number
    order by p.stage, p.document_id`)
}

/** Orders of these parties that count, for those who bring many invoices at once. */
export function orderNumbersOf(
  db: Reader,
  partyIds: readonly string[],
): Promise<{ partyId: string; orderNumber: string }[]> {
  return db.rows(sql<{ partyId: string; orderNumber: string }>`
    select distinct party_id as "partyId", order_number as "orderNumber" from exposure.position
    where party_id = any(${list(partyIds)}::uuid[]) and order_number is not null`)
}

export function expiredReservations(db: Reader, most: number): Promise<Position[]> {
  return db.rows(sql<Position>`
    select ${columns} from ${joined}
    where p.expires_at <= now() order by p.expires_at limit ${most}`)
}

/** Writes positions as they now are; one of zero ends. Their accounts are locked. */
export async function writePositions(
  tx: Transaction,
  positions: readonly Omit<Position, 'segment'>[],
): Promise<void> {
  const ended = positions.filter(({ minor }) => minor === 0n)
  const kept = positions.filter(({ minor }) => minor !== 0n)
  const column = <Value>(of: (position: (typeof positions)[number]) => Value) => list(kept.map(of))
  if (kept.length > 0) {
    await tx.run(
      sql`
        insert into exposure.position (party_id, document_id, stage, account_id, document_kind,
          number, order_number, currency, amount_minor, ship_on, expires_at)
        select * from unnest(${column((p) => p.partyId)}::uuid[],
          ${column((p) => p.documentId)}::uuid[], ${column((p) => p.stage)}::text[],
          ${column((p) => p.accountId)}::uuid[], ${column((p) => p.documentKind)}::text[],
          ${column((p) => p.number)}::text[], ${column((p) => p.orderNumber)}::text[],
          ${column((p) => p.currency)}::text[], ${column((p) => p.minor)}::bigint[],
          ${column((p) => p.shipOn)}::date[], ${column((p) => p.expiresAt)}::timestamptz[])
        on conflict (party_id, document_id, stage) do update set
          account_id = excluded.account_id, document_kind = excluded.document_kind,
          number = excluded.number, order_number = excluded.order_number,
          currency = excluded.currency, amount_minor = excluded.amount_minor,
          ship_on = excluded.ship_on, expires_at = excluded.expires_at`,
      { prepared: true },
    )
  }
  if (ended.length === 0) return
  await tx.run(sql`
    delete from exposure.position p
    using unnest(${list(ended.map(({ partyId }) => partyId))}::uuid[],
      ${list(ended.map(({ documentId }) => documentId))}::uuid[],
      ${list(ended.map(({ stage }) => stage))}::text[]) as k (party_id, document_id, stage)
    where p.party_id = k.party_id and p.document_id = k.document_id and p.stage = k.stage`)
}
