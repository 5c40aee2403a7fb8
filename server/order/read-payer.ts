import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { numberIsTaken } from '#server/order/order.store.ts'
import { findPartyByKey } from '#server/party/public.ts'
import type { Reader } from '#server/platform/database.ts'
import type { Context } from '#server/platform/run-command.ts'

/**
 * Who pays an order instead of who buys; null where the buyer does. Invoices find the order that they
 * bill by its number among what the payer is charged with, so there it is the only one of its number.
 */
export async function readPayer(
  { actor, db }: Pick<Context, 'actor'> & { readonly db: Reader },
  key: string | null,
  order: { readonly id: string; readonly partyId: string; readonly number: string },
): Promise<string | null | Refusal> {
  const payer = key === null ? null : await findPartyByKey({ actor, db }, key)
  if (isRefusal(payer)) return payer
  if (payer && (payer.closedOn !== null || payer.mergedIntoId !== null)) {
    const detail = `payer: the credit file of ${payer.name} is closed.`
    return refuse('wrong-state', detail, {
      field: 'payer',
      zh: `付款方：${payer.name} 的信用档案已关闭。`,
    })
  }
  const billToId = payer === null || payer.id === order.partyId ? null : payer.id
  if (await numberIsTaken(db, { ...order, chargedId: billToId ?? order.partyId })) {
    const { number } = order
    const detail = `number: whoever pays is charged with another order ${number} already.`
    return refuse('already-exists', detail, {
      number,
      zh: `订单号：付款方名下已有另一张订单 ${number}，请换一个订单号。`,
    })
  }
  return billToId
}
