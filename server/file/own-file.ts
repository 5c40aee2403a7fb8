import { type Refusal, refuse } from '#contract/problem.ts'
import { findParties } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'

/** The party whose file is written to; that of a merged duplicate rests until it is undone. */
export async function ownFileOf(
  db: Reader,
  partyId: string,
): Promise<{ readonly code: string; readonly name: string } | Refusal> {
  const [party] = await findParties(db, [partyId])
  if (!party) return refuse('not-found', 'There is no such party.')
  if (party.mergedIntoId === null) return party
  const detail = `${party.code} ${party.name} was merged: write to the file of its survivor.`
  return refuse('wrong-state', detail, {
    survivorId: party.mergedIntoId,
    zh: `${party.code} ${party.name} 已被合并：请写到保留单位的档案里。`,
  })
}
