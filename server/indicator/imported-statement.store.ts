import { sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import { checkStatement, type StatementLine } from '#kernel/indicator/statement.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { insertStatements, statementsAsOf } from '#server/indicator/statement.store.ts'
import { type Transaction, walk } from '#server/platform/database.ts'
import { newId } from '#server/platform/ids.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

/** The record of a staged row; amounts are whole minor units as text. */
export type ImportedStatement = {
  readonly closedOn: Day
  readonly months: number
  readonly currency: Currency
  readonly knownOn: Day | null
  readonly lines: Readonly<Partial<Record<StatementLine, string>>>
}

type Gathered = ImportedStatement & {
  readonly partyId: string
  readonly rows: readonly number[]
}

type StatementsFound = {
  /** Statements that say something new. */
  readonly statements: number
  /** Those whose figures contradict each other (勾稽), and the first row of the first. */
  readonly contradicting: number
  readonly firstContradicting: number | null
  readonly check: string | null
}

const chunkSize = 1_000

/**
 * Gathers the lines of each statement and finds those that are there already, and those that
 * change one. Rows of the former become unchanged, of the latter updates.
 */
export async function matchStagedStatements(
  tx: Transaction,
  staged: StagedTables,
): Promise<StatementsFound> {
  let statements = 0
  let contradicting = 0
  let first: { row: number; check: string } | null = null
  for await (const chunk of walk(tx, gathered(staged), chunkSize)) {
    const verdicts: { row: number; kind: 'unchanged' | 'update' }[] = []
    for (const { statement, before } of await beside(tx, chunk)) {
      const isNew = differs(statement, before)
      if (before) {
        const kind = isNew ? 'update' : 'unchanged'
        verdicts.push(...statement.rows.map((row) => ({ row, kind }) as const))
      }
      if (!isNew) continue
      statements++
      const failed = checkStatement(whole(statement, before)).find(({ kind }) => kind === 'differs')
      if (!failed) continue
      contradicting++
      first ??= { row: statement.rows[0] ?? 0, check: failed.check }
    }
    await tx.run(sql`
      insert into ${staged.verdicts} (row_number, kind)
      select "row", kind from json_to_recordset(${JSON.stringify(verdicts)}::json)
        as r ("row" bigint, kind text)`)
  }
  const found = { firstContradicting: first?.row ?? null, check: first?.check ?? null }
  return { statements, contradicting, ...found }
}

/** Records the gathered statements; lines that a file does not tell stay as they were. */
export async function insertStagedStatements(
  tx: Transaction,
  staged: StagedTables,
  of: { batchId: string; today: Day; source: string; recordedBy: string },
): Promise<number> {
  let count = 0
  for await (const chunk of walk(tx, gathered(staged), chunkSize)) {
    const news = (await beside(tx, chunk)).filter(({ statement, before }) =>
      differs(statement, before),
    )
    await insertStatements(
      tx,
      news.map(({ statement, before }) => ({
        ...whole(statement, before),
        partyId: statement.partyId,
        id: newId(),
        knownOn: statement.knownOn ?? of.today,
        source: of.source,
        recordedBy: of.recordedBy,
        importBatchId: of.batchId,
      })),
    )
    count += news.length
  }
  return count
}

/** Removes the statements of an import; what they replaced counts again. */
export async function deleteStatementsOfBatch(tx: Transaction, batchId: string): Promise<void> {
  await tx.run(sql`delete from indicator.statement where import_batch_id = ${batchId}`)
}

// Updates keep their verdict when they are taken; bad, repeated and unchanged rows are left out.
function gathered(staged: StagedTables) {
  return sql<Gathered>`
    select p.party_id as "partyId", r."closedOn", r.months, r.currency,
      max(r."knownOn") as "knownOn", jsonb_object_agg(l.key, l.value) as lines,
      array_agg(distinct s.row_number::float8) as rows
    from ${staged.rows} s
    join ${staged.parties} p on p.ref = s.ref
    cross join lateral jsonb_to_record(s.record)
      as r ("closedOn" date, months int, currency text, "knownOn" date)
    cross join lateral jsonb_each_text(s.record->'lines') as l (key, value)
    where ${newRowsOf(staged)} or exists (select from ${staged.verdicts} v
      where v.row_number = s.row_number and v.kind = 'update')
    group by 1, 2, 3, 4 order by min(s.row_number)`
}

type Stored = Awaited<ReturnType<typeof statementsAsOf>>[number]

async function beside(
  tx: Transaction,
  chunk: readonly Gathered[],
): Promise<{ statement: Gathered; before: Stored | undefined }[]> {
  const ids = [...new Set(chunk.map(({ partyId }) => partyId))]
  const stored = await statementsAsOf(tx, ids, lastDay)
  const keyOf = (of: { partyId: string; closedOn: Day; months: number }) =>
    `${of.partyId} ${of.closedOn} ${of.months}`
  const byPeriod = new Map(stored.map((one) => [keyOf(one), one]))
  return chunk.map((statement) => ({ statement, before: byPeriod.get(keyOf(statement)) }))
}

const lastDay = '9999-12-31' as Day

function differs(statement: Gathered, before: Stored | undefined): boolean {
  if (!before || before.currency !== statement.currency) return true
  return linesOf(statement).some(([id, minor]) => before.lines[id] !== minor)
}

function whole({ closedOn, months, currency, ...rest }: Gathered, before: Stored | undefined) {
  const kept = before?.currency === currency ? before.lines : {}
  const lines = { ...kept, ...Object.fromEntries(linesOf(rest)) }
  return { closedOn, months, currency, lines }
}

function linesOf({ lines }: Pick<Gathered, 'lines'>): [StatementLine, bigint][] {
  return Object.entries(lines).map(([id, minor]) => [id as StatementLine, BigInt(minor)])
}
