import { type Refusal, refuse } from '#contract/problem.ts'
import type { HoldKey } from '#server/check/ask-for-release.ts'
import { openHoldsNumbered } from '#server/check/hold.store.ts'
import type { Reader } from '#server/platform/database.ts'

/** The open hold that a person means by the number of its document, or by its own id. */
export async function findHoldByNumber(db: Reader, number: string): Promise<HoldKey | Refusal> {
  const [hold, ...others] = await openHoldsNumbered(db, number)
  if (!hold) return refuse('not-found', `No document ${number} is held.`)
  if (others.length === 0) return { partyId: hold.partyId, id: hold.id }
  const checkpoints = [hold, ...others].map(({ checkpoint, id }) => `${id} (${checkpoint})`)
  return refuse('conflict', `${number} has several holds, give one: ${checkpoints.join(', ')}.`)
}
