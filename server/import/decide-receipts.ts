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
  judgeRepetitions,
  judgeUnknownParties,
  lockImports,
} from '#server/import/staging.store.ts'
import { matchStagedParties } from '#server/party/public.ts'
import type { Transaction } from '#server/platform/database.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'
import { matchStagedReceipts } from '#server/receivable/public.ts'

/**
 * Finds out what each staged receipt is to the ledger as it stands now: new, there already, told
 * twice, or contradictory. Customers must be there: nobody pays who was never billed.
 */
export async function decideReceipts(tx: Transaction, staged: StagedTables): Promise<Decision> {
  await lockImports(tx)
  await createFindings(tx, staged)
  await collectParties(tx, staged)
  await matchStagedParties(tx, staged)
  await judgeParties(tx, staged)
  await judgeUnknownParties(tx, staged)
  await numberReceipts(tx, staged)
  await judgeRepetitions(tx, staged, {
    said: sql`row(s.amount_minor, s.currency, s.received_on, s.invoice_numbers)::text`,
    isCredit: sql`true`,
  })
  const { paidAlready } = await matchStagedReceipts(tx, staged)
  await analyze(tx, staged)
  const verdicts = await countVerdicts(tx, staged)
  const fresh = await countNewRows(tx, staged)
  const notes = repeatedNotes(verdicts)
  if (paidAlready > 0) notes.push(importNote('paid-already', { count: paidAlready }))
  const good = fresh
  return {
    counts: {
      ...nothingDecided,
      good,
      unchanged: verdicts.unchanged,
      repeated: verdicts.repeated,
      receipts: good,
    },
    bad: verdicts.bad,
    notes,
  }
}

// The same file must give the same numbers again, or it would be booked twice.
async function numberReceipts(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    update ${staged.rows} s set number = f.number
    from (
      select s.row_number, 'R' || to_char(s.received_on, 'YYYYMMDD') || '-' || s.amount_minor
        || '-' || row_number() over (partition by p.owner, s.received_on, s.amount_minor, s.currency
          order by s.row_number) as number
      from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
      where ${newRowsOf(staged)} and s.number is null
    ) f
    where f.row_number = s.row_number`)
}
