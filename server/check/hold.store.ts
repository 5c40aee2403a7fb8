import { type RawBuilder, sql } from 'kysely'
import type { Checkpoint } from '#kernel/check/check-facts.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'

/** The account that a hold waits for room in. */
export type HoldAccount = { readonly partyId: string; readonly accountId: string }

export type NewHold = {
  readonly partyId: string
  readonly documentKind: 'order' | 'reservation'
  readonly documentId: string
  readonly number: string
  readonly checkpoint: Checkpoint
  readonly decisionId: string
  readonly accountPartyId: string
  readonly accountId: string
  readonly currency: Currency
  /** What must wait: of a document that counts already with a part, the rest. */
  readonly amountMinor: bigint
  /** Ids of the rules that hold it, in their order of precedence. */
  readonly rules: readonly string[]
  readonly priority: number
  readonly owner: string
  readonly requestedBy: string
  readonly salesperson: string | null
}

export type OpenedHold = {
  readonly id: string
  /** False where the document was held already. */
  readonly isNew: boolean
  /** The account that it waited for until now, where that is another one. */
  readonly leftAccount: HoldAccount | null
}

/**
 * Opens holds, by document. A document that is held at that checkpoint already keeps its row: id,
 * owner and age, and who asked for it unless somebody asks for more.
 */
export async function insertHolds(
  tx: Transaction,
  holds: readonly NewHold[],
): Promise<ReadonlyMap<string, OpenedHold>> {
  // The last of a document counts, and rows are locked in one order.
  const latest = new Map(holds.map((hold) => [`${hold.documentId} ${hold.checkpoint}`, hold]))
  const rows = [...latest.keys()].sort().flatMap((key) => latest.get(key) ?? [])
  const column = <Value>(of: (row: NewHold) => Value) => list(rows.map(of))
  const opened = await tx.rows(sql<OpenedHold & { documentId: string }>`
    with given as (
      select * from unnest(${column((row) => row.partyId)}::uuid[],
        ${column(() => newId())}::uuid[], ${column((row) => row.documentKind)}::text[],
        ${column((row) => row.documentId)}::uuid[], ${column((row) => row.number)}::text[],
        ${column((row) => row.checkpoint)}::text[], ${column((row) => row.decisionId)}::uuid[],
        ${column((row) => row.accountPartyId)}::uuid[], ${column((row) => row.accountId)}::uuid[],
        ${column((row) => row.currency)}::text[], ${column((row) => row.amountMinor)}::bigint[],
        ${column((row) => row.rules.join('\n'))}::text[],
        ${column((row) => row.priority)}::integer[], ${column((row) => row.owner)}::text[],
        ${column((row) => row.requestedBy)}::text[], ${column((row) => row.salesperson)}::text[])
      as given (party_id, id, document_kind, document_id, number, checkpoint, decision_id,
        account_party_id, account_id, currency, amount_minor, rules, priority, owner, requested_by,
        salesperson)
    ), before as (
      select h.id, h.account_party_id, h.account_id
      from "check".hold h join given g using (document_id, checkpoint)
      where h.state in ('open', 'asked')
    ), kept as (
      insert into "check".hold (party_id, id, document_kind, document_id, number, checkpoint,
        decision_id, account_party_id, account_id, currency, amount_minor, rules, priority, owner,
        requested_by, salesperson, state)
      select party_id, id, document_kind, document_id, number, checkpoint, decision_id,
        account_party_id, account_id, currency, amount_minor, string_to_array(rules, E'\n'),
        priority, owner, requested_by, salesperson, 'open'
      from given
      on conflict (document_id, checkpoint) where state in ('open', 'asked') do update
      set decision_id = excluded.decision_id, account_party_id = excluded.account_party_id,
        account_id = excluded.account_id, currency = excluded.currency,
        amount_minor = excluded.amount_minor, rules = excluded.rules,
        priority = excluded.priority, salesperson = excluded.salesperson,
        requested_by = case when excluded.amount_minor > hold.amount_minor
          and excluded.requested_by <> 'system' then excluded.requested_by
          else hold.requested_by end
      returning id, document_id, account_id
    )
    select k.document_id as "documentId", k.id, b.id is null as "isNew",
      case when b.account_id <> k.account_id then jsonb_build_object(
        'partyId', b.account_party_id, 'accountId', b.account_id) end as "leftAccount"
    from kept k left join before b on b.id = k.id`)
  return new Map(opened.map(({ documentId, ...hold }) => [documentId, hold]))
}

