import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { type Position, positionsOfDocuments } from '#server/exposure/public.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type ReservationState = 'held' | 'open' | 'committed' | 'released' | 'expired'

export type ReservationRow = {
  readonly partyId: string
  readonly id: string
  readonly number: string
  readonly segment: string
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly committedMinor: bigint | null
  readonly state: ReservationState
  readonly requestedOn: Day | null
  readonly expiresAt: string | null
  /** The check that it passed or is held by; null where it only counts. */
  readonly decisionId: string | null
}

/**
 * The id of the reservation for a document of a buyer: made of both, so that whoever asks for the
 * same document at the same time speaks of the same reservation. A UUID of version 8 (RFC 9562).
 */
export function reservationId(buyerId: string, number: string): string {
  const hex = hash('sha256', `${buyerId}\n${number}`, 'hex')
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(18, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

const columns = sql`
  r.party_id as "partyId", r.id, r.number, r.segment, r.currency, r.amount_minor as "amountMinor",
  r.committed_minor as "committedMinor", r.state, r.requested_on as "requestedOn",
  r.expires_at as "expiresAt", r.decision_id as "decisionId"`

type Key = { readonly partyId: string; readonly id: string }

/**
 * The rows of reservations that have one, those that ended, were committed or are held, and the
 * clock of the database, by which reservations end.
 */
export async function reservationsNow(
  db: Reader,
  keys: readonly Key[],
): Promise<{ rows: ReservationRow[]; nowMs: number }> {
  const found = await db.rows(
    sql<ReservationRow & { now: string }>`
      select r.*, now() as now
      from (select) as one left join (
        select r.*
        from unnest(${list(keys.map(({ partyId }) => partyId))}::uuid[],
          ${list(keys.map(({ id }) => id))}::uuid[]) as k (party_id, id)
        cross join lateral (
          select ${columns} from "check".reservation r
          where r.party_id = k.party_id and r.id = k.id limit 1
        ) r
      ) r on true`,
    { prepared: true },
  )
  const rows = found.filter(({ id }) => id !== null).map(({ now, ...row }) => row)
  return { rows, nowMs: Date.parse(found[0]?.now ?? '') }
}

/**
 * Reservations as they stand. One that was made and has neither ended nor been committed has no row
 * of its own: it is what its document counts with, until its end. Rows stay once they are written, so
 * they are read last: one that is resolved in between is found as that, and never as unknown.
 */
export async function reservationsOf(db: Reader, keys: readonly Key[]): Promise<ReservationRow[]> {
  const documents = keys.map(({ partyId, id }) => ({ partyId, documentId: id }))
  const positions = await positionsOfDocuments(db, documents)
  return standingReservations((await reservationsNow(db, keys)).rows, positions)
}

/**
 * What rows and positions come to. A document whose invoice took all of it counts with nothing and
 * may be held when more is asked for; should the invoice be voided it counts again, and then that is
 * what stands: its hold waits beside it for the rest.
 */
export function standingReservations(
  rows: readonly ReservationRow[],
  positions: readonly Position[],
): ReservationRow[] {
  const standing = new Map(positions.flatMap(openReservation).map((row) => [row.id, row]))
  for (const row of rows) {
    if (row.state !== 'held' || !standing.has(row.id)) standing.set(row.id, row)
  }
  return [...standing.values()]
}

/** A position as the open reservation that it is, if it is one. */
function openReservation(position: Position): ReservationRow[] {
  if (position.documentKind !== 'reservation' || position.stage !== 'order') return []
  const { partyId, documentId: id, number, segment, currency, minor, shipOn, expiresAt } = position
  return [
    {
      ...{ partyId, id, number, segment, currency, amountMinor: minor, committedMinor: null },
      ...{ state: 'open', requestedOn: shipOn, expiresAt, decisionId: null },
    },
  ]
}

/** Writes reservations that came to something else than to count. Their accounts are locked. */
export async function writeReservations(
  tx: Transaction,
  rows: readonly ReservationRow[],
): Promise<void> {
  const column = <Value>(of: (row: ReservationRow) => Value) => list(rows.map(of))
  await tx.run(sql`
    insert into "check".reservation (party_id, id, number, segment, currency, amount_minor,
      committed_minor, state, requested_on, expires_at, decision_id, resolved_at)
    select *, case when state in ('committed', 'released', 'expired') then now() end
    from unnest(${column((r) => r.partyId)}::uuid[], ${column((r) => r.id)}::uuid[],
      ${column((r) => r.number)}::text[], ${column((r) => r.segment)}::text[],
      ${column((r) => r.currency)}::text[], ${column((r) => r.amountMinor)}::bigint[],
      ${column((r) => r.committedMinor)}::bigint[], ${column((r) => r.state)}::text[],
      ${column((r) => r.requestedOn)}::date[], ${column((r) => r.expiresAt)}::timestamptz[],
      ${column((r) => r.decisionId)}::uuid[]) as r (party_id, id, number, segment, currency,
      amount_minor, committed_minor, state, requested_on, expires_at, decision_id)
    on conflict (party_id, id) do update set segment = excluded.segment,
      currency = excluded.currency, amount_minor = excluded.amount_minor,
      committed_minor = excluded.committed_minor, state = excluded.state,
      requested_on = excluded.requested_on, expires_at = excluded.expires_at,
      decision_id = coalesce(excluded.decision_id, reservation.decision_id),
      resolved_at = excluded.resolved_at`)
}

/** The clock of the database, by which reservations end. */
export async function databaseNow(db: Reader): Promise<number> {
  const row = await db.row(sql<{ now: string }>`select now() as now`, { prepared: true })
  return Date.parse(row?.now ?? '')
}
