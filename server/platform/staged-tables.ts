import { type RawBuilder, sql } from 'kysely'

/**
 * The unlogged tables that hold an imported file before it is taken: its rows, every way in which
 * it names a party, and what was found about rows that are not simply new. Their patterns are in
 * the import room's migration; the rooms that own the ledger read them set by set.
 */
export type StagedTables = {
  readonly rows: RawBuilder<unknown>
  readonly parties: RawBuilder<unknown>
  readonly verdicts: RawBuilder<unknown>
}

/** Rows to be taken as new: not introductions, not bad, not said before. Needs alias `s`. */
export function newRowsOf(tables: StagedTables): RawBuilder<unknown> {
  return sql`s.row_number > 0 and s.problems is null
    and not exists (select from ${tables.verdicts} v where v.row_number = s.row_number)`
}

/**
 * Ids for rows made inside the database: the head of a UUIDv7 of ours and the row's number as its
 * tail, so that the rows of one statement keep the order of the file.
 */
export function idOfRow(head: string, row: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(${head.slice(0, 24)}::text || lpad(to_hex(${row}), 12, '0'))::uuid`
}
