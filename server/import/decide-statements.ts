import { sql } from 'kysely'
import { type Decision, nothingDecided } from '#server/import/import-decision.ts'
import { importNote, repeatedNotes } from '#server/import/import-notes.ts'
import {
  analyze,
  collectParties,
  countNewRows,
  countVerdicts,
  createFindings,
  judgeParties,
  judgeUnknownParties,
  lockImports,
} from '#server/import/staging.store.ts'
import { matchStagedStatements } from '#server/indicator/public.ts'
import { matchStagedParties } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

/**
 * Finds out what each staged statement is to those there are: new, there alike, there with other
 * figures, told twice, or contradictory. The company must be known: a statement alone makes none.
 */
export async function decideStatements(tx: Transaction, staged: StagedTables): Promise<Decision> {
  await lockImports(tx)
  await createFindings(tx, staged)
  await collectParties(tx, staged)
  await matchStagedParties(tx, staged)
  await judgeParties(tx, staged)
  await judgeUnknownParties(tx, staged)
  await judgeLines(tx, staged)
  const found = await matchStagedStatements(tx, staged)
  await analyze(tx, staged)
  const verdicts = await countVerdicts(tx, staged)
  const fresh = await countNewRows(tx, staged)
  const notes = repeatedNotes(verdicts)
  if (found.contradicting > 0) {
    const said = { row: found.firstContradicting ?? 0, said: found.check ?? '' }
    notes.push(importNote('statement-differs', { count: found.contradicting, ...said }))
  }
  return {
    counts: {
      ...nothingDecided,
      good: fresh,
      updated: verdicts.update,
      unchanged: verdicts.unchanged,
      repeated: verdicts.repeated,
      statements: found.statements,
    },
    bad: verdicts.bad,
    notes,
  }
}

/**
 * Marks rows that tell a line of a statement which another row tells too: the same figure again is
 * only repeated, another one makes both bad.
 */
async function judgeLines(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select row_number, case when bool_or(other_row is not null) then 'bad' else 'repeated' end,
      case when bool_or(other_row is not null) then 'duplicate-other-content' end,
      jsonb_build_object('row', coalesce(min(other_row), min(first_row)), 'name', min(line),
        'field', 'line')
    from (
      select row_number, line, first_row,
        case when minor <> first_minor then first_row
          else min(row_number) filter (where minor <> first_minor) over same end as other_row
      from (
        select s.row_number, l.key as line, l.value as minor, p.owner,
          s.record->>'closedOn' as closed_on, s.record->>'months' as months,
          first_value(s.row_number) over told as first_row,
          first_value(l.value) over told as first_minor
        from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
        cross join lateral jsonb_each_text(s.record->'lines') as l (key, value)
        where ${newRowsOf(staged)}
        window told as (partition by p.owner, s.record->>'closedOn', s.record->>'months', l.key
          order by s.row_number)
      ) f
      window same as (partition by owner, closed_on, months, line)
    ) g
    group by row_number
    having bool_or(other_row is not null) or bool_and(first_row < row_number)`)
}
