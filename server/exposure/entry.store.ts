import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Stage } from '#kernel/exposure/stage.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader } from '#server/platform/database.ts'

export type EntryRow = {
  readonly partyId: string
  readonly accountId: string
  readonly id: string
  readonly stage: Stage
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly documentKind: string
  readonly documentId: string
  readonly number: string
  readonly cause: string
  readonly effectiveOn: Day
  readonly decisionId: string | null
}

/** The statement that adds entries; it goes with that of the balances they change. */
export function entriesAdded(entries: readonly EntryRow[]): RawBuilder<unknown> {
  const column = <Value>(of: (entry: EntryRow) => Value) => list(entries.map(of))
  return sql`
    insert into exposure.entry (party_id, account_id, id, stage, currency, amount_minor,
      document_kind, document_id, number, cause, effective_on, decision_id)
    select * from unnest(${column((e) => e.partyId)}::uuid[],
      ${column((e) => e.accountId)}::uuid[], ${column((e) => e.id)}::uuid[],
      ${column((e) => e.stage)}::text[], ${column((e) => e.currency)}::text[],
      ${column((e) => e.amountMinor)}::bigint[], ${column((e) => e.documentKind)}::text[],
      ${column((e) => e.documentId)}::uuid[], ${column((e) => e.number)}::text[],
      ${column((e) => e.cause)}::text[], ${column((e) => e.effectiveOn)}::date[],
      ${column((e) => e.decisionId)}::uuid[])`
}

/** A page of the entries of an account and of those below it, latest first. */
export function listEntries(
  db: Reader,
  of: {
    readonly accountIds: readonly { readonly partyId: string; readonly id: string }[]
    readonly stage: string | null
    readonly limit: number
    readonly after: string | null
  },
): Promise<(EntryRow & { recordedAt: string })[]> {
  return db.rows(sql<EntryRow & { recordedAt: string }>`
    select e.party_id as "partyId", e.account_id as "accountId", e.id, e.stage, e.currency,
      e.amount_minor as "amountMinor", e.document_kind as "documentKind",
      e.document_id as "documentId", e.number, e.cause, e.effective_on as "effectiveOn",
      e.decision_id as "decisionId", e.recorded_at as "recordedAt"
    from unnest(${list(of.accountIds.map(({ partyId }) => partyId))}::uuid[],
      ${list(of.accountIds.map(({ id }) => id))}::uuid[]) as k (party_id, account_id)
    cross join lateral (
      select * from exposure.entry e
      where e.party_id = k.party_id and e.account_id = k.account_id
        and (${of.after}::uuid is null or e.id < ${of.after}::uuid)
        and (${of.stage}::text is null or e.stage = ${of.stage})
      order by e.id desc limit ${of.limit}
    ) e
    order by e.id desc limit ${of.limit}`)
}
