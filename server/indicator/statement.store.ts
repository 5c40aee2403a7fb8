import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Statement, StatementLine } from '#kernel/indicator/statement.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

export type NewStatement = Statement & {
  partyId: string
  id: string
  knownOn: Day
  source: string
  recordedBy: string
  importBatchId: string | null
}

type Row = {
  partyId: string
  id: string
  closedOn: Day
  months: number
  currency: Currency
  lines: Record<string, string>
  knownOn: Day
  source: string
  recordedBy: string
  recordedAt: string
}

export async function insertStatements(
  tx: Transaction,
  statements: readonly NewStatement[],
): Promise<void> {
  if (statements.length === 0) return
  const pick = <Value>(of: (statement: NewStatement) => Value) => list(statements.map(of))
  await tx.run(sql`
    insert into indicator.statement
      (party_id, id, closed_on, months, currency, lines, known_on, source, recorded_by,
        import_batch_id)
    select * from unnest(
      ${pick((s) => s.partyId)}::uuid[], ${pick((s) => s.id)}::uuid[],
      ${pick((s) => s.closedOn)}::date[], ${pick((s) => s.months)}::smallint[],
      ${pick((s) => s.currency)}::text[], ${pick((s) => linesText(s.lines))}::jsonb[],
      ${pick((s) => s.knownOn)}::date[], ${pick((s) => s.source)}::text[],
      ${pick((s) => s.recordedBy)}::text[], ${pick((s) => s.importBatchId)}::uuid[])`)
}

export type StoredStatement = Statement & Omit<Row, 'lines' | 'currency'>

/** The statements known by a day, latest period first, one per period. */
export async function statementsAsOf(
  db: Reader,
  partyIds: readonly string[],
  asOf: Day,
): Promise<StoredStatement[]> {
  const rows = await db.rows(sql<Row>`
    select distinct on (party_id, closed_on, months) party_id as "partyId", id,
      closed_on as "closedOn", months, currency, lines, known_on as "knownOn", source,
      recorded_by as "recordedBy", recorded_at as "recordedAt"
    from indicator.statement
    where party_id = any(${list(partyIds)}::uuid[]) and known_on <= ${asOf}
    order by party_id, closed_on desc, months desc, recorded_at desc, id desc`)
  return rows.map((row) => ({ ...row, lines: linesOf(row.lines) }))
}

function linesText(lines: Statement['lines']): string {
  return JSON.stringify(lines, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}

function linesOf(stored: Record<string, string>): Statement['lines'] {
  const lines: Partial<Record<StatementLine, bigint>> = {}
  for (const [id, minor] of Object.entries(stored)) lines[id as StatementLine] = BigInt(minor)
  return lines
}
