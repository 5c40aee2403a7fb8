import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { CheckOutcome } from '#kernel/check/check-decision.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** Where a rule fired: at a document that was to count, whatever all rules came to. */
export type FiredRuleRow = {
  readonly rule: string
  readonly decisionId: string
  readonly partyId: string
  readonly documentId: string
  readonly number: string
  readonly reaction: 'shadow' | 'warn' | 'hold'
  readonly outcome: CheckOutcome
  readonly currency: Currency
  readonly amountMinor: bigint
  readonly decidedOn: Day
}

export async function insertFiredRules(
  tx: Transaction,
  rows: readonly FiredRuleRow[],
): Promise<void> {
  if (rows.length === 0) return
  const column = <Value>(of: (row: FiredRuleRow) => Value) => list(rows.map(of))
  await tx.run(
    sql`
      insert into pilot.fired_rule (rule, decision_id, party_id, document_id, number, reaction,
        outcome, currency, amount_minor, decided_on)
      select * from unnest(${column((r) => r.rule)}::text[],
        ${column((r) => r.decisionId)}::uuid[], ${column((r) => r.partyId)}::uuid[],
        ${column((r) => r.documentId)}::uuid[], ${column((r) => r.number)}::text[],
        ${column((r) => r.reaction)}::text[], ${column((r) => r.outcome)}::text[],
        ${column((r) => r.currency)}::text[], ${column((r) => r.amountMinor)}::bigint[],
        ${column((r) => r.decidedOn)}::date[])`,
    { prepared: true },
  )
}

type Of = { readonly rule: string; readonly since: Day }

/** Documents at which a rule fired, each as it was decided last. */
const documents = ({ rule, since }: Of) => sql`
  select distinct on (document_id) party_id, decision_id, document_id, number, decided_on,
    outcome = 'held' as "isHeld", currency, amount_minor
  from pilot.fired_rule where rule = ${rule} and decided_on >= ${since}
  order by document_id, decision_id desc`

export type FiredSum = {
  readonly partyId: string
  readonly currency: Currency
  /** Whether these documents were held, by this rule or by others. */
  readonly isHeld: boolean
  readonly documents: number
  readonly amountMinor: bigint
}

/** The documents at which a rule fired, by customer. */
export function firedByCustomer(db: Reader, of: Of): Promise<FiredSum[]> {
  return db.rows(sql<FiredSum>`
    select d.party_id as "partyId", d.currency, d."isHeld", count(*)::integer as documents,
      sum(d.amount_minor)::bigint as "amountMinor"
    from (${documents(of)}) d group by d.party_id, d.currency, d."isHeld"`)
}

export function firedByWeek(
  db: Reader,
  of: Of,
): Promise<{ weekOn: Day; documents: number; held: number }[]> {
  return db.rows(sql<{ weekOn: Day; documents: number; held: number }>`
    select date_trunc('week', d.decided_on)::date as "weekOn", count(*)::integer as documents,
      count(*) filter (where d."isHeld")::integer as held
    from (${documents(of)}) d group by 1 order by 1`)
}

export type FiredDocument = Pick<
  FiredRuleRow,
  'partyId' | 'decisionId' | 'number' | 'currency' | 'amountMinor' | 'decidedOn'
> & { readonly isHeld: boolean }

/** The latest documents at which a rule fired. */
export function latestFired(db: Reader, of: Of, most: number): Promise<FiredDocument[]> {
  return db.rows(sql<FiredDocument>`
    select d.party_id as "partyId", d.decision_id as "decisionId", d.number, d.currency, d."isHeld",
      d.amount_minor as "amountMinor", d.decided_on as "decidedOn"
    from (${documents(of)}) d order by d.decision_id desc limit ${most}`)
}

/** How many documents of each customer were held in a time. */
export async function heldByCustomer(
  db: Reader,
  { from, through }: { readonly from: Day; readonly through: Day },
): Promise<ReadonlyMap<string, number>> {
  const rows = await db.rows(sql<{ partyId: string; held: number }>`
    select party_id as "partyId", count(distinct document_id)::integer as held
    from pilot.fired_rule where outcome = 'held' and decided_on between ${from} and ${through}
    group by party_id`)
  return new Map(rows.map(({ held, partyId }) => [partyId, held]))
}
