import { keptLines, type LineRow, rowOf, strangeLines } from '#server/customer/line.store.ts'
import { linesOf } from '#server/customer/reckon-lines.ts'
import { idsOfParties } from '#server/party/public.ts'
import { walk } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'

type LineDifference = {
  readonly partyId: string
  /** Column of customer.line; `line` where one is missing or should not be there. */
  readonly what: string
  readonly found: string | null
  readonly proven: string | null
}

const chunkSize = 1_000
const told = 100

/**
 * Compares every line with what the rooms say now, in one state of the database; what was touched
 * and not reckoned yet shows as a difference, so this comes after `followAllChanges`.
 */
export function verifyLines({
  db,
  today,
}: Context): Promise<{ lines: number; differenceCount: number; differences: LineDifference[] }> {
  return db.snapshot(async (reader) => {
    const strangers = await strangeLines(reader, idsOfParties, told)
    const found = strangers.map((partyId) => wholeLine(partyId, { found: 'there', proven: null }))
    let lines = 0
    let differenceCount = found.length
    for await (const parties of walk(reader, idsOfParties, chunkSize)) {
      const ids = parties.map(({ id }) => id)
      const kept = await keptLines(reader, ids)
      const differences = compare(kept, (await linesOf(reader, ids, today)).map(rowOf))
      lines += kept.length
      differenceCount += differences.length
      found.push(...differences.slice(0, Math.max(0, told - found.length)))
    }
    return { lines, differenceCount, differences: found }
  })
}

function compare(kept: readonly LineRow[], proven: readonly LineRow[]): LineDifference[] {
  const rows = new Map(kept.map((row) => [String(row.party_id), row]))
  return proven.flatMap((row) => {
    const partyId = String(row.party_id)
    const own = rows.get(partyId)
    return own
      ? differencesOf(partyId, own, row)
      : [wholeLine(partyId, { found: null, proven: 'there' })]
  })
}

function wholeLine(partyId: string, of: Pick<LineDifference, 'found' | 'proven'>): LineDifference {
  return { partyId, what: 'line', ...of }
}

function differencesOf(partyId: string, kept: LineRow, proven: LineRow): LineDifference[] {
  const columns = Object.keys(proven) as (keyof LineRow)[]
  return columns
    .map((what) => ({ what, found: textOf(kept[what]), proven: textOf(proven[what]) }))
    .filter((each) => each.found !== each.proven)
    .map((each) => ({ partyId, ...each }))
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
