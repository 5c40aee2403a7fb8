import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { BillCollection, CreditFile } from '#contract/receivable.ts'
import { post } from '#server/exposure/public.ts'
import { readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { lockLedger } from '#server/receivable/allocation.store.ts'
import { creditFile } from '#server/receivable/book-credit.ts'
import { lockCredit, markCollected } from '#server/receivable/credit.store.ts'
import { billPosting } from '#server/receivable/post-exposure.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Notes that a bill was paid (托收到账): nothing of it is at risk any more. */
export async function collectBill(
  context: Context,
  of: { readonly partyId: string; readonly id: string },
  collection: BillCollection,
): Promise<CreditFile | Refusal> {
  const party = await readParty(context, of.partyId)
  if (isRefusal(party)) return party
  const on = readPastDay(context.today, collection.on, 'on')
  if (isRefusal(on)) return on
  return runCommand(
    context,
    {
      name: 'bill.collect',
      permission: 'receivable:write',
      input: { ...collection, creditId: of.id },
      subject: party.id,
    },
    async (tx) => {
      await lockLedger(tx, party.id)
      const bill = await lockCredit(tx, party.id, of.id)
      if (bill?.kind !== 'bill') return refuse('not-found', 'This party has no such bill.')
      const ended = bill.voidedOn ?? bill.collectedOn
      if (ended !== null) {
        const how = bill.voidedOn === null ? 'collected' : 'voided'
        const zh = `${bill.number} 已于 ${ended} ${bill.voidedOn === null ? '兑付' : '作废'}。`
        return refuse('wrong-state', `${bill.number} was ${how} on ${ended} already.`, { zh })
      }
      if (on < bill.effectiveOn) {
        const zh = `兑付日：汇票 ${bill.effectiveOn} 才收到，晚于 ${on}。`
        const detail = `on: the bill came on ${bill.effectiveOn}, after ${on}.`
        return refuse('invalid-input', detail, { zh })
      }
      await markCollected(tx, bill, on)
      const gone = { minor: -bill.amountMinor, cause: 'bill-collected', on }
      await post(tx, [billPosting(bill, gone)])
      const facts = { id: bill.id, number: bill.number }
      await tx.emit({ kind: 'bill.collected', partyId: party.id, facts })
      return creditFile(tx, party, bill.id)
    },
  )
}
