import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { NewPromise, PaymentPromise } from '#contract/receivable.ts'
import { newId } from '#server/platform/ids.ts'
import { readDay, readMoney, readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { promiseReply } from '#server/receivable/document-replies.ts'
import { insertPromises } from '#server/receivable/promise.store.ts'
import { readParty } from '#server/receivable/read-request.ts'

/** Notes what a customer promised to pay, and by when. */
export async function recordPromise(
  context: Context,
  partyKey: string,
  promise: NewPromise,
): Promise<PaymentPromise | Refusal> {
  const party = await readParty(context, partyKey)
  if (isRefusal(party)) return party
  const amount = readMoney(promise.amount, promise.currency)
  if (isRefusal(amount)) return amount
  const madeOn = readPastDay(context.today, promise.madeOn, 'madeOn')
  if (isRefusal(madeOn)) return madeOn
  const promisedOn = readDay(promise.promisedOn, 'promisedOn')
  if (isRefusal(promisedOn)) return promisedOn
  if (promisedOn < madeOn) {
    const zh = `承诺付款日：不能早于作出承诺的 ${madeOn}。`
    const detail = `promisedOn: it was promised on ${madeOn} for an earlier day.`
    return refuse('invalid-input', detail, { zh })
  }
  return runCommand(
    context,
    {
      name: 'promise.record',
      permission: 'receivable:write',
      input: { ...promise },
      subject: party.id,
    },
    async (tx) => {
      const row = {
        partyId: party.id,
        id: newId(),
        currency: amount.currency,
        amountMinor: amount.minor,
        madeOn,
        promisedOn,
        note: promise.note ?? null,
      }
      await insertPromises(tx, [row])
      const facts = { id: row.id, amount: promise.amount, currency: row.currency, promisedOn }
      await tx.emit({ kind: 'promise.recorded', partyId: party.id, facts })
      return promiseReply(row)
    },
  )
}
