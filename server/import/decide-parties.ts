import { sql } from 'kysely'
import { type Decision, nothingDecided } from '#server/import/import-decision.ts'
import { importNote, repeatedNotes } from '#server/import/import-notes.ts'
import {
  analyze,
  collectRowsAsParties,
  countNewRows,
  countVerdicts,
  createFindings,
  judgeParties,
  judgeRepeatedParties,
  lockImports,
} from '#server/import/staging.store.ts'
import {
  compareImportedParties,
  judgeLinks,
  matchStagedParties,
  resolveLinks,
} from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

/**
 * Finds out what each staged party is to the credit files as they stand now: new, there with other
 * values, there alike, told twice, or contradictory.
 */
export async function decideParties(tx: Transaction, staged: StagedTables): Promise<Decision> {
  await lockImports(tx)
  await createFindings(tx, staged)
  await collectRowsAsParties(tx, staged)
  const { resembling } = await matchStagedParties(tx, staged)
  await judgeParties(tx, staged)
  await judgeRepeatedParties(tx, staged)
  await judgeCodes(tx, staged)
  await resolveLinks(tx, staged)
  await judgeLinks(tx, staged)
  await compareImportedParties(tx, staged)
  await analyze(tx, staged)
  const verdicts = await countVerdicts(tx, staged)
  const fresh = await countNewRows(tx, staged)
  const notes = repeatedNotes(verdicts)
  if (resembling > 0) notes.push(importNote('resembling', { count: resembling }))
  return {
    counts: {
      ...nothingDecided,
      good: fresh,
      updated: verdicts.update,
      unchanged: verdicts.unchanged,
      repeated: verdicts.repeated,
      newParties: fresh,
    },
    bad: verdicts.bad,
    notes,
  }
}

/** A credit code that belongs to a party with another code than the row gives contradicts it. */
async function judgeCodes(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select s.row_number, 'bad', 'party-other-code',
      jsonb_build_object('name', s.credit_code, 'there', m.found_code, 'field', 'creditCode')
    from ${staged.rows} s join ${staged.parties} m on m.ref = s.ref
    where ${newRowsOf(staged)} and s.code is not null and m.found_code <> s.code`)
}
