import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { CheckOutcome } from '#kernel/check/check-decision.ts'
import type { Checkpoint } from '#kernel/check/check-facts.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { copyRows } from '#server/platform/copy-rows.ts'
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
  await copyRows(
    tx,
    sql`copy "check".decision (party_id, id, mode, checkpoint, outcome, document_id, number,
      currency, amount_minor, policy_id, engine, inputs, result, hash, decided_for, request_id)
      from stdin`,
    rows.map((row) => [
      ...[row.partyId, row.id, row.mode, row.checkpoint, row.outcome, row.documentId, row.number],
      ...[row.currency, row.amountMinor, row.policyId, row.engine, row.inputs, row.result],
      ...[row.hash, row.decidedFor, row.requestId],
    ]),
  )
}

const columns = sql`
  d.party_id as "partyId", d.id, d.mode, d.checkpoint, d.outcome, d.document_id as "documentId",
  d.number, d.currency, d.amount_minor as "amountMinor", d.policy_id as "policyId", d.engine,
  d.inputs, d.result, d.hash, d.decided_for as "decidedFor", d.request_id as "requestId",
  d.recorded_at as "recordedAt"`

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
