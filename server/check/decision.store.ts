import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { CheckOutcome } from '#kernel/check/check-decision.ts'
import type { Checkpoint } from '#kernel/check/check-facts.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type DecisionRow = {
  readonly partyId: string
  readonly id: string
  readonly mode: 'check' | 'reserve'
  readonly checkpoint: Checkpoint
  readonly outcome: CheckOutcome
  readonly documentId: string | null
  readonly number: string | null
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly policyId: string
  readonly engine: string
  /** Canonical texts. */
  readonly inputs: string
  readonly result: string
  readonly hash: Buffer
  readonly decidedFor: string
  readonly requestId: string | null
}

export async function insertDecisions(
  tx: Transaction,
  rows: readonly DecisionRow[],
): Promise<void> {
  const column = <Value>(of: (row: DecisionRow) => Value) => list(rows.map(of))
  // Canonical texts have no line breaks, so they travel as lines: an array costs four times as much.
  const texts = (of: (row: DecisionRow) => string) =>
    sql`string_to_array(${rows.map(of).join('\n')}, ${'\n'})`
  await tx.run(
    sql`
      insert into "check".decision (party_id, id, mode, checkpoint, outcome, document_id, number,
        currency, amount_minor, policy_id, engine, inputs, result, hash, decided_for, request_id)
      select * from unnest(${column((r) => r.partyId)}::uuid[], ${column((r) => r.id)}::uuid[],
        ${column((r) => r.mode)}::text[], ${column((r) => r.checkpoint)}::text[],
        ${column((r) => r.outcome)}::text[], ${column((r) => r.documentId)}::uuid[],
        ${column((r) => r.number)}::text[], ${column((r) => r.currency)}::text[],
        ${column((r) => r.amountMinor)}::bigint[], ${column((r) => r.policyId)}::uuid[],
        ${column((r) => r.engine)}::text[], ${texts((r) => r.inputs)},
        ${texts((r) => r.result)}, ${column((r) => r.hash)}::bytea[],
        ${column((r) => r.decidedFor)}::text[], ${column((r) => r.requestId)}::text[])`,
    { prepared: true },
  )
}

const columns = sql`
  d.party_id as "partyId", d.id, d.mode, d.checkpoint, d.outcome, d.document_id as "documentId",
  d.number, d.currency, d.amount_minor as "amountMinor", d.policy_id as "policyId", d.engine,
  d.inputs, d.result, d.hash, d.decided_for as "decidedFor", d.request_id as "requestId",
  d.recorded_at as "recordedAt"`

type DecisionKey = { readonly partyId: string; readonly id: string }

/** What checks were made from and what they came to, as it is stored, in the order of their ids. */
export function storedChecks(
  db: Reader,
  keys: readonly DecisionKey[],
): Promise<{ id: string; inputs: string; result: string }[]> {
  return db.rows(sql<{ id: string; inputs: string; result: string }>`
    select d.id, d.inputs, d.result
    from unnest(${list(keys.map(({ partyId }) => partyId))}::uuid[],
      ${list(keys.map(({ id }) => id))}::uuid[]) as k (party_id, id)
    join "check".decision d on d.party_id = k.party_id and d.id = k.id order by d.id`)
}

export type StoredDecision = DecisionRow & { readonly recordedAt: string }

export function findDecision(
  db: Reader,
  partyId: string,
  id: string,
): Promise<StoredDecision | undefined> {
  return db.row(sql<StoredDecision>`
    select ${columns} from "check".decision d where d.party_id = ${partyId} and d.id = ${id}`)
}

/** The decisions about a document, latest first. */
export function decisionsOfDocument(db: Reader, documentId: string): Promise<StoredDecision[]> {
  return db.rows(sql<StoredDecision>`
    select ${columns} from "check".decision d
    where d.document_id = ${documentId} order by d.id desc limit 100`)
}

/** The company's day on which documents last passed the gate, as their decisions were told it. */
export function lastApprovals(
  db: Reader,
  documentIds: readonly string[],
): Promise<{ documentId: string; approvedOn: Day }[]> {
  return db.rows(
    sql<{ documentId: string; approvedOn: Day }>`
      select k.id as "documentId", d.inputs::json ->> 'on' as "approvedOn"
      from unnest(${list(documentIds)}::uuid[]) as k (id)
      cross join lateral (
        select inputs from "check".decision
        where document_id = k.id and mode = 'reserve' and outcome <> 'held'
        order by id desc limit 1
      ) d`,
    { prepared: true },
  )
}

/** Every stored decision, for replaying. */
export const allCheckDecisions = sql<StoredDecision>`select ${columns} from "check".decision d`
