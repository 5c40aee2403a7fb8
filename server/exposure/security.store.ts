import { sql } from 'kysely'
import type { SecurityKind } from '#contract/exposure.ts'
import type { Day } from '#kernel/calendar/day.ts'
import type { Currency } from '#kernel/money/currency.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'

export type SecurityRow = {
  readonly partyId: string
  readonly id: string
  readonly accountId: string
  readonly segment: string
  readonly kind: SecurityKind
  readonly number: string
  readonly issuer: string | null
  readonly currency: Currency
  readonly faceMinor: bigint
  readonly shareBps: number
  readonly countedMinor: bigint
  readonly fromOn: Day
  readonly toOn: Day
  readonly note: string | null
  readonly countsSinceOn: Day | null
  readonly endedOn: Day | null
  readonly endReason: string | null
  readonly recordedBy: string
}

const columns = sql`
  s.party_id as "partyId", s.id, s.account_id as "accountId", a.segment, s.kind, s.number, s.issuer,
  s.currency, s.face_minor as "faceMinor", s.share_bps as "shareBps",
  s.counted_minor as "countedMinor", s.from_on as "fromOn", s.to_on as "toOn", s.note,
  s.counts_since_on as "countsSinceOn", s.ended_on as "endedOn", s.end_reason as "endReason",
  s.recorded_by as "recordedBy"`

const joined = sql`exposure.security s
  join exposure.account a on a.party_id = s.party_id and a.id = s.account_id`

/** Adds a security; false where the party has one of this kind and number. */
export async function insertSecurity(
  tx: Transaction,
  of: Omit<SecurityRow, 'segment' | 'endedOn' | 'endReason'>,
): Promise<boolean> {
  const touched = await tx.run(sql`
    insert into exposure.security (party_id, id, account_id, kind, number, issuer, currency,
      face_minor, share_bps, counted_minor, from_on, to_on, note, counts_since_on, recorded_by)
    values (${of.partyId}, ${of.id}, ${of.accountId}, ${of.kind}, ${of.number}, ${of.issuer},
      ${of.currency}, ${of.faceMinor}, ${of.shareBps}, ${of.countedMinor}, ${of.fromOn},
      ${of.toOn}, ${of.note}, ${of.countsSinceOn}, ${of.recordedBy})
    on conflict on constraint security_number_once do nothing`)
  return touched === 1
}

export function securitiesOf(db: Reader, partyId: string): Promise<SecurityRow[]> {
  return db.rows(sql<SecurityRow>`
    select ${columns} from ${joined} where s.party_id = ${partyId} order by s.to_on desc, s.id`)
}

export function lockSecurity(
  tx: Transaction,
  of: { readonly partyId: string; readonly id: string },
): Promise<SecurityRow | undefined> {
  return tx.row(sql<SecurityRow>`
    select ${columns} from ${joined} where s.party_id = ${of.partyId} and s.id = ${of.id}
    for update of s`)
}

/** Securities whose first day has come, and those whose last day has passed. */
export function securitiesToTurn(tx: Transaction, today: Day): Promise<SecurityRow[]> {
  return tx.rows(sql<SecurityRow>`
    select ${columns} from ${joined}
    where s.ended_on is null
      and (s.to_on < ${today} or (s.counts_since_on is null and s.from_on <= ${today}))
    order by s.id for update of s skip locked`)
}

export async function markCounting(tx: Transaction, of: SecurityRow, on: Day): Promise<void> {
  await tx.run(sql`
    update exposure.security set counts_since_on = ${on}
    where party_id = ${of.partyId} and id = ${of.id}`)
}

export async function markEnded(
  tx: Transaction,
  of: SecurityRow,
  end: { readonly on: Day; readonly reason: string },
): Promise<void> {
  await tx.run(sql`
    update exposure.security set ended_on = ${end.on}, end_reason = ${end.reason}
    where party_id = ${of.partyId} and id = ${of.id}`)
}