export type EndedHold = {
  readonly partyId: string
  readonly id: string
  readonly documentId: string
  readonly number: string
  readonly accountPartyId: string
  readonly accountId: string
  readonly requestedBy: string
  readonly salesperson: string | null
}

export type HoldEnd = {
  readonly state: 'released' | 'rejected' | 'withdrawn' | 'superseded'
  readonly by: string
  readonly reason: string
  /** Only holds of this checkpoint; of both where it is left out. */
  readonly checkpoint?: Checkpoint
  /** Only holds of other parties than this one. */
  readonly exceptPartyId?: string
}

/** Ends the open holds of these documents and tells which they were. */
export function endHolds(
  tx: Transaction,
  documentIds: readonly string[],
  { state, by, reason, checkpoint, exceptPartyId }: HoldEnd,
): Promise<EndedHold[]> {
  return tx.rows(sql<EndedHold>`
    update "check".hold set state = ${state}, closed_at = now(), closed_by = ${by},
      close_reason = ${reason}
    where document_id = any(${list(documentIds)}::uuid[]) and state in ('open', 'asked')
      and (${checkpoint ?? null}::text is null or checkpoint = ${checkpoint ?? null})
      and party_id is distinct from ${exceptPartyId ?? null}
    returning party_id as "partyId", id, document_id as "documentId", number,
      account_party_id as "accountPartyId", account_id as "accountId",
      requested_by as "requestedBy", salesperson`)
}

export type HoldRow = NewHold & {
  readonly id: string
  /** Of the whole document, as it was asked for last. */
  readonly documentMinor: bigint
  readonly state: 'open' | 'asked' | 'released' | 'rejected' | 'withdrawn' | 'superseded'
  readonly question: string | null
  readonly answer: string | null
  readonly askedBy: string | null
  readonly askedAt: string | null
  readonly answeredBy: string | null
  readonly answeredAt: string | null
  readonly openedAt: string
  readonly closedAt: string | null
  readonly closedBy: string | null
  readonly closeReason: string | null
}

/** A document whose hold is released, by a person or by room that came free. */
export type HeldDocument = HoldRow & {
  /** Up to which amount of the whole document it may pass; null: all of it. */
  readonly upToMinor: bigint | null
}

/** Of `hold h` beside its latest `decision d`. */
export const holdColumns: RawBuilder<unknown> = sql`
  h.party_id as "partyId", h.id, h.document_kind as "documentKind",
  h.document_id as "documentId", h.number, h.checkpoint, h.decision_id as "decisionId",
  h.account_party_id as "accountPartyId", h.account_id as "accountId", h.currency,
  h.amount_minor as "amountMinor", h.rules, h.priority, h.owner, h.requested_by as "requestedBy",
  h.salesperson, h.state, h.question, h.answer, h.asked_by as "askedBy",
  h.asked_at as "askedAt", h.answered_by as "answeredBy", h.answered_at as "answeredAt",
  h.opened_at as "openedAt",
  h.closed_at as "closedAt", h.closed_by as "closedBy", h.close_reason as "closeReason",
  d.amount_minor as "documentMinor"`

export const holdsWithDecisions: RawBuilder<unknown> = sql`
  "check".hold h join "check".decision d on d.party_id = h.party_id and d.id = h.decision_id`

export function findHold(db: Reader, partyId: string, id: string): Promise<HoldRow | undefined> {
  return db.row(sql<HoldRow>`
    select ${holdColumns} from ${holdsWithDecisions} where h.party_id = ${partyId} and h.id = ${id}`)
}

/** Open holds of documents with this number, whoever buys, or the one of this id. */
export function openHoldsNumbered(db: Reader, number: string): Promise<HoldRow[]> {
  return db.rows(sql<HoldRow>`
    select ${holdColumns} from ${holdsWithDecisions}
    where (h.number = ${number} or h.id::text = ${number}) and h.state in ('open', 'asked')
    order by h.opened_at, h.id limit 10`)
}

