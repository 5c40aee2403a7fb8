import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { Dispute, DisputeEnd } from '#contract/receivable.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { lockLedger } from '#server/receivable/allocation.store.ts'
import { endDispute, findDispute } from '#server/receivable/dispute.store.ts'

/** Ends a dispute. */
export async function closeDispute(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  end: DisputeEnd,
): Promise<Dispute | Refusal> {
  const { partyId, id } = of
  const closedOn = readPastDay(context.today, end.closedOn, 'closedOn')
  if (isRefusal(closedOn)) return closedOn
  return runCommand(
    context,
    {
      name: 'dispute.close',
      permission: 'receivable:write',
      input: { ...end, disputeId: id },
      subject: partyId,
    },
    async (tx) => {
      await lockLedger(tx, partyId)
      const dispute = await findDispute(tx, partyId, id)
      if (!dispute) return refuse('not-found', 'This party has no such dispute.')
      if (dispute.closedOn !== null) {
        const zh = `这项争议已于 ${dispute.closedOn} 结束。`
        return refuse('wrong-state', `It was closed on ${dispute.closedOn} already.`, { zh })
      }
      if (closedOn < dispute.openedOn) {
        const zh = `结束日期：不能早于争议的起始日 ${dispute.openedOn}。`
        const detail = `closedOn: it was opened later, on ${dispute.openedOn}.`
        return refuse('invalid-input', detail, { zh })
      }
      await endDispute(tx, partyId, id, closedOn)
      await tx.emit({ kind: 'dispute.closed', partyId, facts: { id } })
      return { ...dispute, closedOn }
    },
  )
}
