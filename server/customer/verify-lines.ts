import { keptLines, type LineRow, rowOf } from '#server/customer/line.store.ts'
import { linesOf } from '#server/customer/reckon-lines.ts'
import { nextPartyIds } from '#server/party/public.ts'
import type { Context } from '#server/platform/run-command.ts'

export type LineDifference = {
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
    const found: LineDifference[] = []
    let lines = 0
    let differenceCount = 0
    for (let after: string | null = null; ; ) {
      const ids: string[] = await nextPartyIds(reader, after, chunkSize)
      const kept: LineRow[] = await keptLines(reader, {
        after,
        upTo: ids.length < chunkSize ? null : (ids.at(-1) ?? null),
      })
      const differences = compare(kept, (await linesOf(reader, ids, today)).map(rowOf), ids)
      lines += kept.length
      differenceCount += differences.length
      found.push(...differences.slice(0, told - found.length))
      if (ids.length < chunkSize) return { lines, differenceCount, differences: found }
      after = ids.at(-1) ?? null
    }
  })
}

function compare(
  kept: readonly LineRow[],
  proven: readonly LineRow[],
  ids: readonly string[],
): LineDifference[] {
  const wanted = new Set(ids)
  const rows = new Map(kept.map((row) => [String(row.party_id), row]))
  const due = new Map(proven.map((row) => [String(row.party_id), row]))
  const missing = (partyId: string, found: string | null, should: string | null) => ({
    ...{ partyId, what: 'line', found, proven: should },
  })
  const strangers = [...rows.keys()].filter((id) => !due.has(id))
  return [
    ...strangers.map((id) => missing(id, 'there', null)),
    ...[...due].flatMap(([id, row]) => {
      if (!wanted.has(id)) return []
      const own = rows.get(id)
      return own ? differencesOf(id, own, row) : [missing(id, null, 'there')]
    }),
  ]
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
