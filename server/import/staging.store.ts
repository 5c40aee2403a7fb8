import { type RawBuilder, sql } from 'kysely'
import type { ImportSum } from '#contract/import.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money, toDecimal } from '#kernel/money/money.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

const patterns = {
  parties: 'staged_party_row',
  invoices: 'staged_invoice',
  receipts: 'staged_receipt',
  statements: 'staged_statement',
} as const

export type StagedKind = keyof typeof patterns

/** The names of one batch's staging tables. */
export function stagedTables(batchId: string): StagedTables {
  const name = nameOf(batchId)
  return {
    rows: sql.id('import', name),
    parties: sql.id('import', `${name}_p`),
    verdicts: sql.id('import', `${name}_v`),
  }
}

function nameOf(batchId: string): string {
  return `staged_${batchId.replaceAll('-', '')}`
}

/** Makes the empty staging tables of a batch; unlogged, since the file is still at hand. */
export async function createStaging(
  tx: Transaction,
  kind: StagedKind,
  staged: StagedTables,
): Promise<void> {
  await dropStaging(tx, staged)
  const pattern = sql.id('import', patterns[kind])
  await tx.run(sql`create unlogged table ${staged.rows} (like ${pattern} including all)`)
  await createFindings(tx, staged)
}

/** Makes the tables of what is found about the rows anew: they are filled at every check. */
export async function createFindings(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`drop table if exists ${staged.parties}, ${staged.verdicts}`)
  await tx.run(sql`
    create unlogged table ${staged.parties} (like import.staged_party including all)`)
  await tx.run(sql`
    create unlogged table ${staged.verdicts} (like import.verdict including all)`)
}

export async function dropStaging(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    drop table if exists ${staged.rows}, ${staged.parties}, ${staged.verdicts}`)
}

/** How many lines the staging table has; null where it is gone. */
export async function countStaged(db: Reader, batchId: string): Promise<number | null> {
  const { rows } = stagedTables(batchId)
  const found = await db.row(sql<{ there: boolean }>`
    select to_regclass(${`import.${nameOf(batchId)}`}) is not null as there`)
  if (!found?.there) return null
  const counted = await db.row(sql<{ count: bigint }>`select count(*) from ${rows}`)
  return Number(counted?.count ?? 0n)
}

/** Collects the customers that the rows introduce. */
export async function collectParties(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.parties} (ref, first_row, code, name, name_key, credit_code)
    select ref, -row_number, code, name, name_key, credit_code from ${staged.rows}
    where row_number < 0`)
  await analyze(tx, staged)
}

/** Plans over a million new rows go wrong without counts. */
export async function analyze(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`analyze ${staged.rows}`)
  await tx.run(sql`analyze ${staged.parties}`)
  await tx.run(sql`analyze ${staged.verdicts}`)
}

/** Marks rows whose customer cannot be told apart. */
export async function judgeParties(tx: Transaction, staged: StagedTables): Promise<void> {
  const doubtful = await tx.row(sql`
    select 1 from ${staged.parties} where problem is not null limit 1`)
  if (!doubtful) return
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select s.row_number, 'bad', p.problem, p.facts || jsonb_build_object('name', p.name)
    from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
    where ${newRowsOf(staged)} and p.problem is not null`)
}

/**
 * Marks documents that a file tells more than once. The same row again is only repeated; where they
 * disagree nobody can know which is meant and all are bad, each naming another one.
 */
export async function judgeRepetitions(
  tx: Transaction,
  staged: StagedTables,
  said: RawBuilder<unknown>,
): Promise<void> {
  const twice = await tx.run(sql`
    create temporary table told_twice on commit drop as
    select p.owner, s.number, s.is_credit_note
    from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
    where ${newRowsOf(staged)}
    group by 1, 2, 3 having count(*) > 1`)
  if (twice > 0) {
    await tx.run(sql`
      with told as (
        select s.row_number, s.amount_minor, s.currency, ${said} as said,
          dense_rank() over (order by t.owner, t.number, t.is_credit_note) as document
        from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
        join pg_temp.told_twice t on t.owner = p.owner and t.number = s.number
          and t.is_credit_note is not distinct from s.is_credit_note
        where ${newRowsOf(staged)}
      ), firsts as (
        select *, first_value(said) over same as first_said,
          first_value(row_number) over same as first_row
        from told window same as (partition by document order by row_number)
      ), others as (
        select *, case when said <> first_said then first_row
          else min(row_number) filter (where said <> first_said) over same end as other_row
        from firsts window same as (partition by document)
      )
      insert into ${staged.verdicts} (row_number, kind, code, facts)
      select o.row_number, case when o.other_row is null then 'repeated' else 'bad' end,
        case when o.other_row is null then null
          when f.amount_minor = o.amount_minor and f.currency = o.currency
            then 'duplicate-other-content' else 'duplicate-other-amount' end,
        jsonb_build_object('row', f.row_number, 'amount', f.amount_minor::text,
          'currency', f.currency)
      from others o join told f on f.row_number = coalesce(o.other_row, o.first_row)
      where o.other_row is not null or o.row_number <> o.first_row`)
  }
  await tx.run(sql`drop table pg_temp.told_twice`)
}

/** What the rows to be taken add up to, by currency. */
export async function sumStaged(
  db: Reader,
  staged: StagedTables,
  of: { open: RawBuilder<unknown>; isCredit: RawBuilder<unknown> },
): Promise<ImportSum[]> {
  const rows = await db.rows(sql<{
    currency: Currency
    documents: bigint
    amount: string
    open: string
  }>`
    select s.currency, count(*) as documents,
      sum(case when ${of.isCredit} then -s.amount_minor else s.amount_minor end)::text as amount,
      sum(case when ${of.isCredit} then -s.amount_minor else ${of.open} end)::text as open
    from ${staged.rows} s where ${newRowsOf(staged)} group by 1 order by 2 desc, 1`)
  return rows.map(({ currency, documents, amount, open }) => ({
    currency,
    documents: Number(documents),
    amount: toDecimal(money(BigInt(amount), currency)),
    open: toDecimal(money(BigInt(open), currency)),
  }))
}
