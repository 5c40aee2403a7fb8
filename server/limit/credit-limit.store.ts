import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type LimitRow = {
  partyId: string
  id: string
  currency: string
  amountMinor: bigint
  terms: string
  grantedOn: Day
  fromOn: Day
  toOn: Day | null
  reviewOn: Day
}

const columns = sql`
  party_id as "partyId", id, currency, amount_minor as "amountMinor", terms,
  granted_on as "grantedOn", from_on as "fromOn", to_on as "toOn", review_on as "reviewOn"`

/** The limit that counts as of a day for each of the parties that has one. */
export function limitsAsOf(db: Reader, partyIds: readonly string[], asOf: Day) {
  return db.rows(sql<LimitRow>`
    select distinct on (party_id) ${columns}
    from "limit".credit_limit
    where party_id = any(${list(partyIds)}::uuid[]) and from_on <= ${asOf}
    order by party_id, from_on desc, recorded_at desc, id desc`)
}

/** Every limit of the parties in the order in which they were granted. */
export function limitHistory(db: Reader, partyIds: readonly string[]): Promise<LimitRow[]> {
  return db.rows(sql<LimitRow>`
    select ${columns} from "limit".credit_limit
    where party_id = any(${list(partyIds)}::uuid[])
    order by party_id, from_on, recorded_at, id`)
}

export type LimitOfParty = LimitRow & {
  policyIds: string[]
  inputs: string
  outcome: string
  decidedBy: string
  recordedAt: string
}

/** The limits of a party up to a day, the one that counts on it first. */
export function limitsOfParty(
  db: Reader,
  partyId: string,
  asOf: Day,
  most = 200,
): Promise<LimitOfParty[]> {
  return db.rows(sql<LimitOfParty>`
    select ${columns}, policy_ids as "policyIds", inputs, outcome, decided_by as "decidedBy",
      recorded_at as "recordedAt"
    from "limit".credit_limit where party_id = ${partyId} and from_on <= ${asOf}
    order by from_on desc, recorded_at desc, id desc limit ${most}`)
}

export type NewLimit = Omit<LimitRow, 'toOn'> & {
  toOn: Day
  policyIds: readonly string[]
  engine: string
  inputs: string
  outcome: string
  hash: Buffer
  decidedBy: string
}

export async function insertLimits(tx: Transaction, limits: readonly NewLimit[]): Promise<void> {
  if (limits.length === 0) return
  const pick = <Value>(of: (limit: NewLimit) => Value) => list(limits.map(of))
  await tx.run(sql`
    insert into "limit".credit_limit
      (party_id, id, currency, amount_minor, terms, granted_on, from_on, to_on, review_on,
        policy_ids, engine, inputs, outcome, hash, decided_by)
    select party_id, id, currency, amount_minor, terms, granted_on, from_on, to_on, review_on,
      policy_ids::uuid[], engine, inputs, outcome, hash, decided_by
    from unnest(
      ${pick((l) => l.partyId)}::uuid[], ${pick((l) => l.id)}::uuid[],
      ${pick((l) => l.currency)}::text[], ${pick((l) => l.amountMinor)}::bigint[],
      ${pick((l) => l.terms)}::text[], ${pick((l) => l.grantedOn)}::date[],
      ${pick((l) => l.fromOn)}::date[], ${pick((l) => l.toOn)}::date[],
      ${pick((l) => l.reviewOn)}::date[], ${pick((l) => `{${l.policyIds.join(',')}}`)}::text[],
      ${pick((l) => l.engine)}::text[], ${pick((l) => l.inputs)}::text[],
      ${pick((l) => l.outcome)}::text[], ${pick((l) => l.hash)}::bytea[],
      ${pick((l) => l.decidedBy)}::text[])
      as l (party_id, id, currency, amount_minor, terms, granted_on, from_on, to_on, review_on,
        policy_ids, engine, inputs, outcome, hash, decided_by)`)
}

export type StoredDecision = {
  partyId: string
  id: string
  policyIds: string[]
  engine: string
  inputs: string
  outcome: string
  hash: Buffer
}

/** Every stored limit decision, for replaying. */
export const allLimitDecisions = sql<StoredDecision>`
  select party_id as "partyId", id, policy_ids as "policyIds", engine, inputs, outcome, hash
  from "limit".credit_limit`
