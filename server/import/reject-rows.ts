import { sql } from 'kysely'
import type { RejectedRow } from '#contract/import.ts'
import type { Refusal } from '#contract/problem.ts'
import type { ImportKind } from '#kernel/import/field.ts'
import { fieldsOf } from '#kernel/import/fields.ts'
import { problemOf, type RowProblem, type RowProblemCode } from '#kernel/import/row-problems.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money, toReadable } from '#kernel/money/money.ts'
import { insertRejected } from '#server/import/batch.store.ts'
import type { Table } from '#server/import/table.ts'
import { type Transaction, walk } from '#server/platform/database.ts'
import type { StagedTables } from '#server/platform/staged-tables.ts'

type BadVerdict = {
  readonly row: number
  readonly code: RowProblemCode
  readonly number: string | null
  readonly amount: string | null
  readonly currency: string | null
  readonly facts: Readonly<Record<string, string | number | null>> | null
}

/**
 * Keeps the bad rows of a batch as they stand in the file with what is wrong. Those that could not
 * be read are staged with their cells; for those that contradict each other or the ledger the file
 * is read again, which costs nothing where there are none.
 */
export async function rejectRows(
  tx: Transaction,
  of: {
    readonly batchId: string
    readonly kind: ImportKind
    readonly staged: StagedTables
    readonly contradicting: number
    readonly open: () => Promise<Table | Refusal>
  },
): Promise<void> {
  await tx.run(sql`
    insert into import.rejected_row (batch_id, row_number, cells, problems)
    select ${of.batchId}, row_number, cells, problems from ${of.staged.rows}
    where problems is not null`)
  if (of.contradicting === 0) return
  const table = await of.open()
  if ('refused' in table) return
  const rows = numberedRows(table)
  for await (const verdicts of walk(tx, badVerdicts(of.staged), 1_000)) {
    const rejected: RejectedRow[] = []
    for (const verdict of verdicts) {
      const cells = await cellsOf(rows, verdict.row)
      rejected.push({ row: verdict.row, cells, problems: [problemIn(of.kind, verdict)] })
    }
    await insertRejected(tx, of.batchId, rejected)
  }
  await rows.return(undefined)
}

function badVerdicts(staged: StagedTables) {
  return sql<BadVerdict>`
    select v.row_number::float8 as "row", v.code, to_jsonb(s)->>'number' as number,
      to_jsonb(s)->>'amount_minor' as amount, to_jsonb(s)->>'currency' as currency, v.facts
    from ${staged.verdicts} v join ${staged.rows} s on s.row_number = v.row_number
    where v.kind = 'bad' order by v.row_number`
}

type NumberedRow = { readonly number: number; readonly cells: readonly string[] }

async function* numberedRows(table: Table): AsyncGenerator<NumberedRow> {
  for await (const batch of table.batches) {
    if (batch.kind === 'broken') return
    for (const [at, cells] of batch.rows.entries()) {
      yield { number: batch.numbers[at] ?? 0, cells }
    }
  }
}

/** Goes on to a row; rows are asked for in their order. */
async function cellsOf(rows: AsyncGenerator<NumberedRow>, wanted: number): Promise<string[]> {
  for (;;) {
    const next = await rows.next()
    if (next.done) return []
    if (next.value.number === wanted) {
      return next.value.cells.map((cell) => cell.replaceAll('\0', ''))
    }
  }
}

function problemIn(kind: ImportKind, verdict: BadVerdict): RowProblem {
  const { code, facts, currency } = verdict
  const field = (id: string) => fieldsOf(kind).find((candidate) => candidate.id === id) ?? null
  const fact = (name: string) => String(facts?.[name] ?? '')
  const readable = (minor: string, of: string) =>
    minor === '' ? '' : toReadable(money(BigInt(minor), of as Currency))
  if (facts?.name !== undefined) {
    const named = field(fact('field')) ?? field('customerName') ?? field('name')
    const details = ['parties', 'there', 'chain', 'row', 'number', 'here'] as const
    const said = Object.fromEntries(details.map((detail) => [detail, fact(detail)]))
    return problemOf(code, named, fact('name'), said)
  }
  const there =
    code === 'ledger-voided'
      ? fact('voidedOn')
      : code === 'ledger-other-day'
        ? `${fact('issuedOn')} / ${fact('dueOn')}`
        : readable(fact('amount'), fact('currency'))
  return problemOf(code, field('number'), verdict.number ?? '', {
    row: fact('row'),
    amount: readable(fact('amount'), fact('currency')),
    here: readable(verdict.amount ?? '', currency ?? ''),
    there,
  })
}