export async function lockHold(
  tx: Transaction,
  of: { readonly partyId: string; readonly id: string },
): Promise<void> {
  await tx.row(sql`
    select 1 from "check".hold where party_id = ${of.partyId} and id = ${of.id} for update`)
}

/** The holds that a document ever had, latest first. */
export function holdsOfDocument(db: Reader, documentId: string): Promise<HoldRow[]> {
  return db.rows(sql<HoldRow>`
    select ${holdColumns} from ${holdsWithDecisions} where h.document_id = ${documentId}
    order by h.opened_at desc, h.id desc limit 100`)
}

type HoldKeyed = { readonly partyId: string; readonly id: string }

type OpenHold = Pick<HoldRow, 'partyId' | 'id' | 'documentId' | 'decisionId' | 'checkpoint'>

/** What holds these documents now; an order can be held at both of its checkpoints. */
export function holdsOnDocuments(db: Reader, documentIds: readonly string[]): Promise<OpenHold[]> {
  if (documentIds.length === 0) return Promise.resolve([])
  return db.rows(sql<OpenHold>`
    select h.party_id as "partyId", h.id, h.document_id as "documentId", h.decision_id as "decisionId", h.checkpoint
    from "check".hold h
    where h.document_id = any(${list(documentIds)}::uuid[]) and h.state in ('open', 'asked')
    order by h.document_id, h.opened_at`)
}

/** What waits for room in these accounts, in the order in which it is to get it. */
export function waitingHolds(db: Reader, accountIds: readonly string[]): Promise<HoldRow[]> {
  return db.rows(sql<HoldRow>`
    select ${holdColumns} from ${holdsWithDecisions}
    where h.account_id = any(${list(accountIds)}::uuid[]) and h.state in ('open', 'asked')
    order by h.priority, h.opened_at, h.id`)
}

/** Hands an open hold to somebody else. */
export async function handHoldTo(tx: Transaction, of: HoldKeyed, owner: string): Promise<void> {
  await tx.run(sql`
    update "check".hold set owner = ${owner}
    where party_id = ${of.partyId} and id = ${of.id} and state in ('open', 'asked')`)
}

type Words = { readonly owner: string; readonly by: string; readonly words: string }

/** A question about an open hold; one that was answered before is asked anew. */
export async function askOfHold(tx: Transaction, of: HoldKeyed, said: Words): Promise<void> {
  await tx.run(sql`
    update "check".hold set state = 'asked', owner = ${said.owner}, question = ${said.words},
      asked_by = ${said.by}, asked_at = now(), answer = null, answered_by = null, answered_at = null
    where party_id = ${of.partyId} and id = ${of.id} and state in ('open', 'asked')`)
}

export async function answerOfHold(tx: Transaction, of: HoldKeyed, said: Words): Promise<void> {
  await tx.run(sql`
    update "check".hold set state = 'open', owner = ${said.owner}, answer = ${said.words},
      answered_by = ${said.by}, answered_at = now()
    where party_id = ${of.partyId} and id = ${of.id} and state = 'asked'`)
}

/** Has an open hold tell the rules of its latest decision. */
export async function updateReasons(
  tx: Transaction,
  of: { readonly partyId: string; readonly id: string },
  why: { readonly decisionId: string; readonly rules: readonly string[] },
): Promise<void> {
  await tx.run(sql`
    update "check".hold set decision_id = ${why.decisionId}, rules = ${list(why.rules)}::text[]
    where party_id = ${of.partyId} and id = ${of.id} and state in ('open', 'asked')`)
}

/** Has a hold that ended wait again, for what is left of its document. */
export async function reopenHold(
  tx: Transaction,
  of: { readonly partyId: string; readonly id: string },
  amountMinor: bigint,
): Promise<void> {
  await tx.run(sql`
    update "check".hold set state = 'open', amount_minor = ${amountMinor}, closed_at = null,
      closed_by = null, close_reason = null
    where party_id = ${of.partyId} and id = ${of.id}`)
}
