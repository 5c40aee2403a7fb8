import type { PartyLabel } from '#contract/receivable.ts'
import { findParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** Code and name of the parties that rows belong to. */
export async function labelsOf(
  db: Reader,
  rows: readonly { readonly partyId: string }[],
): Promise<(partyId: string) => PartyLabel> {
  const parties = await findParties(db, [...new Set(rows.map((row) => row.partyId))])
  const labels = new Map(parties.map(({ id, code, name }) => [id, { id, code, name }]))
  return (partyId) => labels.get(partyId) ?? { id: partyId, code: '', name: '' }
}
