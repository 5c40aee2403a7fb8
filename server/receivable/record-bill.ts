import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import type { CreditFile, NewBill } from '#contract/receivable.ts'
import { readDay, readMoney, readPastDay } from '#server/platform/read-fields.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'
import { bookCredit } from '#server/receivable/book-credit.ts'
import { readParty } from '#server/receivable/read-request.ts'

/**
 * Records a bill of exchange (承兑汇票). The invoices are settled, but who accepted the bill still
 * has to pay it: until then it stands at the stage of bills.
 */
export async function recordBill(context: Context, bill: NewBill): Promise<CreditFile | Refusal> {
  const party = await readParty(context, bill.party)
  if (isRefusal(party)) return party
  const amount = readMoney(bill.amount, bill.currency)
  if (isRefusal(amount)) return amount
  const effectiveOn = readPastDay(context.today, bill.receivedOn, 'receivedOn')
  if (isRefusal(effectiveOn)) return effectiveOn
  const dueOn = readDay(bill.dueOn, 'dueOn')
  if (isRefusal(dueOn)) return dueOn
  if (dueOn < effectiveOn) {
    const zh = `汇票到期日：${dueOn} 早于收到汇票的 ${effectiveOn}。`
    const detail = `dueOn: ${dueOn} lies before the bill came, ${effectiveOn}.`
    return refuse('invalid-input', detail, { zh })
  }
  return runCommand(
    context,
    { name: 'bill.record', permission: 'receivable:write', input: { ...bill }, subject: party.id },
    async (tx) => {
      const credit = await bookCredit(tx, {
        party,
        kind: 'bill',
        number: bill.number,
        reason: null,
        amount,
        effectiveOn,
        note: bill.note ?? null,
        allocate: bill.allocate ?? 'oldest-first',
        dueOn,
      })
      if (isRefusal(credit)) return credit
      const { id, number, currency } = credit
      const facts = { id, number, currency, amount: credit.amount, dueOn }
      await tx.emit({ kind: 'bill.recorded', partyId: party.id, facts })
      return credit
    },
  )
}
