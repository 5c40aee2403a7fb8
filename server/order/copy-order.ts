import type { OrderAnswer, OrderCopy } from '#contract/order.ts'
import { isRefusal, type Refusal, refuse } from '#contract/problem.ts'
import { insertOrder, nextNumber } from '#server/order/create-order.ts'
import { findOrder, partyOfOrder } from '#server/order/order.store.ts'
import { linesOf } from '#server/order/order-line.store.ts'
import { readDayOrNull } from '#server/order/read-fields.ts'
import { readPayer } from '#server/order/read-payer.ts'
import { newId } from '#server/platform/ids.ts'
import { type Context, runCommand } from '#server/platform/run-command.ts'

/** Takes the same order down once more, as a draft of today: it counts when it is confirmed. */
export async function copyOrder(
  context: Context,
  id: string,
  copy: OrderCopy,
): Promise<OrderAnswer | Refusal> {
  const partyId = await partyOfOrder(context.db, id)
  const order = partyId === undefined ? undefined : await findOrder(context.db, { partyId, id })
  if (!order) return refuse('not-found', 'There is no order with this id.')
  const lines = await linesOf(context.db, order)
  if (lines.length === 0) {
    const zh = `订单 ${order.number} 没有明细，无法复制。`
    return refuse('wrong-state', `Order ${order.number} has no lines that could be copied.`, { zh })
  }
  const requestedOn = readDayOrNull(copy.requestedOn, 'requestedOn')
  if (isRefusal(requestedOn)) return requestedOn
  const number = copy.number ?? nextNumber(context)
  const row = { ...order, id: newId(), number, orderedOn: context.today, requestedOn }
  const billToId = await readPayer(context, order.billToId, row)
  if (isRefusal(billToId)) return billToId
  return runCommand(
    context,
    {
      name: 'order.copy',
      permission: 'order:write',
      input: { ...copy, orderId: id },
      subject: order.partyId,
    },
    (tx) =>
      insertOrder(tx, context, {
        row,
        lines: lines.map((line) => ({ ...line, id: newId(), requestedOn: null })),
      }),
  )
}
