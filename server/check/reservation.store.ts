import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
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
  readonly decisionId: string
}

/**
 * The id of the reservation for a document of a buyer: made of both, so that whoever asks for the
 * same document at the same time speaks of the same reservation. A UUID of version 8 (RFC 9562).
 */
export function reservationId(buyerId: string, number: string): string {
  const hex = createHash('sha256').update(`${buyerId}\n${number}`).digest('hex')
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

export function reservationsOf(
  db: Reader,
  keys: readonly { readonly partyId: string; readonly id: string }[],
): Promise<ReservationRow[]> {
  return db.rows(
    sql<ReservationRow>`
      select ${columns}
      from unnest(${list(keys.map(({ partyId }) => partyId))}::uuid[],
        ${list(keys.map(({ id }) => id))}::uuid[]) as k (party_id, id)
      join "check".reservation r on r.party_id = k.party_id and r.id = k.id`,
    { prepared: true },
  )
}

export function lockReservation(
  tx: Transaction,
  key: { readonly partyId: string; readonly id: string },
): Promise<ReservationRow | undefined> {
  return tx.row(sql<ReservationRow>`
    select ${columns} from "check".reservation r
    where r.party_id = ${key.partyId} and r.id = ${key.id} for update`)
}

/** Writes reservations as their check left them. Their accounts are locked. */
export async function writeReservations(
  tx: Transaction,
  rows: readonly ReservationRow[],
): Promise<void> {
  const column = <Value>(of: (row: ReservationRow) => Value) => list(rows.map(of))
  await tx.run(
    sql`
      insert into "check".reservation (party_id, id, number, segment, currency, amount_minor,
        committed_minor, state, requested_on, expires_at, decision_id)
      select * from unnest(${column((r) => r.partyId)}::uuid[], ${column((r) => r.id)}::uuid[],
        ${column((r) => r.number)}::text[], ${column((r) => r.segment)}::text[],
        ${column((r) => r.currency)}::text[], ${column((r) => r.amountMinor)}::bigint[],
        ${column((r) => r.committedMinor)}::bigint[], ${column((r) => r.state)}::text[],
        ${column((r) => r.requestedOn)}::date[], ${column((r) => r.expiresAt)}::timestamptz[],
        ${column((r) => r.decisionId)}::uuid[])
      on conflict (party_id, id) do update set segment = excluded.segment,
        currency = excluded.currency, amount_minor = excluded.amount_minor,
        committed_minor = excluded.committed_minor, state = excluded.state,
        requested_on = excluded.requested_on, expires_at = excluded.expires_at,
        decision_id = excluded.decision_id, resolved_at = null`,
    { prepared: true },
  )
}

/** Ends a reservation, or turns it into what was committed. */
export async function resolveReservation(
  tx: Transaction,
  key: { readonly partyId: string; readonly id: string },
  of: {
    readonly state: 'committed' | 'released' | 'expired'
    readonly committedMinor: bigint | null
  },
): Promise<void> {
  await tx.run(sql`
    update "check".reservation set state = ${of.state}, committed_minor = ${of.committedMinor},
      expires_at = case when ${of.state} = 'committed' then null else expires_at end,
      resolved_at = now()
    where party_id = ${key.partyId} and id = ${key.id}`)
}

/** The clock of the database, by which reservations end. */
export async function databaseNow(db: Reader): Promise<number> {
  const row = await db.row(sql<{ now: string }>`select now() as now`, { prepared: true })
  return Date.parse(row?.now ?? '')
}
