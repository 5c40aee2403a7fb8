import { findParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

type Head = { readonly id: string; readonly code: string; readonly name: string }

/** Whose lines are told and how many. */
export type About = {
  readonly partyIds: readonly string[] | null
  readonly linesMax: number
}

/** Counting a section stops there. */
export const countMax = 1_000

/** Code and name of the parties of some rows. */
export async function headsOf(
  db: Reader,
  rows: readonly { readonly partyId: string | null }[],
): Promise<(partyId: string | null) => Head> {
  const ids = rows.flatMap(({ partyId }) => partyId ?? [])
  const parties = ids.length === 0 ? [] : await findParties(db, [...new Set(ids)])
  const heads = new Map(parties.map(({ id, code, name }) => [id, { id, code, name }]))
  return (partyId) => heads.get(partyId ?? '') ?? { id: partyId ?? '', code: '', name: '' }
}
