import { type RawBuilder, sql } from 'kysely'
import type { ImportedKind, ImportSum } from '#contract/import.ts'
import type { Currency } from '#kernel/money/currency.ts'
import { money, toDecimal } from '#kernel/money/money.ts'
import type { Reader, Transaction } from '#server/platform/database.ts'
import { newRowsOf, type StagedTables } from '#server/platform/staged-tables.ts'

const patterns = {
  parties: 'staged_record',
  invoices: 'staged_invoice',
  receipts: 'staged_receipt',
  statements: 'staged_record',
} as const

/** Imports take turns from here to the end of the transaction: what one finds free stays free. */
export async function lockImports(tx: Transaction): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('xinheng.import'))`)
}

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
  kind: ImportedKind,
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

/** How many rows could not be read. */
export async function countUnread(db: Reader, staged: StagedTables): Promise<number> {
  const row = await db.row(sql<{ count: bigint }>`
    select count(*) from ${staged.rows} where problems is not null`)
  return Number(row?.count ?? 0n)
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

/** Marks rows whose party is nobody: what they tell makes no customer. */
export async function judgeUnknownParties(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select s.row_number, 'bad', 'party-unknown', jsonb_build_object(
      'name', coalesce(p.code, p.name, p.credit_code),
      'field', case when p.code is not null then 'customerCode' else 'customerName' end)
    from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
    where ${newRowsOf(staged)} and p.is_new`)
}

/**
 * Marks documents that a file tells more than once. The same row again is only repeated; where they
 * disagree nobody can know which is meant and all are bad, each naming another one. Tells how many
 * numbers stand under several customers.
 */
export async function judgeRepetitions(
  tx: Transaction,
  staged: StagedTables,
  of: { said: RawBuilder<unknown>; isCredit: RawBuilder<unknown> },
): Promise<{ shared: number; example: string | null }> {
  const repeated = await tx.run(sql`
    create temporary table told_number on commit drop as
    select s.number, ${of.isCredit} as is_credit from ${staged.rows} s
    where ${newRowsOf(staged)} group by 1, 2 having count(*) > 1`)
  const shared = repeated === 0 ? undefined : await judgeRepeated(tx, staged, of)
  await tx.run(sql`drop table pg_temp.told_number`)
  return { shared: shared?.shared ?? 0, example: shared?.example ?? null }
}

async function judgeRepeated(
  tx: Transaction,
  staged: StagedTables,
  of: { said: RawBuilder<unknown>; isCredit: RawBuilder<unknown> },
): Promise<{ shared: number; example: string | null } | undefined> {
  await tx.run(sql`
    create temporary table told on commit drop as
    select s.row_number, s.amount_minor, s.currency, s.number, p.owner, ${of.said} as said,
      dense_rank() over (order by p.owner, s.number, ${of.isCredit}) as document
    from ${staged.rows} s join ${staged.parties} p on p.ref = s.ref
    join pg_temp.told_number n on n.number = s.number and n.is_credit = ${of.isCredit}
    where ${newRowsOf(staged)}`)
  await tx.run(sql`
    with firsts as (
      select *, first_value(said) over same as first_said,
        first_value(row_number) over same as first_row
      from pg_temp.told window same as (partition by document order by row_number)
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
    from others o join pg_temp.told f on f.row_number = coalesce(o.other_row, o.first_row)
    where o.other_row is not null or o.row_number <> o.first_row`)
  const shared = await tx.row(sql<{ shared: number; example: string | null }>`
    select count(*)::float8 as shared, min(number) as example
    from (select number from pg_temp.told group by number having count(distinct owner) > 1) f`)
  await tx.run(sql`drop table pg_temp.told`)
  return shared
}

