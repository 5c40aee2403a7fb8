import { sql } from 'kysely'
import type { ImportNote } from '#contract/import.ts'
import type { Day } from '#kernel/calendar/day.ts'
import { laterOf } from '#kernel/calendar/day.ts'
import { parseTerms } from '#kernel/calendar/parse-terms.ts'
import { dueDatesOf } from '#kernel/calendar/terms.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money } from '#kernel/money/money.ts'
import { type Decision, nothingDecided } from '#server/import/import-decision.ts'
import { importNote } from '#server/import/import-notes.ts'
import {
  analyze,
  collectParties,
  countOwners,
  countVerdicts,
  createFindings,
  forgetUnusedParties,
  judgeParties,
  judgeRepetitions,
  lockImports,
} from '#server/import/staging.store.ts'
import { matchStagedParties } from '#server/party/public.ts'
import { list, type Transaction } from '#server/platform/database.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'
import { matchStagedInvoices } from '#server/receivable/public.ts'

/**
 * Finds out what each staged invoice is to the ledger as it stands now: new, there already, settled
 * since, told twice, or contradictory.
 */
export async function decideInvoices(tx: Transaction, staged: StagedTables): Promise<Decision> {
  await lockImports(tx)
  await createFindings(tx, staged)
  await collectParties(tx, staged)
  const { resembling } = await matchStagedParties(tx, staged)
  await judgeParties(tx, staged)
  const byCreditFile = await countDueDates(tx, staged)
  const repetitions = await judgeRepetitions(tx, staged, {
    said: sql`row(s.amount_minor, s.currency, s.issued_on, s.due_on, s.settled_minor,
      s.settled_on)::text`,
    isCredit: sql`s.is_credit_note`,
  })
  await matchStagedInvoices(tx, staged)
  const verdicts = await countVerdicts(tx, staged)
  if (verdicts.bad > 0 || verdicts.unchanged > 0) await forgetUnusedParties(tx, staged)
  await analyze(tx, staged)
  const found = await countInvoices(tx, staged)
  const owners = await countOwners(tx, staged)
  const notes: ImportNote[] = []
  const note = (code: Parameters<typeof importNote>[0], count: number, more = {}) => {
    if (count > 0) notes.push(importNote(code, { count, ...more }))
  }
  note('due-by-credit-file', byCreditFile)
  note('no-due-date', found.noDue)
  note('dispute-day', found.disputes)
  note('repeated', verdicts.repeated, { row: verdicts.firstRepeated ?? 0 })
  note('number-of-several', repetitions.shared, { number: repetitions.example ?? '' })
  note('open-here-settled', await countBehind(tx, staged))
  note('resembling', resembling)
  if (owners.nameless > 0) notes.push(importNote('named-by-code', {}))
  return {
    counts: {
      ...nothingDecided,
      good: found.documents,
      updated: verdicts.update,
      unchanged: verdicts.unchanged,
      repeated: verdicts.repeated,
      newParties: owners.fresh,
      invoices: found.documents - found.creditNotes,
      creditNotes: found.creditNotes,
      receipts: found.settled + verdicts.update,
      disputes: found.disputes,
    },
    bad: verdicts.bad,
    notes,
  }
}

const chunkSize = 5_000

/** Counts due dates from the terms of the credit file where a row has neither date nor terms. */
async function countDueDates(tx: Transaction, staged: StagedTables): Promise<number> {
  const pairs = await tx.rows(sql<{ terms: string; issuedOn: Day }>`
    select distinct p.terms, s.issued_on as "issuedOn"
    from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
    where ${newRowsOf(staged)} and s.due_from is null and p.terms is not null`)
  let rows = 0
  for (let start = 0; start < pairs.length; start += chunkSize) {
    const chunk = pairs.slice(start, start + chunkSize).flatMap((pair) => {
      const dueOn = dueBy(pair.terms, pair.issuedOn)
      return dueOn === null ? [] : [{ ...pair, dueOn }]
    })
    rows += await tx.run(sql`
      update ${staged.rows} s set due_on = d.due_on
      from unnest(${list(chunk.map((d) => d.terms))}::text[],
          ${list(chunk.map((d) => d.issuedOn))}::date[], ${list(chunk.map((d) => d.dueOn))}::date[])
          as d (terms, issued_on, due_on),
        ${staged.parties} p
      where p.ref = s.ref and p.terms = d.terms and s.issued_on = d.issued_on
        and s.due_from is null and s.row_number > 0`)
  }
  return rows
}

/** The last due date under terms; the currency does not matter to it. */
function dueBy(text: string, invoicedOn: Day): Day | null {
  const reading = parseTerms(text)
  if (reading.kind !== 'terms') return null
  const parts = dueDatesOf(reading.terms, { invoicedOn }, money(10_000n, 'CNY' as Currency))
  return parts.reduce((latest, part) => laterOf(latest, part.dueOn), invoicedOn)
}

type Found = {
  readonly documents: number
  readonly creditNotes: number
  readonly settled: number
  readonly disputes: number
  readonly noDue: number
}

async function countInvoices(tx: Transaction, staged: StagedTables): Promise<Found> {
  const row = await tx.row(sql<Found>`
    select count(*)::float8 as documents,
      (count(*) filter (where s.is_credit_note))::float8 as "creditNotes",
      (count(*) filter (where s.settled_minor > 0))::float8 as settled,
      (count(*) filter (where s.disputed and not s.is_credit_note))::float8 as disputes,
      (count(*) filter (where s.due_on is null and not s.is_credit_note))::float8 as "noDue"
    from ${staged.rows} s where ${newRowsOf(staged)}`)
  return row ?? { documents: 0, creditNotes: 0, settled: 0, disputes: 0, noDue: 0 }
}

/** Rows that the file says are less paid than the ledger does. */
async function countBehind(tx: Transaction, staged: StagedTables): Promise<number> {
  const row = await tx.row(sql<{ count: number }>`
    select count(*)::float8 as count
    from ${staged.verdicts} v join ${staged.rows} s on s.row_number = v.row_number
    where v.kind = 'unchanged' and (v.facts->>'behind')::boolean`)
  return row?.count ?? 0
}
