import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/calendar/day.ts'
import type { Line } from '#server/customer/line.ts'
import { list, type Reader, type Transaction } from '#server/platform/database.ts'

/** Columns in the order of the table, with the type of each. */
const columns = {
  party_id: 'uuid',
  code: 'text',
  name: 'text',
  sort_name: 'text',
  short_name: 'text',
  roles: 'text[]',
  industry: 'text',
  region: 'text',
  department: 'text',
  salesperson: 'text',
  closed_on: 'date',
  grade: 'text',
  score_hundredths: 'integer',
  rated_on: 'date',
  status: 'text',
  open_holds: 'integer',
  currency: 'text',
  limit_minor: 'bigint',
  limit_to_on: 'date',
  exposure_minor: 'bigint',
  available_minor: 'bigint',
  utilisation_bps: 'bigint',
  open_minor: 'bigint',
  overdue_minor: 'bigint',
  overdue_since_on: 'date',
  base_currency: 'text',
  base_limit_minor: 'bigint',
  base_exposure_minor: 'bigint',
  base_available_minor: 'bigint',
  base_open_minor: 'bigint',
  base_overdue_minor: 'bigint',
  uses_rates: 'boolean',
  changes_on: 'date',
} as const
type Column = keyof typeof columns
export type LineRow = Readonly<Record<Column, unknown>>

const names = Object.keys(columns) as Column[]
const nameList = sql.raw(names.join())
const typed = sql.raw(names.map((name) => `${name} ${columns[name]}`).join())
const given = sql.raw(names.map((name) => `excluded.${name}`).join())
const kept = sql.raw(names.map((name) => `l.${name}`).join())
const sets = sql.raw(names.map((name) => `${name} = excluded.${name}`).join())

/** Writes lines; one that stays as it is costs no new row. */
export async function writeLines(tx: Transaction, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return
  await tx.run(sql`
    insert into customer.line as l (${nameList})
    select ${nameList} from json_to_recordset(${JSON.stringify(lines.map(rowOf))}::json)
      as r (${typed})
    order by party_id
    on conflict (party_id) do update set ${sets}, reckoned_at = now()
    where (${kept}) is distinct from (${given})`)
}

export async function deleteLines(tx: Transaction, partyIds: readonly string[]): Promise<void> {
  if (partyIds.length === 0) return
  await tx.run(sql`
    delete from customer.line where party_id = any(${list(partyIds)}::uuid[])`)
}

/** Lines of these parties as they are kept, to be compared with their sources. */
export function keptLines(db: Reader, partyIds: readonly string[]): Promise<LineRow[]> {
  return db.rows(sql<LineRow>`
    select ${nameList} from customer.line where party_id = any(${list(partyIds)}::uuid[])`)
}

/** Lines of parties that should have none. */
export async function strangeLines(
  db: Reader,
  parties: RawBuilder<{ id: string }>,
  most: number,
): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select l.party_id as id from customer.line l
    where not exists (select from (${parties}) p where p.id = l.party_id) limit ${most}`)
  return rows.map(({ id }) => id)
}

/** Parties whose lines hold until yesterday. */
export async function linesToTurn(db: Reader, today: Day, most: number): Promise<string[]> {
  const rows = await db.rows(sql<{ id: string }>`
    select party_id as id from customer.line where changes_on <= ${today} limit ${most}`)
  return rows.map(({ id }) => id)
}

/** The lines that other rates or another base currency change. */
export function linesToValue(base: string): RawBuilder<{ id: string }> {
  return sql<{ id: string }>`
    select party_id as id from customer.line where uses_rates or base_currency <> ${base}`
}

export function rowOf(line: Line): LineRow {
  const { amounts, baseAmounts } = line
  return {
    party_id: line.partyId,
    code: line.code,
    name: line.name,
    sort_name: line.sortName,
    short_name: line.shortName,
    roles: line.roles,
    industry: line.industry,
    region: line.region,
    department: line.department,
    salesperson: line.salesperson,
    closed_on: line.closedOn,
    grade: line.grade,
    score_hundredths: line.score,
    rated_on: line.ratedOn,
    status: line.status,
    open_holds: line.openHolds,
    currency: line.currency,
    limit_minor: textOf(amounts.limit),
    limit_to_on: line.limitToOn,
    exposure_minor: textOf(amounts.exposure),
    available_minor: textOf(amounts.available),
    utilisation_bps: textOf(line.utilisationBps),
    open_minor: textOf(amounts.open),
    overdue_minor: textOf(amounts.overdue),
    overdue_since_on: line.overdueSinceOn,
    base_currency: line.baseCurrency,
    base_limit_minor: textOf(baseAmounts.limit),
    base_exposure_minor: textOf(baseAmounts.exposure),
    base_available_minor: textOf(baseAmounts.available),
    base_open_minor: textOf(baseAmounts.open),
    base_overdue_minor: textOf(baseAmounts.overdue),
    uses_rates: line.usesRates,
    changes_on: line.changesOn,
  }
}

function textOf(minor: bigint | null): string | null {
  return minor === null ? null : String(minor)
}