/** What the rows to be taken add up to, by currency. */
export async function sumStaged(
  db: Reader,
  staged: StagedTables,
  of: { open: RawBuilder<unknown> | null; isCredit: RawBuilder<unknown> },
): Promise<ImportSum[]> {
  const rows = await db.rows(sql<{
    currency: Currency
    documents: bigint
    amount: string
    open: string | null
  }>`
    select s.currency, count(*) as documents,
      sum(case when ${of.isCredit} then -s.amount_minor else s.amount_minor end)::text as amount,
      ${
        of.open === null
          ? sql`null`
          : sql`sum(case when ${of.isCredit} then -s.amount_minor else ${of.open} end)::text`
      } as open
    from ${staged.rows} s where ${newRowsOf(staged)} group by 1 order by 2 desc, 1`)
  return rows.map(({ currency, documents, amount, open }) => ({
    currency,
    documents: Number(documents),
    amount: toDecimal(money(BigInt(amount), currency)),
    open: open === null ? null : toDecimal(money(BigInt(open), currency)),
  }))
}

/** Takes every sound row as the name of a party of its own. */
export async function collectRowsAsParties(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.parties} (ref, first_row, code, name, credit_code)
    select ref, row_number, code, name, credit_code from ${staged.rows} where problems is null`)
  await analyze(tx, staged)
}

/** Marks parties that a file tells more than once: alike they are repeated, otherwise bad. */
export async function judgeRepeatedParties(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    insert into ${staged.verdicts} (row_number, kind, code, facts)
    select row_number, case when alike then 'repeated' else 'bad' end,
      case when not alike then 'duplicate-other-content' end,
      jsonb_build_object('row', case when row_number = first_row then last_row else first_row end,
        'name', name)
    from (
      select s.row_number, m.name, count(*) over same as rows,
        min(s.row_number) over same as first_row, max(s.row_number) over same as last_row,
        min(s.record::text) over same = max(s.record::text) over same as alike
      from ${staged.rows} s join ${staged.parties} m on m.ref = s.ref
      where ${newRowsOf(staged)} window same as (partition by m.owner)
    ) f
    where rows > 1 and (not alike or row_number <> first_row)`)
}

type VerdictCounts = {
  readonly bad: number
  readonly update: number
  readonly unchanged: number
  readonly repeated: number
  readonly firstRepeated: number | null
}

/** How many staged rows bring something new. */
export async function countNewRows(tx: Transaction, staged: StagedTables): Promise<number> {
  const row = await tx.row(sql<{ count: number }>`
    select count(*)::float8 as count from ${staged.rows} s where ${newRowsOf(staged)}`)
  return row?.count ?? 0
}

export async function countVerdicts(db: Reader, staged: StagedTables): Promise<VerdictCounts> {
  const row = await db.row(sql<VerdictCounts>`
    select (count(*) filter (where kind = 'bad'))::float8 as bad,
      (count(*) filter (where kind = 'update'))::float8 as "update",
      (count(*) filter (where kind = 'unchanged'))::float8 as unchanged,
      (count(*) filter (where kind = 'repeated'))::float8 as repeated,
      (min(row_number) filter (where kind = 'repeated'))::float8 as "firstRepeated"
    from ${staged.verdicts}`)
  return row ?? { bad: 0, update: 0, unchanged: 0, repeated: 0, firstRepeated: null }
}

/** New customers of rows that are not taken are none. */
export async function forgetUnusedParties(tx: Transaction, staged: StagedTables): Promise<void> {
  await tx.run(sql`
    delete from ${staged.parties} p
    where p.is_new and not exists (
      select from ${staged.rows} s where s.ref = p.ref and ${newRowsOf(staged)})`)
}

/** How many customers are new, and how many of these have no name in the file. */
export async function countOwners(
  db: Reader,
  staged: StagedTables,
): Promise<{ fresh: number; nameless: number }> {
  const row = await db.row(sql<{ fresh: number; nameless: number }>`
    select count(*)::float8 as fresh, (count(*) filter (where bare))::float8 as nameless
    from (select bool_and(name is null) as bare from ${staged.parties}
      where is_new and problem is null group by owner) owners`)
  return row ?? { fresh: 0, nameless: 0 }
}
